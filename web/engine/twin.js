// kernel.c in plain JavaScript: the same sums, without SIMD.

/**
 * One convolution.
 * @param {Float32Array} memory
 * @param {import("./kernel.js").Call} call
 */
export function convolve(memory, call) {
  const { inputs, taps, outputs } = call;
  for (let at = 0; at < outputs; at += 8) {
    const block = Math.min(8, outputs - at), weights = call.weights + at * taps.length * inputs;
    const sums = new Float64Array(block);
    for (let y = 0; y < call.height; y++) {
      for (let x = 0; x < call.width; x++) {
        for (let o = 0; o < block; o++) sums[o] = memory[call.bias + at + o];
        const pixel = call.in + y * call.inRow + x * call.inPixel;
        let w = weights;
        for (const tap of taps) {
          for (let i = 0, from = pixel + tap; i < inputs; i++, from++) {
            const value = memory[from];
            for (let o = 0; o < block; o++) sums[o] += value * memory[w++];
          }
        }
        const out = call.out + y * call.outRow + x * call.outPixel + at;
        for (let o = 0; o < block; o++) memory[out + o] = Math.max(sums[o], call.slope * sums[o]);
      }
    }
  }
}
