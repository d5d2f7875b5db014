// Enlarges pictures with a Lanczos kernel of three lobes: sharp lines without steps, as `smirk sample --scale` does.

/** @typedef {import("./pool.js").Drawn} Drawn */

const Lobes = 3;

/** @param {number} x @returns {number} */
function lanczos(x) {
  if (Math.abs(x) < 1e-9) return 1;
  return Math.abs(x) >= Lobes ? 0 : (Lobes * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / Lobes)) / (Math.PI * x) ** 2;
}

/** What each pixel of an enlarged line is made of. @param {number} size @param {number} scale */
function taps(size, scale) {
  return Array.from({ length: scale * size }, (_, to) => {
    const centre = (to + 0.5) / scale - 0.5, first = Math.floor(centre) - Lobes + 1;
    const from = Array.from({ length: 2 * Lobes }, (_, i) => first + i), weights = from.map(i => lanczos(i - centre));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { from: from.map(i => Math.max(0, Math.min(size - 1, i))), weights: weights.map(w => w / sum) };
  });
}

/** So many times as many pixels along each axis. @param {Drawn} drawn @param {number} scale whole @returns {Drawn} */
export function enlarged({ size, pixels }, scale) {
  if (scale === 1) return { size, pixels };
  const large = size * scale, ways = taps(size, scale), wide = new Float32Array(4 * large * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < large; x++) {
      const { from, weights } = ways[x], to = 4 * (y * large + x);
      for (let t = 0; t < 2 * Lobes; t++) {
        const at = 4 * (y * size + from[t]), w = weights[t];
        wide[to] += w * pixels[at];
        wide[to + 1] += w * pixels[at + 1];
        wide[to + 2] += w * pixels[at + 2];
      }
    }
  }
  const made = new Uint8ClampedArray(4 * large * large).fill(255), line = new Float32Array(4 * large);
  for (let y = 0; y < large; y++) {
    const { from, weights } = ways[y];
    line.fill(0);
    for (let t = 0; t < 2 * Lobes; t++) {
      const at = 4 * large * from[t], w = weights[t];
      for (let i = 0; i < line.length; i++) line[i] += w * wide[at + i];
    }
    for (let i = 0, to = 4 * large * y; i < line.length; i += 4, to += 4) {
      made[to] = line[i];
      made[to + 1] = line[i + 1];
      made[to + 2] = line[i + 2];
    }
  }
  return { size: large, pixels: made };
}
