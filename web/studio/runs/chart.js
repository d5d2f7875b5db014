// Curves as SVG, drawn anew whenever something changes: a few thousand points take a millisecond.
import { make } from "../../page/dom.js";
import { placeOf, range, svg, ticks } from "./scale.js";
import { number } from "./words.js";

/**
 * @typedef {{ name: string, x: number[], y: number[], colour: number }} Line a curve with its place in the colours
 * @typedef {object} Chart
 * @property {HTMLElement} element @property {(lines: Line[], end: number) => void} show draws curves over 0…end kimg
 * @property {(kimg: number) => void} point moves the cursor @property {() => void} leave
 */

const height = 170, left = 46, right = 10, top = 8, bottom = 24;

// Fewer points are seen as such: measurements are minutes apart.
const mostDots = 40;

/**
 * @param {string} title @param {string} unit of y; empty for none @param {(kimg: number) => void} seek called where the person clicks
 * @returns {Chart}
 */
export function chart(title, unit, seek) {
  const legend = make("div", { className: "legend" });
  const plot = /** @type {SVGSVGElement} */ (svg("svg", { class: "plot", height, role: "img", "aria-label": `${title} over kimg` }));
  const empty = make("p", { className: "dim small", textContent: "Nothing measured yet." });
  const element = make("div", { className: "chart" },
    make("div", { className: "caption" }, make("h3", {}, title), unit ? make("span", { className: "dim small" }, unit) : ""), legend, plot, empty);
  /** @type {Line[]} */
  let lines = [];
  let [end, at] = [1, 0];
  /** @type {number | null} */
  let hovered = null;
  /** @type {[number, number]} */
  let ys = [0, 1];
  let width = 0;

  const xOf = (/** @type {number} */ kimg) => left + kimg / end * (width - left - right);
  const yOf = (/** @type {number} */ y) => top + (1 - (y - ys[0]) / (ys[1] - ys[0])) * (height - top - bottom);
  const cursor = svg("line", { class: "cursor", y1: top, y2: height - bottom });
  const dots = svg("g", {});

  function draw() {
    width = Math.max(160, plot.clientWidth || element.clientWidth);
    const drawn = lines.filter(line => line.x.length);
    empty.hidden = drawn.length > 0;
    plot.toggleAttribute("hidden", !drawn.length);
    legend.hidden = !drawn.length;
    if (!drawn.length) return;
    ys = range(drawn.flatMap(line => line.y));
    const parts = [];
    for (const y of ticks(ys[0], ys[1], 4)) {
      parts.push(svg("line", { class: "rule", x1: left, x2: width - right, y1: yOf(y), y2: yOf(y) }),
        svg("text", { x: left - 6, y: yOf(y) + 4, "text-anchor": "end" }, number(y)));
    }
    for (const x of ticks(0, end, Math.max(2, Math.floor(width / 90)))) {
      if (xOf(x) < width - 34) parts.push(svg("text", { x: xOf(x), y: height - 8, "text-anchor": "middle" }, number(x)));
    }
    parts.push(svg("text", { x: width - 2, y: height - 8, "text-anchor": "end" }, "kimg"));
    for (const line of drawn) {
      parts.push(svg("polyline", { class: `line c${line.colour}`, points: line.x.map((x, i) => `${xOf(x).toFixed(1)},${yOf(line.y[i]).toFixed(1)}`).join(" ") }));
      if (line.x.length <= mostDots) {
        parts.push(...line.x.map((x, i) => svg("circle", { class: `dot c${line.colour}`, cx: xOf(x).toFixed(1), cy: yOf(line.y[i]).toFixed(1), r: 2.5 })));
      }
    }
    plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
    plot.replaceChildren(...parts, cursor, dots);
    follow();
  }

  // The cursor, and what the curves are there.
  function follow() {
    const x = hovered ?? at;
    cursor.setAttribute("x1", String(xOf(Math.min(x, end))));
    cursor.setAttribute("x2", String(xOf(Math.min(x, end))));
    const drawn = lines.filter(line => line.x.length);
    const here = drawn.map(line => ({ line, i: placeOf(line.x, x) }));
    dots.replaceChildren(...here.map(({ line, i }) => svg("circle", { class: `dot c${line.colour}`, cx: xOf(line.x[i]), cy: yOf(line.y[i]), r: 3.5 })));
    legend.replaceChildren(...here.map(({ line, i }) => make("span", { className: `series k${line.colour}` }, line.name, " ",
      make("b", {}, number(line.y[i])))), hovered === null ? "" : make("span", { className: "dim" }, `at ${number(x)} kimg`));
  }

  const kimgAt = (/** @type {MouseEvent} */ event) => {
    const box = plot.getBoundingClientRect();
    return Math.min(end, Math.max(0, (event.clientX - box.left - left) / (width - left - right) * end));
  };
  plot.addEventListener("pointermove", event => {
    hovered = kimgAt(event);
    follow();
  });
  plot.addEventListener("pointerleave", () => {
    hovered = null;
    follow();
  });
  plot.addEventListener("click", event => seek(kimgAt(event)));
  const resized = new ResizeObserver(() => {
    if (Math.abs((plot.clientWidth || element.clientWidth) - width) > 1) draw();
  });
  resized.observe(element);

  return {
    element,
    show(curves, last) {
      lines = curves;
      end = Math.max(last, 1e-3);
      draw();
    },
    point(kimg) {
      at = kimg;
      if (lines.some(line => line.x.length)) follow();
    },
    leave: () => resized.disconnect(),
  };
}
