// The large picture and what can be done with it at once.
import { listening } from "../music/listen.js";
import { midiOf } from "../music/midi.js";
import { Player } from "../music/player.js";
import { notesOf } from "../music/roll.js";
import { button, byId, download, paint } from "./dom.js";
import { encode } from "./code.js";
import { pngOf, withText } from "./files.js";
import { freshSeed, randomFrom } from "./random.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("../engine/engine.js").Latent} Latent */

// What one saves is at least so large.
const SavedSize = 512;

export class Stage {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.canvas = /** @type {HTMLCanvasElement} */ (byId("picture"));
    /** @type {Latent | null} what is to be shown next, while another is being drawn */
    this.next = null;
    this.isBusy = false;
    this.player = new Player();
    this.like = button("♥ Keep", () => this.#toggle());
    byId("actions").append(
      ...(app.facts.roll ? [this.#listen(app.facts.roll)] : []),
      this.like,
      button("Save", () => this.save().catch(error => app.fail(error)), { title: "Save this picture as PNG; drop it back on this page to go on from it" }),
      ...(app.facts.roll ? [button("MIDI", () => this.#midi().catch(error => app.fail(error)), { title: "Save this tune as a MIDI file" })] : []),
      button("Surprise me", () => app.pick(encode(app.space.draw(randomFrom(freshSeed()), app.store.state.creativity, app.store.state.chosen)))));
    app.store.listen((state, before) => {
      if (state.picked !== before.picked) {
        this.player.stop();
        this.show();
      }
      if (state.picked !== before.picked || state.favourites !== before.favourites) this.#mark();
    });
    this.show();
    this.#mark();
  }

  /** Shows the picked picture. */
  show() {
    this.draw(this.app.space.latent(this.app.picked()));
  }

  /** Shows a latent; of many that come faster than they can be drawn, the last. @param {Latent} latent @returns {Promise<void>} */
  async draw(latent) {
    this.next = latent;
    if (this.isBusy) return;
    this.isBusy = true;
    this.canvas.ariaBusy = "true";
    try {
      while (this.next) {
        const now = this.next;
        this.next = null;
        const drawn = await this.app.pool.draw(now, this.app.scaleFor(this.canvas.clientWidth || 256), { urgent: true });
        paint(this.canvas, drawn);
      }
    } catch (error) {
      this.app.fail(error);
    } finally {
      this.isBusy = false;
      this.canvas.ariaBusy = null;
    }
  }

  /** Saves the picked picture. */
  async save() {
    const code = this.app.store.state.picked;
    download(new Blob([await this.png(code)], { type: "image/png" }), `${this.#fileName()}.png`);
  }

  /** A picture as a PNG file's bytes, which know its latent. @param {string} code */
  async png(code) {
    const { app } = this, canvas = document.createElement("canvas"), scale = Math.max(1, Math.ceil(SavedSize / app.facts.size));
    paint(canvas, await app.pool.draw(app.space.latent(/** @type {any} */ (app.decode(code))), scale));
    return withText(await pngOf(canvas), app.nameOf(code));
  }

  /** The button that plays the picked tune. @param {import("../music/roll.js").Ruled} roll */
  #listen(roll) {
    const listen = button("▶ Play", () => play().catch(error => this.app.fail(error)), { className: "main" });
    const play = listening(listen, byId("playhead"), this.player, roll, this.app.facts.size, () => this.#notes());
    return listen;
  }

  /** What the picked tune plays. */
  async #notes() {
    const { app } = this;
    return notesOf(await app.pool.square(app.space.latent(app.picked())));
  }

  async #midi() {
    const { roll } = this.app.facts;
    if (roll) download(new Blob([midiOf(await this.#notes(), roll)], { type: "audio/midi" }), `${this.#fileName()}.mid`);
  }

  #fileName() {
    return this.app.facts.title.replace(/[^\p{L}\p{N}]+/gu, "-");
  }

  #toggle() {
    const { picked, favourites } = this.app.store.state;
    this.app.store.set({ favourites: favourites.includes(picked) ? favourites.filter(code => code !== picked) : [...favourites, picked] });
  }

  #mark() {
    const { picked, favourites } = this.app.store.state, isLiked = favourites.includes(picked);
    this.like.textContent = isLiked ? "♥ Kept" : "♡ Keep";
    this.like.setAttribute("aria-pressed", String(isLiked));
    this.like.setAttribute("aria-label", isLiked ? "Take it from the favourites" : "Keep it among the favourites");
  }
}
