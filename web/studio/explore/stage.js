// The picture that is shown large, and what one does with it.
import { button, make } from "../../page/dom.js";
import { makeListen } from "./listen.js";

/** @typedef {import("./room.js").Explorer} Explorer */

// Others that the picture is compared with when D is asked.
const Others = 48;

export class Stage {
  /** @param {Explorer} room */
  constructor(room) {
    this.room = room;
    this.picture = make("img", { className: "large", alt: "The picked picture", width: room.generator.facts.width, height: room.generator.facts.height });
    this.score = make("p", { className: "dim small score" });
    this.like = button("", () => this.toggle());
    /** @type {Map<string, number[]>} */
    this.others = new Map();
    this.listen = makeListen(room);
    this.element = make("div", { className: "shown" }, make("div", { className: "framed" }, this.picture, this.listen.line),
      make("div", { className: "buttons actions" }, ...this.listen.buttons, this.like,
      button("More like it", () => room.store.set({ source: "like", seed: room.freshSeed() })),
      button("How real?", () => this.#ask().catch(room.fail), { title: "Asks the discriminator" })), this.score);
    room.store.listen((state, before) => {
      if (state.picked !== before.picked) this.show();
      else if (state.favourites !== before.favourites) this.#mark();
    });
    this.show();
  }

  /** Shows the picked one; a newer one takes its place. */
  show() {
    const { generator, store } = this.room, { picked } = store.state;
    this.score.textContent = "";
    this.listen.stop();
    this.#mark();
    const known = generator.large.get(generator.facts.snapshot + picked);
    if (known) return this.draw(known.picture, picked);
    // The tile, until the large one is there.
    const small = generator.small.get(generator.facts.snapshot + picked);
    if (small) this.draw(small);
    generator.picture(picked).then(made => made && store.state.picked === picked && this.draw(made.picture, picked), this.room.fail);
  }

  /** @param {string} picture a data: address @param {string} [code] where it is a picture of its own: neither a tile that waits for its large one nor a moment of a walk */
  draw(picture, code = "") {
    this.picture.src = picture;
    this.picture.dataset.code = code;
  }

  /** Keeps the picked picture, or lets it go. */
  toggle() {
    const { picked, favourites } = this.room.store.state;
    this.room.store.set({ favourites: favourites.includes(picked) ? favourites.filter(code => code !== picked) : [...favourites, picked] });
  }

  async #ask() {
    const { generator, store } = this.room, { picked } = store.state, { snapshot } = generator.facts;
    this.score.textContent = "asking…";
    if (!this.others.has(snapshot)) {
      const made = await generator.tiles({ kind: "new", count: Others, realness: true });
      this.others.set(snapshot, made.map(m => m.score ?? 0));
    }
    const [made] = await generator.tiles({ kind: "these", codes: [picked], realness: true });
    const others = this.others.get(snapshot) ?? [], less = others.filter(score => score < (made.score ?? 0)).length;
    if (store.state.picked === picked)
      this.score.textContent = `D says ${(made.score ?? 0).toFixed(2)}: more real than ${less} of ${others.length} others.`;
  }

  #mark() {
    const { picked, favourites } = this.room.store.state, isLiked = favourites.includes(picked);
    this.like.textContent = isLiked ? "♥ Kept" : "♡ Keep";
    this.like.setAttribute("aria-pressed", String(isLiked));
  }
}
