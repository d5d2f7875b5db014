// Where maps and weights lie: one memory that the kernel sees.

/**
 * @typedef {object} FeatureMap channels of a picture, innermost, with a border of zeros around the pixels
 * @property {number} channels @property {number} size edge in pixels
 * @property {number} at first pixel, in floats @property {number} pixel floats from one to the next @property {number} row likewise
 */

// As wide as the reach of any kernel that Smirk's networks have: 3×3, and 4×4 or 5×5 transposed with stride 2.
const Border = 1;

// The kernel's own data and stack lie below.
const FirstByte = 65536;

export class Arena {
  /** @param {WebAssembly.Memory | null} memory the kernel's; null for plain JavaScript */
  constructor(memory) {
    this.memory = memory;
    this.end = FirstByte;
    this.buffer = memory ? memory.buffer : new ArrayBuffer(FirstByte);
    this.floats = new Float32Array(this.buffer);
    this.integers = new Int32Array(this.buffer);
  }

  /** Room for so many floats, all 0. @param {number} count @returns {number} where, in floats */
  take(count) {
    const at = this.end / 4;
    this.end = Math.ceil((this.end + 4 * count) / 64) * 64;
    if (this.end > this.buffer.byteLength) this.#grow();
    return at;
  }

  /** Puts floats in. @param {Float32Array} values @returns {number} where, in floats */
  put(values) {
    const at = this.take(values.length);
    this.floats.set(values, at);
    return at;
  }

  /** A map of zeros. @param {number} channels @param {number} size @returns {FeatureMap} */
  map(channels, size) {
    const pixel = Math.ceil(channels / 4) * 4, row = (size + 2 * Border) * pixel;
    const start = this.take((size + 2 * Border) * row);
    return { channels, size, at: start + Border * (row + pixel), pixel, row };
  }

  #grow() {
    const bytes = Math.max(this.end, this.buffer.byteLength + (1 << 22));
    if (this.memory) {
      this.memory.grow(Math.ceil((bytes - this.buffer.byteLength) / 65536));
      this.buffer = this.memory.buffer;
    } else {
      const larger = new ArrayBuffer(Math.ceil(bytes / 65536) * 65536);
      new Uint8Array(larger).set(new Uint8Array(this.buffer));
      this.buffer = larger;
    }
    this.floats = new Float32Array(this.buffer);
    this.integers = new Int32Array(this.buffer);
  }
}
