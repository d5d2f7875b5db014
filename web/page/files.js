// PNG files that know their latent, and zip files.

/** @type {Uint32Array | undefined} */
let table;

/** CRC-32 as PNG and zip have it. @param {Uint8Array} bytes @returns {number} */
export function crc32(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

// IHDR always comes first and has 13 bytes.
const AfterHeader = 8 + 25, Keyword = "smirk";

/** A PNG with a text chunk added. @param {Uint8Array} png @param {string} text ASCII @returns {Uint8Array<ArrayBuffer>} */
export function withText(png, text) {
  const body = new TextEncoder().encode(`tEXt${Keyword}\0${text}`), chunk = new Uint8Array(body.length + 8), view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  const made = new Uint8Array(png.length + chunk.length);
  made.set(png.subarray(0, AfterHeader));
  made.set(chunk, AfterHeader);
  made.set(png.subarray(AfterHeader), AfterHeader + chunk.length);
  return made;
}

/** The text that withText added. @param {Uint8Array} png @returns {string | null} null where there is none, or no PNG */
export function textOf(png) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (png.length < 8 || view.getUint32(0) !== 0x89504e47) return null;
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at), body = new TextDecoder("latin1").decode(png.subarray(at + 4, Math.min(at + 8 + length, png.length)));
    if (body.startsWith(`tEXt${Keyword}\0`)) return body.slice(5 + Keyword.length);
    at += 12 + length;
  }
  return null;
}

/** A canvas as a PNG file's bytes. @param {HTMLCanvasElement} canvas @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function pngOf(canvas) {
  const blob = /** @type {Blob | null} */ (await new Promise(resolve => canvas.toBlob(resolve, "image/png")));
  if (!blob) throw new Error("The browser couldn't write a PNG file.");
  return new Uint8Array(await blob.arrayBuffer());
}

/** A zip file, stored without compression: PNG files don't get smaller. @param {{ name: string, bytes: Uint8Array<ArrayBuffer> }[]} files @returns {Blob} */
export function zip(files) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const label = new TextEncoder().encode(name);
    // Version 2.0, UTF-8 names, stored, 1 January 1980: no clock of the person's goes into the file.
    const common = [20, 0x0800, 0, 0, 33], sums = [crc32(bytes), bytes.length, bytes.length];
    const local = record(0x04034b50, common, sums, [label.length, 0]);
    parts.push(local, label, bytes);
    directory.push(record(0x02014b50, [20, ...common], sums, [label.length, 0, 0, 0, 0, 0, 0], [offset]), label);
    offset += local.length + label.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record(0x06054b50, [0, 0, files.length, files.length], [size, offset], [0]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/** A signature, then shorts, longs, shorts, longs. @param {number} signature @param {number[][]} groups @returns {Uint8Array<ArrayBuffer>} */
function record(signature, ...groups) {
  const bytes = long(signature);
  groups.forEach((group, i) => bytes.push(...group.flatMap(i % 2 === 0 ? short : long)));
  return Uint8Array.from(bytes);
}

const short = (/** @type {number} */ x) => [x & 255, (x >> 8) & 255];
const long = (/** @type {number} */ x) => [...short(x), ...short(x >>> 16)];
