// The endless grid of small pictures.
import { button, make } from "../../page/dom.js";

/** @typedef {import("./room.js").Explorer} Explorer */

const AtOnce = 24, SortedAtOnce = 48, Early = 600;

export class Tiles {
  /** @param {Explorer} room */
  constructor(room) {
    this.room = room;
    this.grid = make("div", { className: "grid", role: "group", "aria-label": "Pictures" });
    this.end = make("div", { className: "end" });
    this.element = make("div", { className: "tiles" }, this.grid, this.end);
    /** @type {import("./generator.js").Made[]} */
    this.made = [];
    this.isGrowing = false;
    this.current = new AbortController();
    // In a narrow window the page itself scrolls.
    const root = matchMedia("(max-width: 760px)").matches ? null : this.element;
    this.watch = new IntersectionObserver(entries => entries.some(e => e.isIntersecting) && this.#grow(), { root, rootMargin: `${Early}px` });
    this.watch.observe(this.end);
    room.store.listen((state, before) => this.#update(state, before));
    this.grid.addEventListener("keydown", event => this.#step(event));
    this.restart();
  }

  close() {
    this.watch.disconnect();
    this.current.abort();
  }

  /** Begins anew. */
  restart() {
    this.current.abort();
    this.current = new AbortController();
    this.made = [];
    this.isGrowing = false;
    this.grid.replaceChildren();
    this.end.replaceChildren();
    this.centre = this.room.store.state.picked;
    const { source, favourites } = this.room.store.state;
    this.grid.classList.toggle("sorted", this.room.isSorted);
    if (source === "favourites" && favourites.length === 0)
      this.end.replaceChildren(make("p", { className: "dim" }, "No favourites yet: press ♡ Keep below a picture."));
    this.#grow();
  }

  /** Picks the next tile, or the one before. @param {number} by */
  go(by) {
    const at = this.made.findIndex(m => m.code === this.room.store.state.picked), next = this.made[at < 0 ? 0 : at + by];
    if (!next) return;
    this.room.pick(next.code);
    this.grid.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }

  #which() {
    const { source, kind, strength, creativity, chosen, seed, favourites } = this.room.store.state, from = this.made.length;
    const realness = this.room.isSorted, count = realness ? SortedAtOnce : AtOnce;
    if (source === "favourites") return from === 0 && favourites.length > 0 ? { kind: "these", codes: favourites, realness } : null;
    if (source === "like") return { kind: "like", code: this.centre, part: kind, strength, seed, from, count, realness };
    return { kind: "new", truncation: creativity, class: chosen < 0 ? null : chosen, seed, from, count, realness };
  }

  async #grow() {
    const which = this.#which(), { current } = this;
    if (!which || this.isGrowing) return;
    this.isGrowing = true;
    try {
      this.#add(await this.room.generator.tiles(which, current.signal));
    } catch (error) {
      if (!current.signal.aborted) this.room.fail(error);
      return;
    } finally {
      if (current === this.current) this.isGrowing = false;
    }
    // What is sorted doesn't move under the eyes: more comes when it is asked for.
    if (this.room.isSorted) {
      if (this.room.store.state.source !== "favourites")
        this.end.replaceChildren(button(`Ask about ${SortedAtOnce} more`, () => this.#grow()));
    } else if (this.end.getBoundingClientRect().top < innerHeight + Early) requestAnimationFrame(() => this.#grow());
  }

  /** @param {import("./generator.js").Made[]} made */
  #add(made) {
    const first = this.made.length;
    this.made.push(...made);
    if (this.room.isSorted) {
      this.made.sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
      this.grid.replaceChildren(...this.made.map((m, i) => this.#tile(m, i)));
    } else this.grid.append(...made.map((m, i) => this.#tile(m, first + i)));
  }

  /** @param {import("./generator.js").Made} made @param {number} at */
  #tile({ code, picture, score }, at) {
    const { picked, favourites } = this.room.store.state;
    const label = `Picture ${at + 1}${score === null ? "" : `, D says ${score.toFixed(2)}`}`;
    const tile = make("button", { type: "button", className: favourites.includes(code) ? "liked" : "", "aria-label": label,
      "aria-current": code === picked, onclick: () => this.room.pick(code) }, make("img", { src: picture, alt: "" }));
    if (score !== null) tile.append(make("span", { className: "badge" }, score.toFixed(1)));
    tile.dataset.code = code;
    return tile;
  }

  /** @param {import("../../page/store.js").State} state @param {import("../../page/store.js").State} before */
  #update(state, before) {
    /** @type {(keyof typeof state)[]} */
    const names = ["source", "seed", ...(state.source === "like" ? /** @type {const} */ (["kind", "strength"]) : /** @type {const} */ (["creativity", "chosen"]))];
    const isList = state.source === "favourites" && state.favourites !== before.favourites;
    if (names.some(name => state[name] !== before[name]) || isList) return this.restart();
    for (const tile of /** @type {Iterable<HTMLElement>} */ (this.grid.children)) {
      tile.setAttribute("aria-current", String(tile.dataset.code === state.picked));
      tile.classList.toggle("liked", state.favourites.includes(tile.dataset.code ?? ""));
    }
  }

  // Arrows go from tile to tile.
  #step(/** @type {KeyboardEvent} */ event) {
    const tiles = [...this.grid.children], at = tiles.indexOf(/** @type {Element} */ (document.activeElement));
    const columns = getComputedStyle(this.grid).gridTemplateColumns.split(" ").length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (at < 0 || !by || !tiles[at + by]) return;
    event.preventDefault();
    event.stopPropagation();
    /** @type {HTMLElement} */ (tiles[at + by]).focus();
  }
}
