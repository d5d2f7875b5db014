// Above the tiles: what they show.
import { button, choice, make } from "../../page/dom.js";
import { nameOfKey, keyOf, showKeys } from "../keys.js";
import { range } from "./range.js";
import { redraw } from "./redraw.js";

/** @typedef {import("./room.js").Explorer} Explorer */

/** @param {Explorer} room @param {import("../keys.js").Command[]} commands @param {() => void} sort */
export function makeBar(room, commands, sort) {
  const { store, generator } = room, bar = make("div", { className: "bar" });
  const command = (/** @type {string} */ id, /** @type {string} */ label, more = {}) => {
    const found = /** @type {import("../keys.js").Command} */ (commands.find(c => c.id === id));
    return button(label, found.run, { title: `${found.label} (${nameOfKey(keyOf(found))})`, ...more });
  };
  const classes = () => {
    const select = make("select", { "aria-label": "Class" }, make("option", { value: "-1" }, "All classes"),
      ...generator.facts.classes.map((name, i) => make("option", { value: String(i) }, name)));
    select.value = String(store.state.chosen);
    select.addEventListener("change", () => store.set({ chosen: Number(select.value) }));
    return select;
  };
  const show = () => {
    const { source, creativity } = store.state;
    redraw(bar,
      choice("What the tiles show", [["new", "New"], ["like", "Like it"], ["favourites", "Favourites"]], source,
        value => store.set({ source: /** @type {any} */ (value) })),
      ...(source === "favourites" ? [] : [command("others", "Others")]),
      ...(source === "new" ? [range("Variety", { min: 0.2, max: 1.2, step: 0.05, value: creativity, text: v => `${Math.round(v * 100)} %` },
        { end: value => store.set({ creativity: value }) }), ...(generator.facts.classes.length ? [classes()] : [])] : []),
      button("Sort by realness", sort, { "aria-pressed": room.isSorted, title: "Asks the discriminator about each, and puts the most real first" }),
      make("div", { className: "buttons end" }, command("undo", "↶", { "aria-label": "Undo", disabled: store.past.length === 0 }),
        command("redo", "↷", { "aria-label": "Redo", disabled: store.future.length === 0 }), button("?", () => showKeys(commands, room.say), { "aria-label": "Keys", title: "All keys" })));
  };
  store.listen(show);
  show();
  return { element: bar, show };
}
