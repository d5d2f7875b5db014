// The generator that is open on the server: what it is asked, and what it answered before.
import { post } from "../api.js";

/**
 * @typedef {object} Run @property {string} name @property {{ name: string, kimg: number }[]} snapshots @property {string} best
 * @typedef {object} GeneratorFacts
 * @property {string} run @property {string} snapshot @property {number} kimg @property {number} size of the squares that it makes
 * @property {number} width of a picture as it is shown @property {number} height @property {number} levels
 * @property {import("../../music/roll.js").Ruled | null} roll how piano rolls are ruled and played; null for other pictures
 * @property {string[]} classes
 * @typedef {object} Made @property {string} code @property {string} picture a data: address @property {number | null} score
 * @property {string | null} roll of a large piano roll its square, interleaved RGB as base64
 */

// Pictures that are remembered: enough for all that are in sight, and for going back and forth.
const MostLarge = 60, MostSmall = 3000;

/** A map that forgets what wasn't asked for longest. @template V */
class Memory {
  /** @param {number} most */
  constructor(most) {
    this.most = most;
    /** @type {Map<string, V>} */
    this.map = new Map();
  }

  /** @param {string} key @returns {V | undefined} */
  get(key) {
    const value = this.map.get(key);
    if (value !== undefined) {
      this.map.delete(key);
      this.map.set(key, value);
    }
    return value;
  }

  /** @param {string} key @param {V} value */
  set(key, value) {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.most) this.map.delete(/** @type {string} */ (this.map.keys().next().value));
  }
}

export class Generator {
  /** @param {GeneratorFacts} facts */
  constructor(facts) {
    this.facts = facts;
    // Random enough to tell pages apart; crypto's own are kept from pages of other machines.
    this.page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    /** @type {Memory<Made>} */
    this.large = new Memory(MostLarge);
    /** @type {Memory<string>} */
    this.small = new Memory(MostSmall);
    this.left = new AbortController();
  }

  /** @param {string | null} run @param {string | null} snapshot */
  static async open(run, snapshot) {
    return new Generator(await post("/api/explore/open", { run, snapshot }));
  }

  /** What each request says. */
  get asker() {
    return { run: this.facts.run, snapshot: this.facts.snapshot, page: this.page };
  }

  /** Goes over to another snapshot of the run. @param {string} snapshot @param {number} kimg */
  become(snapshot, kimg) {
    this.facts = { ...this.facts, snapshot, kimg };
  }

  /** Calls off what still waits. */
  close() {
    this.left.abort();
  }

  /** Asks for something. @param {string} what @param {object} more @param {AbortSignal} [signal] @returns {Promise<any>} null when a newer request took its place */
  ask(what, more, signal) {
    return post(`/api/explore/${what}`, { ...this.asker, ...more }, signal ? AbortSignal.any([signal, this.left.signal]) : this.left.signal);
  }

  /** Many small pictures. @param {object} which @param {AbortSignal} [signal] @returns {Promise<Made[]>} */
  async tiles(which, signal) {
    const { snapshot } = this.facts;
    /** @type {Made[]} */
    const made = await this.ask("tiles", which, signal);
    for (const { code, picture } of made) this.small.set(snapshot + code, picture);
    return made;
  }

  /** Small pictures of these codes, in their order. @param {string[]} codes @returns {Promise<string[]>} */
  async these(codes) {
    const { snapshot } = this.facts, missing = [...new Set(codes.filter(code => !this.small.get(snapshot + code)))];
    if (missing.length) await this.tiles({ kind: "these", codes: missing });
    return codes.map(code => this.small.get(snapshot + code) ?? "");
  }

  /** One picture, large. @param {string} code @param {string} [snapshot] another one @returns {Promise<Made | null>} null when a newer one was asked for */
  async picture(code, snapshot = this.facts.snapshot) {
    const known = this.large.get(snapshot + code);
    if (known) return known;
    return this.#keep(await this.ask("picture", { code, snapshot }), snapshot);
  }

  /** A picture made of others. @param {"mix" | "move"} what @param {object} how @returns {Promise<Made | null>} */
  async make(what, how) {
    const { snapshot } = this.facts;
    return this.#keep(await this.ask(what, how), snapshot);
  }

  /** @param {Made | null} made @param {string} snapshot */
  #keep(made, snapshot) {
    if (made) this.large.set(snapshot + made.code, made);
    return made;
  }
}
