// One picture made of several, level by level.
import { button, make } from "../../page/dom.js";
import { range } from "./range.js";
import { redraw } from "./redraw.js";

/** @typedef {import("./room.js").Explorer} Explorer */

const Most = 6;

/** @param {Explorer} room */
export function makeMix(room) {
  const { store, generator } = room, { levels } = generator.facts, panel = make("div");
  const names = Array.from({ length: levels + 1 }, (_, row) => row === 0 ? "Pose and shape"
    : `${row > levels - Math.floor(levels / 2) ? "Colour" : "Details"} ${4 << (row - 1)}×${4 << (row - 1)}`);

  /** @param {string[]} mixed @param {number[]} rows */
  const become = async (mixed, rows) => {
    store.set({ mixed, rows });
    if (mixed.length === 0) return;
    const made = await generator.make("mix", { codes: mixed, rows });
    if (made) room.pick(made.code, false);
  };
  const act = (/** @type {string[]} */ mixed, /** @type {number[]} */ rows) => { become(mixed, rows).catch(room.fail); };
  const add = () => {
    const { mixed, rows, picked } = store.state;
    if (mixed.includes(picked)) return room.say("That picture is in the mix already: pick another one.");
    // The second gives the later levels at once, so that there is something to see.
    const half = names.map((_, row) => (2 * row > levels ? 1 : 0));
    if (mixed.length === 0) store.set({ mixed: [picked], rows: names.map(() => 0) });
    else act([...mixed, picked], mixed.length === 1 ? half : rows);
  };
  const drop = (/** @type {number} */ at) => {
    const { mixed, rows } = store.state;
    act(mixed.filter((_, i) => i !== at), rows.map(row => (row === at ? 0 : row > at ? row - 1 : row)));
  };
  const line = (/** @type {string} */ name, /** @type {number} */ row) => make("tr", {}, make("td", {}, name),
    ...store.state.mixed.map((_, i) => {
      const radio = make("input", { type: "radio", name: `row${row}`, checked: store.state.rows[row] === i, "aria-label": `${name} from picture ${i + 1}` });
      radio.addEventListener("change", () => act(store.state.mixed, store.state.rows.map((old, r) => (r === row ? i : old))));
      return make("td", {}, radio);
    }));
  const show = () => {
    const { mixed } = store.state;
    const chips = mixed.map((_, i) => make("button", { type: "button", className: "chip", title: "Take it out",
      "aria-label": `Take picture ${i + 1} out of the mix`, onclick: () => drop(i) }, make("img", { alt: "" })));
    generator.these(mixed).then(pictures => chips.forEach((c, i) => (/** @type {HTMLImageElement} */ (c.firstElementChild).src = pictures[i])), room.fail);
    redraw(panel,
      make("p", { className: "dim small" }, mixed.length < 2 ? "Pick a picture and add it, pick another one and add that."
        : levels ? "Choose which picture gives each level." : "This generator has no levels: go from the first to the second."),
      ...(mixed.length ? [make("div", { className: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, make("td"), ...chips.map(c => make("td", {}, c)))),
        make("tbody", {}, ...(mixed.length > 1 && levels ? names.map(line) : []))))] : []),
      ...(mixed.length === 2 ? [range("First to second", { min: 0, max: 1, step: 0.02, value: 0, text: v => `${Math.round(v * 100)} %` },
        { begin: () => store.mark(), change: way => generator.make("mix", { codes: mixed, way }).then(made => made && room.pick(made.code, false)).catch(room.fail) })] : []),
      make("div", { className: "buttons" }, button("Add the picked one", add, { disabled: mixed.length >= Most, className: mixed.length < 2 ? "main" : "" }),
        ...(mixed.length ? [button("Clear", () => store.set({ mixed: [], rows: [] }))] : [])));
  };
  store.listen((state, before) => {
    if (state.mixed === before.mixed && state.rows === before.rows) return;
    show();
  });
  show();
  return panel;
}
