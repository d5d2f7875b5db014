// The endless grid: tiles are made as one scrolls, and drawn while they are near the window.
import { byId, make, paint } from "./dom.js";
import { encode } from "./code.js";
import { randomFrom } from "./random.js";

/** @typedef {import("./app.js").App} App */

// Drawn a window's height early, and let go again as far away.
const Margin = "800px 0px";
const AtOnce = 24;

export class Tiles {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.box = byId("tiles");
    this.random = randomFrom(0);
    /** @type {WeakMap<Element, AbortController>} */
    this.drawing = new WeakMap();
    this.near = new IntersectionObserver(entries => entries.forEach(entry => this.#show(entry.target, entry.isIntersecting)), { rootMargin: Margin });
    this.end = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && this.#grow(), { rootMargin: Margin });
    app.store.listen((state, before) => this.#update(state, before));
    this.box.addEventListener("keydown", event => this.#step(event));
    this.restart();
    this.end.observe(byId("more"));
  }

  /** Begins anew. */
  restart() {
    for (const tile of this.box.children) this.#show(tile, false);
    this.random = randomFrom(this.app.store.state.seed);
    const { store } = this.app;
    this.centre = this.app.picked();
    this.box.replaceChildren();
    byId("status").textContent = {
      new: "Pick one to play with it. There are more below, without an end.",
      like: "Pictures like the picked one. Pick one to go on from there.",
      favourites: store.state.favourites.length ? "Your favourites, kept in this browser." : "No favourites yet: press ♥ beside a picture.",
    }[store.state.source];
    if (store.state.source === "favourites") {
      this.#add(store.state.favourites.flatMap(code => this.app.decode(code) ?? []));
    } else this.#grow();
  }

  #grow() {
    const { space, store } = this.app, { source, kind, strength, creativity, chosen } = store.state, { centre } = this;
    if (source === "favourites") return;
    this.#add(Array.from({ length: AtOnce }, () => (source === "like" && centre ? space.vary(centre, kind, strength, this.random)
      : space.draw(this.random, creativity, chosen))));
    // A tall window isn't filled by one step, and then nothing comes into view any more.
    requestAnimationFrame(() => byId("more").getBoundingClientRect().top < innerHeight + 800 && this.#grow());
  }

  /** @param {import("./latent.js").Picture[]} pictures */
  #add(pictures) {
    const { picked, favourites } = this.app.store.state;
    for (const picture of pictures) {
      const code = encode(picture), number = this.box.childElementCount + 1;
      const tile = make("button", { type: "button", className: favourites.includes(code) ? "liked" : "", "aria-label": `Picture ${number}`,
        "aria-current": code === picked, "data-code": code, onclick: () => this.app.pick(code) },
      make("canvas", { width: 1, height: 1 }));
      this.box.append(tile);
      this.near.observe(tile);
    }
  }

  /** @param {Element} tile @param {boolean} isNear */
  #show(tile, isNear) {
    const canvas = /** @type {HTMLCanvasElement} */ (tile.firstElementChild), open = this.drawing.get(tile);
    if (!isNear) {
      open?.abort();
      this.drawing.delete(tile);
      canvas.width = canvas.height = 1;
    } else if (!open) {
      const control = new AbortController(), picture = this.app.decode(/** @type {HTMLElement} */ (tile).dataset.code ?? "");
      this.drawing.set(tile, control);
      if (!picture) return;
      this.app.pool.draw(this.app.space.latent(picture), this.app.scaleFor(tile.clientWidth), { signal: control.signal })
        .then(drawn => control.signal.aborted || (paint(canvas, drawn), tile.classList.add("drawn")))
        .catch(error => control.signal.aborted || this.app.fail(error));
    }
  }

  /** @param {import("./store.js").State} state @param {import("./store.js").State} before */
  #update(state, before) {
    const names = /** @type {const} */ (["source", "kind", "strength", "creativity", "chosen", "seed"]);
    const isLike = state.source === "like" && state.picked !== before.picked;
    const isList = state.source === "favourites" && state.favourites !== before.favourites;
    if (names.some(name => state[name] !== before[name]) || isLike || isList) return this.restart();
    for (const tile of /** @type {Iterable<HTMLElement>} */ (this.box.children)) {
      tile.setAttribute("aria-current", String(tile.dataset.code === state.picked));
      tile.classList.toggle("liked", state.favourites.includes(tile.dataset.code ?? ""));
    }
  }

  // Arrows go from tile to tile.
  #step(/** @type {KeyboardEvent} */ event) {
    const tiles = [...this.box.children], at = tiles.indexOf(/** @type {Element} */ (document.activeElement));
    const columns = getComputedStyle(this.box).gridTemplateColumns.split(" ").length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (at < 0 || !by || !tiles[at + by]) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (tiles[at + by]).focus();
  }
}
