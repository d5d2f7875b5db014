// The two kernels: WebAssembly SIMD, and plain JavaScript where that is missing.
import { convolve } from "./twin.js";
import { Arena } from "./arena.js";

/**
 * @typedef {object} Call the kernel's struct: places in floats, steps in floats
 * @property {number} in @property {number} inRow @property {number} inPixel @property {number} inputs
 * @property {number[]} taps @property {number} weights @property {number} bias
 * @property {number} out @property {number} outRow @property {number} outPixel
 * @property {number} width @property {number} height @property {number} outputs @property {number} slope
 * @typedef {{ arena: Arena, prepare: (call: Call) => () => void, isFast: boolean }} Kernel
 */

/**
 * The fast kernel where the browser has it.
 * @param {Uint8Array | null} wasm kernel.wasm; null asks for plain JavaScript
 * @returns {Kernel}
 */
export function makeKernel(wasm) {
  try {
    if (wasm) return fastKernel(wasm);
  } catch {
    // No WebAssembly, no SIMD, or a policy against both: the twin needs none of them.
  }
  const arena = new Arena(null);
  return { arena, prepare: call => () => convolve(arena.floats, call), isFast: false };
}

/** @param {Uint8Array} wasm @returns {Kernel} */
function fastKernel(wasm) {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 32768 });
  const module = new WebAssembly.Module(/** @type {BufferSource} */ (wasm));
  const run = /** @type {(call: number) => void} */ (new WebAssembly.Instance(module, { env: { memory } }).exports.convolve);
  const arena = new Arena(memory);
  return { arena, prepare: call => prepare(arena, run, call), isFast: true };
}

/** @param {Arena} arena @param {(call: number) => void} run @param {Call} call @returns {() => void} */
function prepare(arena, run, call) {
  const taps = arena.take(call.taps.length);
  const struct = arena.take(15);
  arena.integers.set(call.taps, taps);
  arena.integers.set([
    4 * call.in, call.inRow, call.inPixel, call.inputs, 4 * taps, call.taps.length, 4 * call.weights, 4 * call.bias,
    4 * call.out, call.outRow, call.outPixel, call.width, call.height, call.outputs,
  ], struct);
  arena.floats[struct + 14] = call.slope;
  return () => run(4 * struct);
}
