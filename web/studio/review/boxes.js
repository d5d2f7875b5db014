// Boxes around faces, drawn and moved by mouse and arrows, with the square that the pack will have around each.
import { make } from "../../page/dom.js";

/**
 * @typedef {object} Box in pixels of the picture
 * @property {number} x @property {number} y @property {number} width @property {number} height @property {number} angle degrees clockwise
 */

const Least = 16, Handle = 12, Turn = 5;
// As CropRecipe has it: the square's middle lies above the face's by this much of the margin.
const Up = 0.1;

/** The square that is cut for a box: its middle and side. @param {Box} box @param {number} margin */
export function squareOf(box, margin) {
  const longest = Math.max(box.width, box.height), up = Up * margin * longest, angle = box.angle * Math.PI / 180;
  return { x: box.x + box.width / 2 + Math.sin(angle) * up, y: box.y + box.height / 2 - Math.cos(angle) * up, side: longest * (1 + margin) };
}

export class BoxEditor {
  /**
   * @param {string} url @param {{ width: number, height: number }} size of the picture @param {Box[]} boxes @param {number} margin
   * @param {() => void} changed
   */
  constructor(url, size, boxes, margin, changed) {
    this.size = size;
    this.boxes = boxes.map(box => ({ ...box }));
    this.margin = margin;
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
    this.frame.addEventListener("pointerdown", event => this.#press(event));
    this.image.addEventListener("load", () => this.#preview());
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
    if (grows) this.#set(box, { width: box.width + dx * step, height: box.height + dy * step });
    else this.#set(box, { x: box.x + dx * step, y: box.y + dy * step });
    return true;
  }

  /** Turns the chosen box. @param {number} by −1 or 1 */
  turn(by) {
    const box = this.boxes[this.chosen];
    if (box) this.#set(box, { angle: ((box.angle + by * Turn + 540) % 360) - 180 });
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
      const middle = `${box.x + box.width / 2} ${box.y + box.height / 2}`, square = squareOf(box, this.margin);
      return [
        shape("rect", { class: "cut", x: square.x - square.side / 2, y: square.y - square.side / 2, width: square.side, height: square.side,
          transform: `rotate(${box.angle} ${square.x} ${square.y})` }),
        shape("rect", { class: i === this.chosen ? "face chosen" : "face", x: box.x, y: box.y, width: box.width, height: box.height,
          transform: `rotate(${box.angle} ${middle})` }),
      ];
    }));
    this.#preview();
  }

  /** @param {Box} box @param {Partial<Box>} to */
  #set(box, to) {
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

  // The frame fills its place in the picture's shape.
  #fit() {
    const { clientWidth: width, clientHeight: height } = this.element, shape = this.size.width / this.size.height;
    this.frame.style.width = `${Math.min(width, height * shape)}px`;
  }

  // Turned upright as the pack does it; what lies outside the picture stays empty here, and is reflected there.
  #preview() {
    this.previews.replaceChildren(...this.boxes.map(box => {
      const side = 128, canvas = make("canvas", { width: side, height: side }), context = canvas.getContext("2d");
      const square = squareOf(box, this.margin), shown = this.image.naturalWidth / this.size.width;
      if (context && this.image.naturalWidth) {
        context.translate(side / 2, side / 2);
        context.scale(side / square.side, side / square.side);
        context.rotate(-box.angle * Math.PI / 180);
        context.translate(-square.x, -square.y);
        context.scale(1 / shown, 1 / shown);
        context.drawImage(this.image, 0, 0);
      }
      return canvas;
    }));
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const from = this.#at(event), handle = Handle * this.size.width / this.frame.clientWidth;
    const hit = this.boxes.findIndex(b => from.x >= b.x - handle && from.x <= b.x + b.width + handle && from.y >= b.y - handle && from.y <= b.y + b.height + handle);
    let box = this.boxes[hit], edges = { left: false, right: false, top: false, bottom: false };
    if (box) {
      edges = { left: Math.abs(from.x - box.x) < handle, right: Math.abs(from.x - box.x - box.width) < handle,
        top: Math.abs(from.y - box.y) < handle, bottom: Math.abs(from.y - box.y - box.height) < handle };
    }
    this.choose(hit);
    const before = box ? { ...box } : null;
    const move = (/** @type {PointerEvent} */ to) => {
      const at = this.#at(to), dx = at.x - from.x, dy = at.y - from.y;
      if (!before) {
        if (!box && Math.max(Math.abs(dx), Math.abs(dy)) < Least) return;
        if (!box) {
          this.boxes.push(box = { x: from.x, y: from.y, width: Least, height: Least, angle: 0 });
          this.chosen = this.boxes.length - 1;
        }
        this.#set(box, { x: Math.min(from.x, at.x), y: Math.min(from.y, at.y), width: Math.abs(dx), height: Math.abs(dy) });
      } else if (Object.values(edges).some(e => e)) {
        this.#set(box, {
          x: edges.left ? before.x + dx : before.x, width: before.width + (edges.right ? dx : edges.left ? -dx : 0),
          y: edges.top ? before.y + dy : before.y, height: before.height + (edges.bottom ? dy : edges.top ? -dy : 0),
        });
      } else this.#set(box, { x: before.x + dx, y: before.y + dy });
    };
    this.frame.setPointerCapture(event.pointerId);
    this.frame.addEventListener("pointermove", move);
    this.frame.addEventListener("pointerup", () => this.frame.removeEventListener("pointermove", move), { once: true });
  }

  /** @param {PointerEvent} event */
  #at(event) {
    const box = this.frame.getBoundingClientRect();
    return { x: (event.clientX - box.left) * this.size.width / box.width, y: (event.clientY - box.top) * this.size.height / box.height };
  }
}
