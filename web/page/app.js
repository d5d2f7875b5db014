// What all parts of the page share.
import { byId } from "./dom.js";
import { decode, encode } from "./code.js";
import { Space } from "./latent.js";
import { Store } from "./store.js";
import { freshSeed, randomFrom } from "./random.js";

/**
 * @typedef {object} Facts what the page knows of its generator
 * @property {string} title @property {string} licence @property {string} run @property {string} recipe @property {number} kimg
 * @property {number} size of the squares that it makes @property {number} width of a picture as it is shown @property {number} height
 * @property {number} latentSize @property {boolean} isUniform @property {number} levels
 * @property {string[]} classes @property {{ name: string, vector: number[] }[]} directions @property {string | null} copying
 * @property {{ pictures: number, places: number, sources: { name: string, author: string, address: string, pictures: number }[] } | null} credits
 * @property {import("../music/roll.js").Ruled | null} roll how piano rolls are ruled and played; null for other pictures
 * @property {string} version @property {string} fingerprint
 * @typedef {import("./latent.js").Picture} Picture
 */

// Enlarging more than that shows nothing new and costs time.
const MostScale = 8;

export class App {
  /** @param {Facts} facts @param {import("./pool.js").Pool} pool */
  constructor(facts, pool) {
    this.facts = facts;
    this.pool = pool;
    this.space = new Space(facts);
    const seed = freshSeed(), first = this.fromAddress() ?? encode(this.space.draw(randomFrom(seed), 1, -1));
    this.store = new Store({ picked: first, source: "new", kind: "all", strength: 0.4, creativity: 1, chosen: -1, seed, favourites: [],
      mixed: [], rows: [] }, facts.fingerprint);
    this.store.listen((state, before) => state.picked !== before.picked && this.#toAddress());
  }

  /** @returns {Picture} the one that is shown large */
  picked() {
    return /** @type {Picture} */ (this.decode(this.store.state.picked));
  }

  /** Shows a picture large. @param {string} code @param {boolean} [isStep] */
  pick(code, isStep = true) {
    if (code !== this.store.state.picked) this.store.set({ picked: code }, isStep);
  }

  /** @param {string} code @returns {Picture | null} null for what this generator can't have written */
  decode(code) {
    return decode(code, this.space);
  }

  /** How many times a picture is enlarged to fill so many of the page's pixels. @param {number} width */
  scaleFor(width) {
    return Math.max(1, Math.min(MostScale, Math.ceil((width * Math.min(devicePixelRatio, 2)) / this.facts.width)));
  }

  /** A picture's name in addresses and files: it says which generator, too. @param {string} code */
  nameOf(code) {
    return `${this.facts.fingerprint}.${code}`;
  }

  /** The code in a name. @param {string} name @returns {string | null} null for another generator's, or none at all */
  codeIn(name) {
    const [fingerprint, code] = name.split(".");
    return fingerprint === this.facts.fingerprint && code && this.decode(code) ? code : null;
  }

  /** The picture that the address names. @returns {string | null} */
  fromAddress() {
    const name = new URLSearchParams(location.hash.slice(1)).get("picture");
    return name ? this.codeIn(name) : null;
  }

  /** Tells the person. @param {string} text */
  say(text) {
    byId("status").textContent = text;
  }

  /** @param {unknown} error */
  fail(error) {
    this.say(error instanceof Error ? error.message : String(error));
  }

  #toAddress() {
    history.replaceState(null, "", `#picture=${this.nameOf(this.store.state.picked)}`);
  }
}
