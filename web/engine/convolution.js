// ONNX's convolutions as calls of the kernel: one for a plain convolution, one for each of the four phases of an enlarging one.

/**
 * @typedef {import("./arena.js").FeatureMap} FeatureMap
 * @typedef {import("./kernel.js").Kernel} Kernel
 * @typedef {import("./numbers.js").Row} Row
 * @typedef {{ y: number, x: number, ky: number, kx: number }} Tap an offset in pixels and its place in the kernel
 * @typedef {{ dy: number, dx: number, taps: Tap[], weight: (output: number, input: number, tap: Tap) => number, bias: (o: number) => number }} Phase
 */

/**
 * Runs a layer with its activation.
 * @param {Kernel} kernel @param {FeatureMap} input @param {FeatureMap} output
 * @param {Phase[]} phases what each pixel of a step × step square is made of
 * @param {number} step 1, or 2 where the layer enlarges
 * @param {number} slope of a leaky ReLU; 1 for none
 * @returns {() => void}
 */
export function prepareLayer(kernel, input, output, phases, step, slope) {
  const runs = phases.map(phase => {
    const { arena } = kernel, inputs = input.channels, outputs = output.pixel;
    const packed = new Float32Array(outputs * inputs * phase.taps.length), bias = new Float32Array(outputs);
    let at = 0;
    for (let first = 0; first < outputs; first += 8) {
      const block = Math.min(8, outputs - first);
      for (const tap of phase.taps) {
        for (let i = 0; i < inputs; i++) {
          for (let o = first; o < first + block; o++) packed[at++] = o < output.channels ? phase.weight(o, i, tap) : 0;
        }
      }
    }
    for (let o = 0; o < output.channels; o++) bias[o] = phase.bias(o);
    return kernel.prepare({
      in: input.at, inRow: input.row, inPixel: input.pixel, inputs,
      taps: phase.taps.map(tap => tap.y * input.row + tap.x * input.pixel),
      weights: arena.put(packed), bias: arena.put(bias),
      out: output.at + phase.dy * output.row + phase.dx * output.pixel, outRow: step * output.row, outPixel: step * output.pixel,
      width: output.size / step, height: output.size / step, outputs, slope,
    });
  });
  return () => runs.forEach(run => run());
}

/**
 * A convolution with stride 1; with `shuffle` 2 each four of its outputs become one of twice the edge (DepthToSpace, CRD).
 * @param {Row} weights [outputs, inputs, kernel, kernel] @param {Row} bias @param {number} shuffle 1 or 2
 * @returns {Phase[]}
 */
export function plainPhases(weights, bias, shuffle) {
  const [, inputs, edge] = weights.shape, reach = (edge - 1) / 2;
  const taps = range(edge).flatMap(ky => range(edge).map(kx => ({ y: ky - reach, x: kx - reach, ky, kx })));
  return range(shuffle * shuffle).map(phase => {
    const stored = (/** @type {number} */ output) => output * shuffle * shuffle + phase;
    return {
      dy: Math.floor(phase / shuffle), dx: phase % shuffle, taps,
      weight: (output, input, tap) => weights.data[((stored(output) * inputs + input) * edge + tap.ky) * edge + tap.kx],
      bias: output => bias.data[stored(output)],
    };
  });
}

/**
 * A transposed convolution with stride 2.
 * @param {Row} weights [inputs, outputs, kernel, kernel] @param {Row} bias @param {number} padding
 * @returns {Phase[]}
 */
export function transposedPhases(weights, bias, padding) {
  const [, outputs, edge] = weights.shape;
  // Output pixel 2m + d gets, at each place k of the kernel, the input pixel (2m + d + padding - k) / 2 where that is whole.
  const along = (/** @type {number} */ d) =>
    range(edge).filter(k => (d + padding - k) % 2 === 0).map(k => ({ k, offset: (d + padding - k) / 2 }));
  return range(4).map(phase => {
    const dy = phase >> 1, dx = phase & 1;
    return {
      dy, dx,
      taps: along(dy).flatMap(v => along(dx).map(h => ({ y: v.offset, x: h.offset, ky: v.k, kx: h.k }))),
      weight: (output, input, tap) => weights.data[((input * outputs + output) * edge + tap.ky) * edge + tap.kx],
      bias: output => bias.data[output],
    };
  });
}

const range = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);
