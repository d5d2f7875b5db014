// Brings pictures to the size at which they are shown, with a Lanczos kernel of three lobes: sharp lines without steps, as `smirk sample`
// does. Pictures that were squeezed into the square are stretched to their own shape.

/** @typedef {import("./pool.js").Drawn} Drawn */

const Lobes = 3;

/** @param {number} x @returns {number} */
function lanczos(x) {
  if (Math.abs(x) < 1e-9) return 1;
  return Math.abs(x) >= Lobes ? 0 : (Lobes * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / Lobes)) / (Math.PI * x) ** 2;
}

/** What each pixel of a line of another length is made of; where it is shorter, of more. @param {number} size @param {number} length */
function taps(size, length) {
  const factor = length / size, wider = Math.max(1, 1 / factor), reach = Math.ceil(Lobes * wider);
  return Array.from({ length }, (_, to) => {
    const centre = (to + 0.5) / factor - 0.5, first = Math.floor(centre) - reach + 1;
    const from = Array.from({ length: 2 * reach }, (_, i) => first + i), weights = from.map(i => lanczos((i - centre) / wider));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { from: from.map(i => Math.max(0, Math.min(size - 1, i))), weights: weights.map(w => w / sum) };
  });
}

/**
 * A square with other numbers of pixels.
 * @param {{ size: number, pixels: Uint8ClampedArray }} square RGBA @param {number} width @param {number} height @returns {Drawn}
 */
export function resized({ size, pixels }, width, height) {
  if (width === size && height === size) return { width, height, pixels };
  const across = taps(size, width), down = taps(size, height), wide = new Float32Array(4 * width * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < width; x++) {
      const { from, weights } = across[x], to = 4 * (y * width + x);
      for (let t = 0; t < from.length; t++) {
        const at = 4 * (y * size + from[t]), w = weights[t];
        wide[to] += w * pixels[at];
        wide[to + 1] += w * pixels[at + 1];
        wide[to + 2] += w * pixels[at + 2];
      }
    }
  }
  const made = new Uint8ClampedArray(4 * width * height).fill(255), line = new Float32Array(4 * width);
  for (let y = 0; y < height; y++) {
    const { from, weights } = down[y];
    line.fill(0);
    for (let t = 0; t < from.length; t++) {
      const at = 4 * width * from[t], w = weights[t];
      for (let i = 0; i < line.length; i++) line[i] += w * wide[at + i];
    }
    for (let i = 0, to = 4 * width * y; i < line.length; i += 4, to += 4) {
      made[to] = line[i];
      made[to + 1] = line[i + 1];
      made[to + 2] = line[i + 2];
    }
  }
  return { width, height, pixels: made };
}
