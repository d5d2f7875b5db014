// Projective maps of the plane.

/** @typedef {number[]} Matrix nine numbers, row major */

/** @param {Matrix} a @param {Matrix} b @returns {Matrix} first b, then a */
export function times(a, b) {
  const product = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++)
      product.push(a[row * 3] * b[column] + a[row * 3 + 1] * b[3 + column] + a[row * 3 + 2] * b[6 + column]);
  }
  return product;
}

/** @param {number} x @param {number} y @param {number} [dx] @param {number} [dy] @returns {Matrix} */
export const scaled = (x, y, dx = 0, dy = 0) => [x, 0, dx, 0, y, dy, 0, 0, 1];

/** @param {Matrix} m @param {number} x @param {number} y @returns {[number, number]} */
export function mapped(m, x, y) {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

/** @param {Matrix} m */
export const css = m => `matrix3d(${[m[0], m[3], 0, m[6], m[1], m[4], 0, m[7], 0, 0, 1, 0, m[2], m[5], 0, m[8]].map(v => v.toFixed(9)).join(",")})`;

/** What the unit square covers under some maps: left, top, right, bottom. @param {Matrix[]} maps @returns {[number, number, number, number]} */
export function boxOf(maps) {
  const points = maps.flatMap(map => [[0, 0], [1, 0], [0, 1], [1, 1]].map(([x, y]) => mapped(map, x, y)));
  const xs = points.map(p => p[0]), ys = points.map(p => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/**
 * From shares of a picture's sides to shares of another's, in whose middle it lies as large as fits: for pictures that no map is known of.
 * @param {{ width: number, height: number }} picture @param {{ width: number, height: number }} other @returns {Matrix}
 */
export function inside(picture, other) {
  const scale = Math.min(other.width / picture.width, other.height / picture.height);
  const [x, y] = [picture.width * scale / other.width, picture.height * scale / other.height];
  return scaled(x, y, (1 - x) / 2, (1 - y) / 2);
}
