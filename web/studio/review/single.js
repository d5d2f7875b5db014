// One question about one picture: is there a face, where, and is the picture whole?
import { make } from "../../page/dom.js";
import { get } from "../api.js";
import { BoxEditor } from "./boxes.js";

/** @typedef {import("./queue.js").Question} Question */

/** @type {Record<string, string>} */
const titles = { crop: "Is this the face, and is it good to learn from?", damage: "Smirk thinks that this picture is damaged." };
const UsualMargin = 0.6;

export class SingleView {
  /** @param {Question} question @param {() => void} changed */
  constructor(question, changed) {
    this.question = question;
    this.changed = changed;
    this.look = make("div", { className: "look" });
    this.facts = make("div", { className: "facts" }, make("p", { className: "verdict" }, titles[question.kind]));
    this.element = make("div", { className: "question" }, this.look, this.facts);
    /** @type {BoxEditor | null} */
    this.editor = null;
  }

  async open() {
    const { id } = this.question;
    const [facts, crops] = await Promise.all([get(`/api/pictures/${id}`), get(`/api/review/crops/${id}`)]);
    const shown = crops.filter((/** @type {any} */ c) => !c.isDropped || crops.every((/** @type {any} */ other) => other.isDropped));
    const boxes = shown.map((/** @type {any} */ c) => ({ x: c.box[0], y: c.box[1], width: c.box[2], height: c.box[3], angle: c.angle }));
    const editor = this.editor = new BoxEditor(`/api/pictures/${id}/view`, facts, boxes, { margin: crops[0]?.margin ?? UsualMargin, shape: 1 }, this.changed);
    this.look.replaceChildren(editor.element);
    const why = [...new Set(crops.flatMap((/** @type {any} */ c) => c.why))];
    this.facts.append(
      ...(why.length ? [make("ul", { className: "statements" }, ...why.map(w => make("li", { className: "bad" },
        make("span", { className: "sign", "aria-hidden": "true" }, "−"), String(w))))] : []),
      ...(boxes.length || this.question.kind === "crop" ? [make("h3", {}, "As it will be packed"), editor.previews] : []),
      make("p", { className: "dim small" }, "Drag in the picture to draw a box, its edges to resize it, its middle to move it. A chosen box: arrows move it, "
        + "with Shift they resize it, [ and ] turn it, Delete removes it, Esc lets it go."),
      make("section", { className: "card" }, make("h3", {}, "Picture"), make("p", { className: "name" }, facts.name),
        make("p", { className: "small" }, `${facts.width} × ${facts.height}, ${facts.format.toUpperCase()}`),
        make("div", { className: "story small dim" }, ...facts.lines.map((/** @type {string} */ line) => make("div", {}, line)))));
  }

  close() {
    this.editor?.close();
  }
}
