// Runs a generator that Smirk exported: the subset of ONNX that its exports use, one picture at a time.
import { readModel } from "./onnx.js";
import { broadcast, dequantise, linear, unpack } from "./numbers.js";
import { makeKernel } from "./kernel.js";
import { plainPhases, prepareLayer, transposedPhases } from "./convolution.js";
import { add, apply, enlarge, fill, shift, toPixels, weigh } from "./maps.js";

/**
 * @typedef {import("./arena.js").FeatureMap} FeatureMap
 * @typedef {import("./numbers.js").Row} Row
 * @typedef {import("./onnx.js").Node} Node
 * @typedef {{ z: Float32Array, styles?: Float32Array | null, class?: number }} Latent styles: one latent a level
 * @typedef {{ node: Node, slope: number, shuffle: number, output: string, layer?: () => void, map?: FeatureMap }} Step
 */

const isMap = (/** @type {any} */ value) => "pixel" in value;

export class Engine {
  /**
   * @param {Uint8Array} model the ONNX file
   * @param {Uint8Array | null} wasm kernel.wasm; null for plain JavaScript
   */
  constructor(model, wasm) {
    const { nodes, stored, output, about, inputs } = readModel(model);
    this.about = about;
    this.output = output;
    this.hasStyles = inputs.includes("styles");
    this.kernel = makeKernel(wasm);
    /** @type {Map<string, Row | FeatureMap>} what is known of each value */
    this.values = new Map();
    for (const [name, numbers] of stored) this.values.set(name, unpack(numbers));
    this.unset = this.values.get("styles");
    this.levels = this.unset ? /** @type {Row} */ (this.unset).data.length : 0;
    this.steps = steps(nodes.filter(node => !this.#decoded(node)));
  }

  /** @param {Latent} latent @returns {{ size: number, pixels: Uint8ClampedArray }} RGBA */
  draw(latent) {
    const map = /** @type {FeatureMap} */ (this.run(latent));
    return { size: map.size, pixels: toPixels(this.kernel.arena.floats, map) };
  }

  /** @param {Latent} latent @returns {FeatureMap | Row} in −1…1 */
  run(latent) {
    const width = latent.z.length;
    this.values.set("z", { shape: [1, width], data: latent.z });
    this.values.set("class", { shape: [1], data: Float32Array.of(latent.class ?? 0) });
    if (this.unset) this.values.set("styles", latent.styles ? { shape: [1, this.levels, width], data: latent.styles } : this.unset);
    for (const step of this.steps) this.values.set(step.output, this.#carryOut(step));
    return /** @type {FeatureMap | Row} */ (this.values.get(this.output));
  }

  // Weights in fewer bits are turned into floats once.
  #decoded(/** @type {Node} */ { op, inputs, output, attributes }) {
    const [first, second] = inputs.map(name => this.values.get(name));
    if (op === "Cast") this.values.set(output, /** @type {Row} */ (first));
    else if (op === "DequantizeLinear")
      this.values.set(output, dequantise(/** @type {Row} */ (first), /** @type {Row} */ (second), attributes.axis));
    else return false;
    inputs.forEach(name => this.values.delete(name));
    return true;
  }

  /** @param {Step} step @returns {Row | FeatureMap} */
  #carryOut(step) {
    const args = step.node.inputs.map(name => /** @type {any} */ (this.values.get(name)));
    return args.some(value => value && isMap(value)) || (step.node.op === "Reshape" && args[1].data[3] > 1)
      ? this.#onMaps(step, args) : onRows(step.node, args);
  }

  /** @param {Step} step @param {any[]} args @returns {FeatureMap} */
  #onMaps(step, args) {
    const { arena } = this.kernel, { op, attributes } = step.node, [x, second, third] = args;
    const make = (/** @type {number} */ channels, /** @type {number} */ size) => (step.map ??= arena.map(channels, size));
    switch (op) {
      case "Conv":
      case "ConvTranspose": {
        if (!step.layer) {
          const isPlain = op === "Conv", scale = isPlain ? step.shuffle : 2;
          const map = make(isPlain ? second.shape[0] / (scale * scale) : second.shape[1], x.size * scale);
          const phases = isPlain ? plainPhases(second, third, scale) : transposedPhases(second, third, attributes.pads[0]);
          step.layer = prepareLayer(this.kernel, x, map, phases, scale, step.slope);
        }
        step.layer();
        break;
      }
      case "Reshape": { const to = make(second.data[1], second.data[3]); fill(arena.floats, x.data, to); break; }
      case "Mul": {
        const to = make(x.channels, x.size), factors = second.data;
        factors.length === 1 && x.channels > 1 ? apply(arena.floats, x, to, value => value * factors[0]) : weigh(arena.floats, x, factors, to);
        break;
      }
      case "Clip": { const to = make(x.channels, x.size); apply(arena.floats, x, to, value => Math.min(Math.max(value, second.data[0]), third.data[0])); break; }
      case "Add": { const to = make(x.channels, x.size); isMap(second) ? add(arena.floats, x, second, to) : shift(arena.floats, x, second.data, to); break; }
      case "Relu": { const to = make(x.channels, x.size); apply(arena.floats, x, to, value => Math.max(value, 0)); break; }
      case "Tanh": { const to = make(x.channels, x.size); apply(arena.floats, x, to, Math.tanh); break; }
      case "Resize": { const to = make(x.channels, x.size * third.data[3]); enlarge(arena.floats, x, to); break; }
      default: throw new Error(`The model asks for ${op}, which this page can't do.`);
    }
    return /** @type {FeatureMap} */ (step.map);
  }
}

/** @param {Node} node @param {Row[]} args @returns {Row} */
function onRows({ op, attributes }, args) {
  const [x, second, third] = args, each = (/** @type {(value: number) => number} */ f) => ({ shape: x.shape, data: x.data.map(f) });
  switch (op) {
    case "IsNaN": return each(value => +Number.isNaN(value));
    case "Unsqueeze": return { shape: [1, ...x.shape], data: x.data };
    case "Where": return broadcast(args, (condition, yes, no) => (condition ? yes : no));
    case "Gather": {
      const width = /** @type {number} */ (x.shape.at(-1)), from = second.data[0] * width;
      return { shape: [1, width], data: x.data.slice(from, from + width) };
    }
    case "Concat": return { shape: [1, x.data.length + second.data.length], data: Float32Array.of(...x.data, ...second.data) };
    case "Gemm": return linear(x, second, third);
    case "Relu": return each(value => Math.max(value, 0));
    case "Sigmoid": return each(value => 1 / (1 + Math.exp(-value)));
    case "Mul": return broadcast(args, (a, b) => a * b);
    case "Reshape": return x;
    default: throw new Error(`The model asks for ${op}${attributes.mode ?? ""}, which this page can't do.`);
  }
}

/** The nodes with activations and pixel shuffles taken into the convolutions before them. @param {Node[]} nodes @returns {Step[]} */
function steps(nodes) {
  /** @type {Step[]} */
  const made = [];
  for (const node of nodes) {
    const last = made.at(-1), users = nodes.filter(other => other.inputs.includes(node.inputs[0])).length;
    const follows = last && last.output === node.inputs[0] && users === 1 && last.node.op.startsWith("Conv");
    if (follows && last.shuffle === 1 && (node.op === "Relu" || node.op === "LeakyRelu")) last.slope = node.attributes.alpha ?? 0;
    else if (follows && node.op === "DepthToSpace") last.shuffle = node.attributes.blocksize;
    else {
      made.push({ node, slope: 1, shuffle: 1, output: node.output });
      continue;
    }
    last.output = node.output;
  }
  return made;
}
