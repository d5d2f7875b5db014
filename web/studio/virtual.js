// A grid of any length: only what is in sight is there.
import { make } from "../page/dom.js";

export class VirtualGrid {
  /**
   * @param {number} width of a cell, pixels, at least @param {number} height of a cell, pixels
   * @param {(index: number) => HTMLElement} cell makes one
   * @param {string} label what the grid shows
   */
  constructor(width, height, cell, label) {
    this.width = width;
    this.height = height;
    this.cell = cell;
    this.count = 0;
    /** @type {Map<number, HTMLElement>} */
    this.cells = new Map();
    this.inner = make("div", { className: "virtual-inner", role: "list", "aria-label": label });
    this.element = make("div", { className: "virtual", tabIndex: 0, role: "region", "aria-label": label }, this.inner);
    this.element.addEventListener("scroll", () => this.#place(), { passive: true });
    this.watch = new ResizeObserver(() => this.#place());
    this.watch.observe(this.element);
  }

  get columns() {
    return Math.max(1, Math.floor(this.element.clientWidth / this.width));
  }

  /** Shows so many cells, all made anew. @param {number} count */
  show(count) {
    this.count = count;
    for (const cell of this.cells.values()) cell.remove();
    this.cells.clear();
    this.#place();
  }

  /** Brings a cell into sight and gives it the focus. @param {number} index */
  reveal(index) {
    const top = Math.floor(index / this.columns) * this.height;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    if (top + this.height > this.element.scrollTop + this.element.clientHeight) this.element.scrollTop = top + this.height - this.element.clientHeight;
    this.#place();
    this.cells.get(index)?.focus();
  }

  close() {
    this.watch.disconnect();
  }

  #place() {
    const columns = this.columns, rows = Math.ceil(this.count / columns), width = this.element.clientWidth / columns;
    this.inner.style.height = `${rows * this.height}px`;
    const first = Math.max(0, Math.floor(this.element.scrollTop / this.height) - 2) * columns;
    const last = Math.min(this.count, (Math.ceil((this.element.scrollTop + this.element.clientHeight) / this.height) + 2) * columns);
    for (const [index, cell] of this.cells) {
      if (index >= first && index < last) continue;
      cell.remove();
      this.cells.delete(index);
    }
    for (let index = first; index < last; index++) {
      let cell = this.cells.get(index);
      if (!cell) {
        cell = this.cell(index);
        this.cells.set(index, cell);
        this.inner.append(cell);
      }
      cell.style.transform = `translate(${index % columns * width}px, ${Math.floor(index / columns) * this.height}px)`;
      cell.style.width = `${width}px`;
      cell.style.height = `${this.height}px`;
    }
  }
}
