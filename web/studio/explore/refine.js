// Pictures like the picked one: what may change, and how much.
import { button, choice, make } from "../../page/dom.js";
import { range } from "./range.js";
import { redraw } from "./redraw.js";

/** @typedef {import("./room.js").Explorer} Explorer */

/** @type {[string, string][]} */
const parts = [["shape", "Pose"], ["details", "Details"], ["colour", "Colour"], ["all", "All"]];

/** @param {Explorer} room */
export function makeRefine(room) {
  const { store, generator } = room, panel = make("div");
  const show = () => {
    const { kind, strength } = store.state;
    redraw(panel,
      make("p", { className: "dim small" }, "The tiles become pictures like the picked one. Pick the best, and ask for pictures like that one."),
      choice("What may change", generator.facts.levels ? parts : parts.filter(([id]) => id === "all"), kind,
        value => store.set({ kind: /** @type {any} */ (value), source: "like", seed: room.freshSeed() })),
      range("How much", { min: 0.05, max: 1, step: 0.05, value: strength, text: v => `${Math.round(v * 100)} %` },
        { end: value => store.set({ strength: value, source: "like" }) }),
      make("div", { className: "buttons" }, button("Pictures like it", () => store.set({ source: "like", seed: room.freshSeed() }), { className: "main" })));
  };
  store.listen((state, before) => (state.kind !== before.kind || state.strength !== before.strength) && show());
  show();
  return panel;
}
