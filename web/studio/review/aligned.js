// Two pictures laid over each other by the map that the comparison found, looked at in four ways with one zoom.
import { make } from "../../page/dom.js";

/**
 * @typedef {number[]} Matrix nine numbers, row major
 * @typedef {object} Side @property {string} url @property {number} width @property {number} height
 * @typedef {"flip" | "side" | "split" | "difference"} Mode
 */

/** @param {Matrix} a @param {Matrix} b @returns {Matrix} first b, then a */
export function times(a, b) {
  const product = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++)
      product.push(a[row * 3] * b[column] + a[row * 3 + 1] * b[3 + column] + a[row * 3 + 2] * b[6 + column]);
  }
  return product;
}

/** @param {number} x @param {number} y @param {number} [dx] @param {number} [dy] @returns {Matrix} */
export const scaled = (x, y, dx = 0, dy = 0) => [x, 0, dx, 0, y, dy, 0, 0, 1];

/** @param {Matrix} m @param {number} x @param {number} y @returns {[number, number]} */
export function mapped(m, x, y) {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

/** @param {Matrix} m */
const css = m => `matrix3d(${[m[0], m[3], 0, m[6], m[1], m[4], 0, m[7], 0, 0, 1, 0, m[2], m[5], 0, m[8]].map(v => v.toFixed(9)).join(",")})`;

const Padding = 10, MostZoom = 40, Step = 1.25;

export class Viewer {
  /** @param {() => void} changed called when the zoom or the side that is shown changes */
  constructor(changed) {
    this.changed = changed;
    this.element = make("div", { className: "viewer" });
    /** @type {Mode} */
    this.mode = "flip";
    this.showsMember = false;
    this.split = 0.5;
    /** @type {{ keeper: Side, member: Side | null, map: Matrix | null, region: number[] | null } | null} */
    this.pair = null;
    /** @type {{ element: HTMLElement, img: HTMLImageElement, isMember: boolean, pane: HTMLElement }[]} */
    this.layers = [];
    this.zoom = 1;
    this.panX = 0;
    this.panY = 0;
    this.element.addEventListener("wheel", event => this.#wheel(event), { passive: false });
    this.element.addEventListener("pointerdown", event => this.#drag(event));
    this.element.addEventListener("dblclick", event => (this.isZoomed ? this.fit() : this.zoomAt(event.clientX, event.clientY, this.#pixelZoom())));
    this.watch = new ResizeObserver(() => this.place());
    this.watch.observe(this.element);
  }

  get isZoomed() {
    return this.zoom > 1.001;
  }

  /** @param {{ keeper: Side, member: Side | null, map: Matrix | null, region: number[] | null }} pair */
  show(pair) {
    this.pair = pair;
    this.showsMember = false;
    this.reset();
    this.draw();
  }

  reset() {
    this.zoom = 1;
    this.panX = this.panY = 0;
  }

  fit() {
    this.reset();
    this.place();
    this.changed();
  }

  /** @param {Mode} mode */
  look(mode) {
    this.mode = mode;
    this.draw();
    this.changed();
  }

  flip() {
    this.showsMember = !this.showsMember && this.pair?.member != null;
    this.place();
    this.changed();
  }

  close() {
    this.watch.disconnect();
  }

  draw() {
    if (!this.pair) return;
    const { keeper, member } = this.pair;
    this.layers = [];
    const panes = this.mode === "side" && member ? 2 : 1;
    this.element.className = `viewer ${this.mode}`;
    this.element.replaceChildren(...Array.from({ length: panes }, (_, i) => {
      const pane = make("div", { className: "pane" });
      for (const [isMember, side] of /** @type {[boolean, Side | null][]} */ ([[false, keeper], [true, member]])) {
        if (!side || (panes === 2 && isMember !== (i === 1))) continue;
        const img = make("img", { src: side.url, alt: isMember ? "the picture that may go" : "the picture that may stay", draggable: false });
        img.style.width = `${side.width}px`;
        img.style.height = `${side.height}px`;
        const element = make("div", { className: `layer ${isMember ? "member" : "keeper"}` }, img);
        pane.append(element);
        this.layers.push({ element, img, isMember, pane });
      }
      if (this.pair?.region) pane.append(make("div", { className: "region", title: "they differ here" }));
      return pane;
    }));
    this.place();
  }

  /** Puts everything where zoom and mode want it. */
  place() {
    const pane = this.layers[0]?.pane;
    if (!this.pair || !pane || pane.clientWidth === 0) return;
    const { keeper, member, region } = this.pair, view = this.#view(pane.clientWidth, pane.clientHeight);
    for (const { element, img, isMember } of this.layers) {
      const side = /** @type {Side} */ (isMember ? member : keeper);
      const own = isMember ? times(this.#map(), scaled(1 / side.width, 1 / side.height)) : scaled(1 / side.width, 1 / side.height);
      img.style.transform = css(times(view, times(scaled(keeper.width, keeper.height), own)));
      img.style.imageRendering = view[0] > 3 ? "pixelated" : "auto";
      element.style.visibility = this.mode === "flip" && isMember !== this.showsMember ? "hidden" : "visible";
      element.style.clipPath = this.mode === "split" && isMember ? `inset(0 0 0 ${this.split * 100}%)` : "";
    }
    for (const outline of this.element.querySelectorAll(".region")) {
      const [left, top, width, height] = /** @type {number[]} */ (region);
      const [x, y] = mapped(view, left * keeper.width, top * keeper.height), style = /** @type {HTMLElement} */ (outline).style;
      style.transform = `translate(${x}px, ${y}px)`;
      style.width = `${width * keeper.width * view[0]}px`;
      style.height = `${height * keeper.height * view[0]}px`;
    }
  }

  /** @param {number} clientX @param {number} clientY @param {number} zoom */
  zoomAt(clientX, clientY, zoom) {
    const pane = this.#paneAt(clientX, clientY);
    if (!pane) return;
    const box = pane.getBoundingClientRect(), x = clientX - box.left - box.width / 2, y = clientY - box.top - box.height / 2;
    const next = Math.max(1, Math.min(MostZoom, zoom)), by = next / this.zoom;
    this.panX = x - (x - this.panX) * by;
    this.panY = y - (y - this.panY) * by;
    this.zoom = next;
    if (next === 1) this.reset();
    this.place();
    this.changed();
  }

  /** @param {number} by 1 in, −1 out */
  zoomBy(by) {
    const box = this.element.getBoundingClientRect();
    this.zoomAt(box.left + box.width / (this.mode === "side" ? 4 : 2), box.top + box.height / 2, this.zoom * Step ** by);
  }

  // From shares of the member's sides to shares of the keeper's; without a map each fills the same box.
  #map() {
    if (this.pair?.map) return this.pair.map;
    const { keeper, member } = /** @type {{ keeper: Side, member: Side }} */ (this.pair);
    const scale = Math.min(keeper.width / member.width, keeper.height / member.height);
    const [x, y] = [member.width * scale / keeper.width, member.height * scale / keeper.height];
    return scaled(x, y, (1 - x) / 2, (1 - y) / 2);
  }

  // From the keeper's pixels to the pane's: both pictures fit where nothing is zoomed.
  #view(/** @type {number} */ width, /** @type {number} */ height) {
    const { keeper, member } = /** @type {{ keeper: Side, member: Side | null }} */ (this.pair);
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]], points = corners.map(([x, y]) => [x, y]);
    if (member) points.push(...corners.map(([x, y]) => mapped(this.#map(), x, y)));
    const xs = points.map(p => p[0] * keeper.width), ys = points.map(p => p[1] * keeper.height);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const fit = Math.min((width - 2 * Padding) / (right - left), (height - 2 * Padding) / (bottom - top)) * this.zoom;
    return scaled(fit, fit, width / 2 - fit * (left + right) / 2 + this.panX, height / 2 - fit * (top + bottom) / 2 + this.panY);
  }

  #pixelZoom() {
    const pane = this.layers[0]?.pane;
    if (!pane) return 2;
    const fit = this.#view(pane.clientWidth, pane.clientHeight)[0] / this.zoom;
    return Math.max(2, 1 / fit / devicePixelRatio);
  }

  /** @param {number} x @param {number} y */
  #paneAt(x, y) {
    return [...this.element.children].find(pane => {
      const box = pane.getBoundingClientRect();
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    });
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    this.zoomAt(event.clientX, event.clientY, this.zoom * Step ** (-event.deltaY / 100));
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0) return;
    const divides = this.mode === "split" && !this.isZoomed;
    const from = { x: event.clientX - this.panX, y: event.clientY - this.panY };
    const move = (/** @type {PointerEvent} */ to) => {
      if (divides) {
        const box = this.element.getBoundingClientRect();
        this.split = Math.max(0, Math.min(1, (to.clientX - box.left) / box.width));
      } else if (this.isZoomed) {
        this.panX = to.clientX - from.x;
        this.panY = to.clientY - from.y;
      }
      this.place();
    };
    if (divides) move(event);
    this.element.setPointerCapture(event.pointerId);
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("pointerup", () => this.element.removeEventListener("pointermove", move), { once: true });
  }
}
