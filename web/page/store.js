// What the person has chosen: with undo and redo, and favourites that stay in this browser.

/**
 * @typedef {object} State
 * @property {string} picked code of the picture that is shown large
 * @property {"new" | "like" | "favourites"} source what the tiles show
 * @property {"shape" | "details" | "colour" | "all"} kind what varies among pictures like the picked one
 * @property {number} strength of the variation, 0…1 @property {number} creativity of new pictures, 1 is all of the variety
 * @property {number} chosen class; -1 for any @property {number} seed of the tiles
 * @property {string[]} favourites codes @property {string[]} mixed codes @property {number[]} rows which of the mixed ones gives each row
 */

const MostSteps = 200;

export class Store {
  /** @param {State} state @param {string} key of this generator's favourites */
  constructor(state, key) {
    this.key = `smirk-favourites-${key}`;
    /** @type {State} */
    this.state = { ...state, favourites: this.#kept() };
    /** @type {State[]} */
    this.past = [];
    /** @type {State[]} */
    this.future = [];
    /** @type {((state: State, before: State) => void)[]} */
    this.listeners = [];
  }

  /** Calls on every change. @param {(state: State, before: State) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** Changes something. @param {Partial<State>} changes @param {boolean} [isStep] whether undo takes it back; a slider's way is one step */
  set(changes, isStep = true) {
    if (isStep) this.mark();
    this.#become({ ...this.state, ...changes });
  }

  /** Undo comes back to here. */
  mark() {
    this.past = [...this.past.slice(1 - MostSteps), this.state];
    this.future = [];
  }

  undo() {
    const state = this.past.pop();
    if (!state) return;
    this.future.push(this.state);
    this.#become(state);
  }

  redo() {
    const state = this.future.pop();
    if (!state) return;
    this.past.push(this.state);
    this.#become(state);
  }

  /** @param {State} state */
  #become(state) {
    const before = this.state;
    this.state = state;
    if (state.favourites !== before.favourites) this.#keep(state.favourites);
    for (const listener of this.listeners) listener(state, before);
  }

  // Some browsers keep nothing for pages from a disk, or nothing at all: then favourites last as long as the page.
  #kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter(code => typeof code === "string") : [];
    } catch {
      return [];
    }
  }

  /** @param {string[]} favourites */
  #keep(favourites) {
    try {
      localStorage.setItem(this.key, JSON.stringify(favourites));
    } catch {
      // As above.
    }
  }
}
