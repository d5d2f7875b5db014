// Pictures as text, for addresses and for what one downloads: class, which rows are new, and these rows.

/** @typedef {import("./latent.js").Picture} Picture */

/** @param {Picture} picture @returns {string} letters, digits, - and _ */
export function encode(picture) {
  const distinct = [...new Set(picture.rows)];
  const bytes = [picture.class >> 8, picture.class & 255, ...picture.rows.map(row => distinct.indexOf(row))];
  for (const row of distinct) bytes.push(...new Uint8Array(row.buffer, row.byteOffset, row.length));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param {string} code @param {import("./latent.js").Space} space
 * @returns {Picture | null} null for what this generator can't have written
 */
export function decode(code, space) {
  let text;
  try {
    text = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
  const bytes = Uint8Array.from(text, letter => letter.charCodeAt(0)), first = 3 + space.levels;
  const which = [...bytes.subarray(2, first)], count = Math.max(...which) + 1, chosen = bytes[0] * 256 + bytes[1];
  if (which.length !== space.levels + 1 || bytes.length !== first + count * space.size || chosen >= Math.max(space.classes, 1)) return null;
  const rows = Array.from({ length: count }, (_, i) => new Int8Array(bytes.slice(first + i * space.size, first + (i + 1) * space.size).buffer));
  return { rows: which.map(row => rows[row]), class: chosen };
}
