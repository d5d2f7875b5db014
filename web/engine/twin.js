// kernel.c in plain JavaScript: the same sums, without SIMD.

/**
 * One convolution.
 * @param {Float32Array} memory
 * @param {import("./kernel.js").Call} call
 */
export function convolve(memory, call) {
  for (let at = 0; at < call.outputs; at += 8) {
    const weights = call.weights + at * call.taps.length * call.inputs;
    if (call.outputs - at >= 8) {
      fourOutputs(memory, call, weights, at, 8);
      fourOutputs(memory, call, weights + 4, at + 4, 8);
    } else fourOutputs(memory, call, weights, at, 4);
  }
}

/**
 * Four outputs of a block over the whole map.
 * @param {Float32Array} memory @param {import("./kernel.js").Call} call
 * @param {number} weights where those of the first output are @param {number} at its number @param {number} block outputs in the block
 */
function fourOutputs(memory, { inputs, taps, bias, slope, ...call }, weights, at, block) {
  for (let y = 0; y < call.height; y++) {
    for (let x = 0; x < call.width; x++) {
      let a = memory[bias + at], b = memory[bias + at + 1], c = memory[bias + at + 2], d = memory[bias + at + 3];
      const pixel = call.in + y * call.inRow + x * call.inPixel;
      for (let t = 0, w = weights; t < taps.length; t++) {
        for (let i = 0, from = pixel + taps[t]; i < inputs; i++, from++, w += block) {
          const value = memory[from];
          a += value * memory[w];
          b += value * memory[w + 1];
          c += value * memory[w + 2];
          d += value * memory[w + 3];
        }
      }
      const out = call.out + y * call.outRow + x * call.outPixel + at;
      memory[out] = Math.max(a, slope * a);
      memory[out + 1] = Math.max(b, slope * b);
      memory[out + 2] = Math.max(c, slope * c);
      memory[out + 3] = Math.max(d, slope * d);
    }
  }
}
