// What the tiles show: new pictures, some like the picked one, or favourites.
import { button, byId, choice, make, slider } from "./dom.js";
import { freshSeed } from "./random.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function makeBar(app) {
  const bar = byId("bar");
  const show = () => {
    const { store, facts } = app, { source, kind, strength, creativity, chosen, favourites } = store.state;
    const again = button("Shuffle", () => store.set({ seed: freshSeed() }), { title: "Other pictures" });
    /** @type {HTMLElement[]} */
    const parts = [choice("Pictures to show", [["new", "New"], ["like", "Like this"], ["favourites", `♥ ${favourites.length}`]], source,
      value => store.set({ source: /** @type {any} */ (value) }))];
    if (source === "new") {
      parts.push(again, slider("Creativity", { min: 0.3, max: 1.3, step: 0.05, value: creativity }, later(value => store.set({ creativity: value }))));
      if (facts.classes.length > 0) parts.push(classes(app, chosen));
    } else if (source === "like") {
      const kinds = facts.levels > 1 ? [["colour", "Colour"], ["details", "Details"], ["shape", "Pose and shape"], ["all", "All"]] : [["all", "All"]];
      parts.push(choice("What varies", /** @type {[string, string][]} */ (kinds), facts.levels > 1 ? kind : "all",
        value => store.set({ kind: /** @type {any} */ (value) })),
      slider("Strength", { min: 0.05, max: 1, step: 0.05, value: strength }, later(value => store.set({ strength: value }))), again);
    }
    const focused = nameOf(document.activeElement);
    bar.replaceChildren(...parts);
    // What was pressed was made anew: it keeps the focus.
    if (focused) [.../** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll("button, input, select"))].find(e => nameOf(e) === focused)?.focus();
  };
  const nameOf = (/** @type {Element | null} */ e) => (e && bar.contains(e) ? e.textContent || e.parentElement?.textContent : "");
  app.store.listen((state, before) => {
    const names = /** @type {const} */ (["source", "kind", "chosen", "favourites"]);
    if (names.some(name => state[name] !== before[name]) || !bar.contains(document.activeElement)) show();
  });
  show();
}

// A slider's every step would make all tiles anew: it waits until the hand rests.
function later(/** @type {(value: number) => void} */ change) {
  let timer = 0;
  return (/** @type {number} */ value) => {
    clearTimeout(timer);
    timer = setTimeout(() => change(value), 150);
  };
}

/** @param {App} app @param {number} chosen */
function classes(app, chosen) {
  const options = ["any", ...app.facts.classes].map((name, i) => make("option", { value: String(i - 1), textContent: name, selected: i - 1 === chosen }));
  const select = make("select", { onchange: () => app.store.set({ chosen: Number(select.value) }) }, ...options);
  return make("label", { className: "field" }, "Class", select);
}
