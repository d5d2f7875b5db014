// Boxes around faces, drawn and moved by mouse and arrows, with the part that the pack will have around each.
import { make } from "../../page/dom.js";
import { drag, Least } from "./drag.js";
import { asPacked, partOf } from "./packed.js";

/**
 * @typedef {object} Box in pixels of the picture
 * @property {number} x @property {number} y @property {number} width @property {number} height @property {number} angle degrees clockwise
 */

const Turn = 5;

export class BoxEditor {
  /**
   * @param {string} url @param {{ width: number, height: number }} size of the picture @param {Box[]} boxes
   * @param {import("./packed.js").Cutting} cutting @param {() => void} changed
   */
  constructor(url, size, boxes, cutting, changed) {
    this.size = size;
    this.boxes = boxes.map(box => ({ ...box }));
    this.cutting = cutting;
    this.changed = changed;
    this.chosen = -1;
    this.isEdited = false;
    this.image = make("img", { src: url, alt: "the picture", draggable: false });
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    this.frame = make("div", { className: "frame" }, this.image);
    this.frame.append(this.svg);
    this.frame.style.aspectRatio = `${size.width} / ${size.height}`;
    this.element = make("div", { className: "boxes" }, this.frame);
    this.previews = make("div", { className: "previews", role: "group", "aria-label": "As they will be packed" });
    drag(this);
    this.image.addEventListener("load", () => this.preview());
    this.watch = new ResizeObserver(() => this.#fit());
    this.watch.observe(this.element);
    this.draw();
  }

  /** For the log: x, y, width, height, and degrees where there are any. */
  get words() {
    return this.boxes.map(b => b.angle ? [b.x, b.y, b.width, b.height, b.angle] : [b.x, b.y, b.width, b.height]);
  }

  close() {
    this.watch.disconnect();
  }

  /** Moves the chosen box. @returns {boolean} whether one is chosen @param {number} dx @param {number} dy @param {boolean} grows */
  nudge(dx, dy, grows) {
    const box = this.boxes[this.chosen];
    if (!box) return false;
    const step = Math.max(1, Math.round(Math.max(this.size.width, this.size.height) / 200));
    if (grows) this.set(box, { width: box.width + dx * step, height: box.height + dy * step });
    else this.set(box, { x: box.x + dx * step, y: box.y + dy * step });
    return true;
  }

  /** Turns the chosen box. @param {number} by −1 or 1 */
  turn(by) {
    const box = this.boxes[this.chosen];
    if (box) this.set(box, { angle: ((box.angle + by * Turn + 540) % 360) - 180 });
  }

  remove() {
    if (!this.boxes[this.chosen]) return;
    this.boxes.splice(this.chosen, 1);
    this.chosen = -1;
    this.#edited();
  }

  /** @param {number} index */
  choose(index) {
    this.chosen = index;
    this.draw();
    this.changed();
  }

  draw() {
    const shape = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      return element;
    };
    this.svg.replaceChildren(...this.boxes.flatMap((box, i) => {
      const middle = `${box.x + box.width / 2} ${box.y + box.height / 2}`, part = partOf(box, this.cutting, this.size);
      return [
        shape("rect", { class: "cut", x: part.x - part.width / 2, y: part.y - part.height / 2, width: part.width, height: part.height,
          transform: `rotate(${box.angle} ${part.x} ${part.y})` }),
        shape("rect", { class: i === this.chosen ? "face chosen" : "face", x: box.x, y: box.y, width: box.width, height: box.height,
          transform: `rotate(${box.angle} ${middle})` }),
      ];
    }));
    this.preview();
  }

  /** @param {Box} box @param {Partial<Box>} to */
  set(box, to) {
    const next = { ...box, ...to };
    next.width = Math.round(Math.max(Least, Math.min(this.size.width, next.width)));
    next.height = Math.round(Math.max(Least, Math.min(this.size.height, next.height)));
    next.x = Math.round(Math.max(0, Math.min(this.size.width - next.width, next.x)));
    next.y = Math.round(Math.max(0, Math.min(this.size.height - next.height, next.y)));
    Object.assign(box, next);
    this.#edited();
  }

  #edited() {
    this.isEdited = true;
    this.draw();
    this.changed();
  }

  preview() {
    this.previews.replaceChildren(...this.boxes.map(box => asPacked(this.image, this.size, box, this.cutting)));
  }

  // The frame fills its place in the picture's shape.
  #fit() {
    const { clientWidth: width, clientHeight: height } = this.element, shape = this.size.width / this.size.height;
    this.frame.style.width = `${Math.min(width, height * shape)}px`;
  }
}
