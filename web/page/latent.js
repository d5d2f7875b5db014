// The latents of pictures: drawing, varying and mixing them, and writing them as text.
import { normal } from "./random.js";

/**
 * @typedef {{ rows: Int8Array[], class: number }} Picture rows[0] shapes the picture, each other row weighs the channels of one level. Numbers
 *   are whole steps, so that a picture written as text is exactly the picture.
 * @typedef {import("./random.js").Random} Random
 * @typedef {"shape" | "details" | "colour" | "all"} Kind
 */

export class Space {
  /** @param {{ latentSize: number, levels: number, isUniform: boolean, classes: string[], fingerprint: string }} facts */
  constructor(facts) {
    this.size = facts.latentSize;
    this.levels = facts.levels;
    this.isUniform = facts.isUniform;
    this.classes = facts.classes.length;
    this.fingerprint = facts.fingerprint;
    // Steps of a latent's 1: up to ±4 standard deviations, or ±1 where latents are uniform.
    this.unit = facts.isUniform ? 127 : 32;
  }

  /** @param {Random} random @param {number} creativity 1 is all of the variety @param {number} chosen class; -1 for any @returns {Picture} */
  draw(random, creativity, chosen) {
    const row = this.#whole(Float32Array.from({ length: this.size }, () => creativity * this.#number(random)));
    return { rows: Array(this.levels + 1).fill(row), class: chosen >= 0 ? chosen : Math.floor(random() * Math.max(this.classes, 1)) };
  }

  /** A picture like another. @param {Picture} picture @param {Kind} kind @param {number} strength 0…1 @param {Random} random @returns {Picture} */
  vary(picture, kind, strength, random) {
    const noise = Float32Array.from({ length: this.size }, () => this.#number(random));
    return { ...picture, rows: picture.rows.map((row, i) => (this.#concerns(kind, i) ? this.#towards(row, noise, strength) : row)) };
  }

  /** Row by row from one of several pictures. @param {Picture[]} pictures @param {number[]} chosen which, for each row @returns {Picture} */
  mix(pictures, chosen) {
    return { ...pictures[chosen[0]], rows: pictures[0].rows.map((_, i) => pictures[chosen[i]].rows[i]) };
  }

  /** How far a picture lies along a direction, in standard deviations. @param {Picture} picture @param {number[]} direction */
  along(picture, direction) {
    return direction.reduce((sum, d, i) => sum + d * picture.rows[0][i], 0) / this.unit;
  }

  /** The picture moved along a direction. @param {Picture} picture @param {number[]} direction @param {number} by @returns {Picture} */
  move(picture, direction, by) {
    return { ...picture, rows: this.#each(picture.rows, row => Float32Array.from(row, (x, i) => x / this.unit + by * direction[i])) };
  }

  /** The picture with one number of its latent set. @param {Picture} picture @param {number} index @param {number} value @returns {Picture} */
  put(picture, index, value) {
    return { ...picture, rows: this.#each(picture.rows, row => Float32Array.from(row, (x, i) => (i === index ? value : x / this.unit))) };
  }

  /** What the engine takes. @param {Picture} picture @returns {import("../engine/engine.js").Latent} */
  latent(picture) {
    return this.#latent(picture.rows.map(row => Float32Array.from(row, x => x / this.unit)), picture.class);
  }

  /** A place on the way from one picture to another. @param {Picture} a @param {Picture} b @param {number} way 0…1 */
  between(a, b, way) {
    const rows = a.rows.map((row, i) => this.#way(row, b.rows[i], way));
    return this.#latent(rows, way < 0.5 ? a.class : b.class);
  }

  /** A picture on the way from one to another. @param {Picture} a @param {Picture} b @param {number} way 0…1 @returns {Picture} */
  blend(a, b, way) {
    const isPlain = a.rows.every(row => row === a.rows[0]) && b.rows.every(row => row === b.rows[0]);
    const first = this.#whole(this.#way(a.rows[0], b.rows[0], way));
    const rows = a.rows.map((row, i) => (isPlain ? first : this.#whole(this.#way(row, b.rows[i], way))));
    return { rows, class: way < 0.5 ? a.class : b.class };
  }

  /** @param {Float32Array[]} rows @param {number} chosen */
  #latent(rows, chosen) {
    return { z: rows[0], styles: this.levels ? Float32Array.of(...rows.slice(1).flatMap(row => [...row])) : null, class: chosen };
  }

  // Rows that are one and the same stay so.
  #each(/** @type {Int8Array[]} */ rows, /** @type {(row: Int8Array) => Float32Array} */ change) {
    const made = new Map(rows.map(row => [row, /** @type {Int8Array | undefined} */ (undefined)]));
    for (const row of made.keys()) made.set(row, this.#whole(change(row)));
    return rows.map(row => /** @type {Int8Array} */ (made.get(row)));
  }

  #number(/** @type {Random} */ random) {
    return this.isUniform ? 2 * random() - 1 : normal(random);
  }

  // Late levels colour a picture, those before them draw its details, the first row gives pose and shape.
  #concerns(/** @type {Kind} */ kind, /** @type {number} */ row) {
    const late = this.levels - Math.floor(this.levels / 2);
    return kind === "all" || kind === (row === 0 ? "shape" : row > late ? "colour" : "details");
  }

  // Along the sphere that latents lie on, and at the row's own distance from the middle; along a line where latents are uniform.
  #towards(/** @type {Int8Array} */ row, /** @type {Float32Array} */ noise, /** @type {number} */ strength) {
    const angle = (strength * Math.PI) / 2, own = length(row) / this.unit / length(noise);
    const [keep, add] = this.isUniform ? [1 - strength, strength] : [Math.cos(angle), Math.sin(angle) * (own || 1)];
    return this.#whole(Float32Array.from(row, (x, i) => (keep * x) / this.unit + add * noise[i]));
  }

  #way(/** @type {Int8Array} */ a, /** @type {Int8Array} */ b, /** @type {number} */ way) {
    const lengths = length(a) * length(b), angle = Math.acos(Math.max(-1, Math.min(1, dot(a, b) / (lengths || 1))));
    const isStraight = this.isUniform || angle < 0.001 || !lengths;
    const [left, right] = isStraight ? [1 - way, way] : [Math.sin((1 - way) * angle) / Math.sin(angle), Math.sin(way * angle) / Math.sin(angle)];
    return Float32Array.from(a, (x, i) => (left * x + right * b[i]) / this.unit);
  }

  #whole(/** @type {Float32Array} */ numbers) {
    return Int8Array.from(numbers, x => Math.max(-127, Math.min(127, Math.round(x * this.unit))));
  }
}

const dot = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) => Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
const length = (/** @type {ArrayLike<number>} */ a) => Math.sqrt(dot(a, a));
