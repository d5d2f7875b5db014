// Two pictures laid over each other by the map that the comparison found, looked at in four ways with one zoom.
import { make } from "../../page/dom.js";
import { handle, Step } from "./gestures.js";
import { layersOf, paneAt } from "./layers.js";
import { boxOf, css, inside, mapped, scaled, times } from "./matrix.js";

/**
 * @typedef {import("./matrix.js").Matrix} Matrix
 * @typedef {object} Side @property {string} url @property {number} width @property {number} height
 * @typedef {"flip" | "side" | "split" | "difference"} Mode
 */

const Padding = 10, MostZoom = 40;

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
    /** @type {import("./layers.js").Layer[]} */
    this.layers = [];
    this.zoom = 1;
    this.panX = 0;
    this.panY = 0;
    handle(this);
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
    this.layers = layersOf(this.pair, this.mode);
    this.element.className = `viewer ${this.mode}`;
    this.element.replaceChildren(...new Set(this.layers.map(layer => layer.pane)));
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
    const box = paneAt(this.element, clientX, clientY)?.getBoundingClientRect();
    if (!box) return;
    const x = clientX - box.left - box.width / 2, y = clientY - box.top - box.height / 2;
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

  #map() {
    const { keeper, member, map } = /** @type {{ keeper: Side, member: Side, map: Matrix | null }} */ (this.pair);
    return map ?? inside(member, keeper);
  }

  // From the keeper's pixels to the pane's: both pictures fit where nothing is zoomed.
  #view(/** @type {number} */ width, /** @type {number} */ height) {
    const { keeper, member } = /** @type {{ keeper: Side, member: Side | null }} */ (this.pair);
    const [left, top, right, bottom] = boxOf(member ? [scaled(1, 1), this.#map()] : [scaled(1, 1)]);
    const [x, y] = [(left + right) / 2 * keeper.width, (top + bottom) / 2 * keeper.height];
    const fit = Math.min((width - 2 * Padding) / (right - left) / keeper.width, (height - 2 * Padding) / (bottom - top) / keeper.height) * this.zoom;
    return scaled(fit, fit, width / 2 - fit * x + this.panX, height / 2 - fit * y + this.panY);
  }

  /** The zoom at which a pixel of the keeper is one of the screen. */
  pixelZoom() {
    const pane = this.layers[0]?.pane;
    if (!pane) return 2;
    const fit = this.#view(pane.clientWidth, pane.clientHeight)[0] / this.zoom;
    return Math.max(2, 1 / fit / devicePixelRatio);
  }
}
