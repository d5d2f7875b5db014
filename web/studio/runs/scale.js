// What curves are drawn with: elements of SVG, round numbers, places.

const space = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Round numbers between two. @param {number} low @param {number} high @param {number} wanted */
export function ticks(low, high, wanted) {
  const raw = (high - low) / wanted;
  if (!(raw > 0)) return [];
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = magnitude * ([1, 2, 5].find(s => s * magnitude >= raw) ?? 10);
  const all = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) all.push(Number((i * step).toPrecision(12)));
  return all;
}

/** Where x is in rising numbers: the place of the nearest. @param {number[]} all @param {number} x */
export function placeOf(all, x) {
  let [low, high] = [0, all.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (all[middle] <= x) low = middle;
    else high = middle;
  }
  return high >= 0 && Math.abs(all[high] - x) < Math.abs(all[low] - x) ? high : low;
}

/** @param {number[]} values @returns {[number, number]} their range with some room */
export function range(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = high > low ? (high - low) * 0.08 : Math.max(1e-3, Math.abs(high) * 0.1);
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
}
