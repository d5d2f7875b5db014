// What is done to maps beside convolutions: cheap, so plain JavaScript.

/** @typedef {import("./arena.js").FeatureMap} FeatureMap */

/**
 * Calls with the place of each pixel's first channel.
 * @param {FeatureMap} map @param {(at: number, y: number, x: number) => void} visit
 */
export function eachPixel(map, visit) {
  for (let y = 0; y < map.size; y++) {
    for (let x = 0, at = map.at + y * map.row; x < map.size; x++, at += map.pixel) visit(at, y, x);
  }
}

/** Numbers that lie channel by channel into a map. @param {Float32Array} memory @param {Float32Array} flat @param {FeatureMap} map */
export function fill(memory, flat, map) {
  const plane = map.size * map.size;
  eachPixel(map, (at, y, x) => {
    for (let c = 0, from = y * map.size + x; c < map.channels; c++, from += plane) memory[at + c] = flat[from];
  });
}

/** Each channel times a number. @param {Float32Array} memory @param {FeatureMap} from @param {Float32Array} gains @param {FeatureMap} to */
export function weigh(memory, from, gains, to) {
  for (let y = 0; y < from.size; y++) {
    for (let x = 0, a = from.at + y * from.row, b = to.at + y * to.row; x < from.size; x++, a += from.pixel, b += to.pixel) {
      for (let c = 0; c < from.channels; c++) memory[b + c] = memory[a + c] * gains[c];
    }
  }
}

/** A number added to each channel. @param {Float32Array} memory @param {FeatureMap} from @param {Float32Array} terms @param {FeatureMap} to */
export function shift(memory, from, terms, to) {
  for (let y = 0; y < from.size; y++) {
    for (let x = 0, a = from.at + y * from.row, b = to.at + y * to.row; x < from.size; x++, a += from.pixel, b += to.pixel) {
      for (let c = 0; c < from.channels; c++) memory[b + c] = memory[a + c] + terms[c];
    }
  }
}

/** The sum of two maps. @param {Float32Array} memory @param {FeatureMap} a @param {FeatureMap} b @param {FeatureMap} to */
export function add(memory, a, b, to) {
  for (let y = 0; y < to.size; y++) {
    const length = to.size * to.pixel, [from, other, at] = [a.at + y * a.row, b.at + y * b.row, to.at + y * to.row];
    for (let i = 0; i < length; i++) memory[at + i] = memory[from + i] + memory[other + i];
  }
}

/** A function of every number. @param {Float32Array} memory @param {FeatureMap} from @param {FeatureMap} to @param {(x: number) => number} f */
export function apply(memory, from, to, f) {
  for (let y = 0; y < to.size; y++) {
    const length = to.size * to.pixel, a = from.at + y * from.row, b = to.at + y * to.row;
    for (let i = 0; i < length; i++) memory[b + i] = f(memory[a + i]);
  }
}

/** Bilinear enlargement, edges of pixels aligned. @param {Float32Array} memory @param {FeatureMap} from @param {FeatureMap} to */
export function enlarge(memory, from, to) {
  const ways = Array.from({ length: to.size }, (_, i) => {
    const place = Math.min(Math.max((i + 0.5) * (from.size / to.size) - 0.5, 0), from.size - 1), first = Math.floor(place);
    return { first, second: Math.min(first + 1, from.size - 1), part: place - first };
  });
  eachPixel(to, (at, y, x) => {
    const v = ways[y], h = ways[x], top = from.at + v.first * from.row, bottom = from.at + v.second * from.row;
    const left = h.first * from.pixel, right = h.second * from.pixel;
    for (let c = 0; c < from.channels; c++) {
      const above = memory[top + left + c] * (1 - h.part) + memory[top + right + c] * h.part;
      const below = memory[bottom + left + c] * (1 - h.part) + memory[bottom + right + c] * h.part;
      memory[at + c] = above * (1 - v.part) + below * v.part;
    }
  });
}

/** A picture in −1…1 as RGBA bytes. @param {Float32Array} memory @param {FeatureMap} map */
export function toPixels(memory, map) {
  const pixels = new Uint8ClampedArray(4 * map.size * map.size);
  let to = 0;
  eachPixel(map, at => {
    for (let c = 0; c < 3; c++) pixels[to++] = (memory[at + (map.channels === 1 ? 0 : c)] + 1) * 127.5;
    pixels[to++] = 255;
  });
  return pixels;
}
