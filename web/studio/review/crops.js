// All crops at a glance: sorted by what is measured, many dropped at once after a list of what that does.
import { button, make } from "../../page/dom.js";
import { get } from "../api.js";
import { VirtualGrid } from "../virtual.js";
import { confirmMany } from "./confirm.js";

/**
 * @typedef {{ id: number, picture: number, box: number[], doubt: number, why: string[], by: string, isDropped: boolean,
 *   sharpness: number | null, brightness: number | null }} Crop
 * @typedef {import("./queue.js").Queue} Queue
 */

/** @type {Record<string, [string, (crop: Crop) => number]>} name, and what comes first has least of */
const orders = {
  doubt: ["most doubtful first", c => -c.doubt],
  blur: ["most blurred first", c => c.sharpness ?? Infinity],
  size: ["smallest face first", c => Math.max(c.box[2], c.box[3])],
  dark: ["darkest first", c => c.brightness ?? Infinity],
  light: ["lightest first", c => -(c.brightness ?? -Infinity)],
  order: ["in the order they came", c => c.id],
};
const CellWidth = 148, CellHeight = 182, Patience = 1500;

export class CropGrid {
  /** @param {Queue} queue @param {(picture: number) => void} open @param {(text: string) => void} say @param {(error: unknown) => void} fail */
  constructor(queue, open, say, fail) {
    this.queue = queue;
    this.open = open;
    this.say = say;
    this.fail = fail;
    /** @type {Crop[]} */
    this.crops = [];
    /** @type {Set<number>} rows of crops */
    this.chosen = new Set();
    this.last = 0;
    this.order = "doubt";
    this.hidesDropped = true;
    this.grid = new VirtualGrid(CellWidth, CellHeight, i => this.#cell(i), "Crops");
    this.summary = make("span", { className: "dim" });
    this.drop = button("Drop the chosen…", () => this.#ask("drop"), { className: "danger", disabled: true });
    this.keep = button("Keep the chosen", () => this.#ask("keep"), { disabled: true });
    const order = make("select", { "aria-label": "Order", onchange: () => { this.order = order.value; this.#show(); } },
      ...Object.entries(orders).map(([value, [name]]) => make("option", { value }, name)));
    const hide = make("input", { type: "checkbox", checked: true, onchange: () => { this.hidesDropped = hide.checked; this.#show(); } });
    this.element = make("div", { className: "crops" },
      make("div", { className: "buttons bar" }, make("label", { className: "field" }, "Order", order), make("label", { className: "field" }, hide, "hide what is dropped"),
        button("Choose all shown", () => { this.#list().forEach(c => this.chosen.add(c.id)); this.#show(); }),
        button("Choose none", () => { this.chosen.clear(); this.#show(); }), this.keep, this.drop, this.summary),
      this.grid.element);
    this.isOpen = true;
  }

  async load() {
    const { crops, measured } = await get("/api/review/crops");
    this.crops = crops;
    this.#show();
    // Measures come in as they are made.
    if (measured < crops.length && this.isOpen) setTimeout(() => this.isOpen && this.load().catch(this.fail), Patience);
    this.measured = measured;
    this.#summarise();
  }

  close() {
    this.isOpen = false;
    this.grid.close();
  }

  #list() {
    const by = orders[this.order][1];
    return this.crops.filter(c => !this.hidesDropped || !c.isDropped).sort((a, b) => by(a) - by(b) || a.id - b.id);
  }

  #show() {
    this.shown = this.#list();
    this.grid.show(this.shown.length);
    this.#summarise();
  }

  #summarise() {
    const waits = (this.measured ?? 0) < this.crops.length ? `, ${this.crops.length - (this.measured ?? 0)} still to be measured` : "";
    this.summary.textContent = `${this.shown?.length ?? 0} crops${this.chosen.size ? `, ${this.chosen.size} chosen` : ""}${waits}`;
    this.drop.disabled = this.keep.disabled = this.chosen.size === 0;
  }

  /** @param {number} index */
  #cell(index) {
    const crop = /** @type {Crop[]} */ (this.shown)[index], isChosen = this.chosen.has(crop.id);
    const cell = make("button", { type: "button", className: `cell${crop.isDropped ? " dropped" : ""}`, "aria-pressed": isChosen,
      "aria-label": `crop ${crop.id}${crop.why.length ? `: ${crop.why.join(", ")}` : ""}${crop.isDropped ? ", dropped" : ""}`, title: crop.why.join("\n") },
      make("img", { src: `/api/crops/${crop.id}/thumb`, alt: "", loading: "lazy", width: 128, height: 128 }),
      make("span", { className: "small" }, crop.why[0] ?? `${Math.max(crop.box[2], crop.box[3])} px`));
    cell.addEventListener("click", event => this.#choose(index, event.shiftKey));
    cell.addEventListener("dblclick", () => this.open(crop.picture));
    cell.addEventListener("keydown", event => {
      const by = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.grid.columns, ArrowDown: this.grid.columns })[event.key];
      if (event.key === "e") this.open(crop.picture);
      if (!by) return;
      event.preventDefault();
      this.grid.reveal(Math.max(0, Math.min(this.grid.count - 1, index + by)));
    });
    return make("div", { className: "slot", role: "listitem" }, cell);
  }

  /** @param {number} index @param {boolean} isRange */
  #choose(index, isRange) {
    const shown = /** @type {Crop[]} */ (this.shown), from = isRange ? Math.min(this.last, index) : index, to = isRange ? Math.max(this.last, index) : index;
    const isChosen = isRange || !this.chosen.has(shown[index].id);
    for (let i = from; i <= to; i++) {
      if (isChosen) this.chosen.add(shown[i].id);
      else this.chosen.delete(shown[i].id);
      this.grid.cells.get(i)?.firstElementChild?.setAttribute("aria-pressed", String(isChosen));
    }
    this.last = index;
    this.#summarise();
  }

  // What is said of a crop is said of its picture: first a list of what that does.
  #ask(/** @type {"keep" | "drop"} */ word) {
    const chosen = this.crops.filter(c => this.chosen.has(c.id)), pictures = [...new Set(chosen.map(c => c.picture))];
    const others = this.crops.filter(c => pictures.includes(c.picture) && !this.chosen.has(c.id) && !c.isDropped).length;
    const act = async () => {
      try {
        await this.queue.answerMany(pictures.map(id => ({ id, word })));
        this.chosen.clear();
        await this.load();
        this.say(`${pictures.length} ${pictures.length === 1 ? "picture" : "pictures"} ${word === "drop" ? "dropped" : "kept"}. Undo takes all of it back.`);
      } catch (error) {
        this.fail(error);
      }
    };
    confirmMany(word === "drop" ? `Drop ${pictures.length} ${pictures.length === 1 ? "picture" : "pictures"}?` : `Keep ${pictures.length}?`, [
      make("p", {}, word === "drop" ? "They stay out of the training set; no file is deleted, and undo takes it back as one step."
        : "They go into the training set, whatever Smirk thinks of them; undo takes it back as one step."),
      ...(others ? [make("p", { className: "bad" }, `${others} more ${others === 1 ? "face" : "faces"} of the same pictures go with them.`)] : []),
    ], chosen.map(c => ({ src: `/api/crops/${c.id}/thumb`, alt: c.why.join(", ") })), word === "drop" ? "Drop" : "Keep", act);
  }
}
