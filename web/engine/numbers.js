// Numbers as a model stores them, and small arrays of them.

/** @typedef {import("./onnx.js").Stored} Stored */
/** @typedef {{ shape: number[], data: Float32Array }} Row a small array of any shape */

/** @param {number} bits of an IEEE half @returns {number} */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** @type {Float32Array | undefined} all halves */
let halves;

/**
 * Stored numbers as floats.
 * @param {Stored} stored
 * @returns {Row}
 */
export function unpack(stored) {
  const { shape, type, bytes } = stored, view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = shape.reduce((a, b) => a * b, 1), data = new Float32Array(count);
  const size = { 1: 4, 3: 1, 7: 8, 10: 2 }[type];
  if (!size || bytes.length !== count * size) throw new Error(`The model has ${bytes.length} bytes where ${count} numbers should be.`);
  if (type === 1) {
    for (let i = 0; i < count; i++) data[i] = view.getFloat32(4 * i, true);
  } else if (type === 3) {
    for (let i = 0; i < count; i++) data[i] = view.getInt8(i);
  } else if (type === 7) {
    for (let i = 0; i < count; i++) data[i] = Number(view.getBigInt64(8 * i, true));
  } else {
    halves ??= Float32Array.from({ length: 65536 }, (_, bits) => half(bits));
    for (let i = 0; i < count; i++) data[i] = halves[view.getUint16(2 * i, true)];
  }
  return { shape, data };
}

/**
 * Bytes times the scale of their output.
 * @param {Row} values @param {Row} scales @param {number} axis of the outputs
 * @returns {Row}
 */
export function dequantise(values, scales, axis) {
  const outputs = scales.data.length, places = values.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  return { shape: values.shape, data: values.data.map((value, i) => value * scales.data[Math.floor(i / places) % outputs]) };
}

/**
 * Combines arrays place by place; a size of 1, or one that is missing, is repeated.
 * @param {Row[]} rows
 * @param {(...values: number[]) => number} combine
 * @returns {Row}
 */
export function broadcast(rows, combine) {
  const rank = Math.max(...rows.map(row => row.shape.length));
  const shapes = rows.map(row => [...Array(rank - row.shape.length).fill(1), ...row.shape]);
  const shape = shapes[0].map((_, axis) => Math.max(...shapes.map(s => s[axis])));
  const strides = shapes.map(s => s.map((size, axis) => (size === 1 ? 0 : s.slice(axis + 1).reduce((a, b) => a * b, 1))));
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1)), values = new Array(rows.length);
  for (let i = 0; i < data.length; i++) {
    const at = new Array(rows.length).fill(0);
    for (let axis = rank - 1, rest = i; axis >= 0; axis--) {
      const index = rest % shape[axis];
      rest = (rest - index) / shape[axis];
      for (let r = 0; r < rows.length; r++) at[r] += index * strides[r][axis];
    }
    for (let r = 0; r < rows.length; r++) values[r] = rows[r].data[at[r]];
    data[i] = combine(...values);
  }
  return { shape, data };
}

/**
 * A linear layer of one row: weights [outputs, inputs].
 * @param {Row} x @param {Row} weights @param {Row} bias
 * @returns {Row}
 */
export function linear(x, weights, bias) {
  const [outputs, inputs] = weights.shape, data = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    let sum = bias.data[o];
    for (let i = 0, at = o * inputs; i < inputs; i++, at++) sum += x.data[i] * weights.data[at];
    data[o] = sum;
  }
  return { shape: [1, outputs], data };
}
