// One picture made of several, level by level.
import { button, make, paint, slider } from "./dom.js";
import { encode } from "./code.js";

/** @typedef {import("./app.js").App} App */

const Most = 6;

/** @param {App} app */
export function makeMix(app) {
  const { space, store } = app, panel = make("div");
  const names = Array.from({ length: space.levels + 1 }, (_, row) => row === 0 ? "Pose and shape"
    : `${row > space.levels - Math.floor(space.levels / 2) ? "Colour" : "Details"} ${4 << (row - 1)}×${4 << (row - 1)}`);
  const become = (/** @type {string[]} */ mixed, /** @type {number[]} */ rows) => {
    const pictures = mixed.map(code => /** @type {import("./latent.js").Picture} */ (app.decode(code)));
    store.set({ mixed, rows, picked: mixed.length > 0 ? encode(space.mix(pictures, rows)) : store.state.picked });
  };
  const add = () => {
    const { mixed, rows, picked } = store.state;
    if (mixed.includes(picked) || mixed.length >= Most) return;
    // The second gives the later levels at once, so that there is something to see.
    const half = names.map((_, row) => (2 * row > space.levels ? 1 : 0));
    become([...mixed, picked], mixed.length === 0 ? names.map(() => 0) : mixed.length === 1 ? half : rows);
  };
  const drop = (/** @type {number} */ at) => {
    const { mixed, rows } = store.state;
    become(mixed.filter((_, i) => i !== at), rows.map(row => (row === at ? 0 : row > at ? row - 1 : row)));
  };
  const chip = (/** @type {string} */ code, /** @type {number} */ at) => {
    const canvas = make("canvas", { width: 1, height: 1 });
    app.pool.draw(space.latent(/** @type {any} */ (app.decode(code))), app.scaleFor(52)).then(drawn => paint(canvas, drawn), error => app.fail(error));
    return make("button", { type: "button", className: "chip", title: "Take it out", "aria-label": `Take picture ${at + 1} out of the mix`,
      onclick: () => drop(at) }, canvas);
  };
  const line = (/** @type {string} */ name, /** @type {number} */ row) => make("tr", {}, make("td", { textContent: name }),
    ...store.state.mixed.map((_, i) => {
      const radio = make("input", { type: "radio", name: `row${row}`, checked: store.state.rows[row] === i, "aria-label": `${name} from picture ${i + 1}` });
      radio.addEventListener("change", () => become(store.state.mixed, store.state.rows.map((old, r) => (r === row ? i : old))));
      return make("td", {}, radio);
    }));
  const between = () => {
    const [a, b] = store.state.mixed.map(code => /** @type {import("./latent.js").Picture} */ (app.decode(code)));
    return slider("From the first to the second", { min: 0, max: 1, step: 0.02, value: 0 },
      way => app.pick(encode(space.blend(a, b, way)), false), () => store.mark());
  };
  const show = () => {
    const { mixed } = store.state, isFull = mixed.length >= Most;
    panel.replaceChildren(
      make("p", { className: "dim small", textContent: mixed.length === 0 ? "Add two or more pictures: pick one, add it, pick another, add it."
        : "Choose which picture gives each level." }),
      make("div", { className: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, make("th"), ...mixed.map((code, i) =>
        make("th", {}, chip(code, i))))), make("tbody", {}, ...(mixed.length > 1 && space.levels > 0 ? names.map(line) : [])))),
      ...(mixed.length === 2 ? [between()] : []),
      make("div", { className: "buttons" }, button("Add the picked one", add, { disabled: isFull, className: mixed.length < 2 ? "main" : "" }),
        ...(mixed.length > 0 ? [button("Clear", () => become([], []))] : [])));
  };
  store.listen((state, before) => {
    if (state.mixed === before.mixed && state.rows === before.rows) return;
    const focused = document.activeElement?.getAttribute("aria-label");
    show();
    if (focused && !document.activeElement?.getAttribute("aria-label"))
      /** @type {HTMLElement | null} */ (panel.querySelector(`[aria-label="${CSS.escape(focused)}"]`))?.focus();
  });
  show();
  return panel;
}
