// The runs of the workspace, the newest first.
import { button, make } from "../../page/dom.js";
import { kimgs, nameOf, number, roughly, stateOf } from "./words.js";

/**
 * @typedef {import("./model.js").Row} Row
 * @typedef {object} RunList
 * @property {HTMLElement} element @property {(rows: Row[], shown: number[], ticked: Set<number>) => void} show
 */

/** @param {Row} row what there is to say of it in one line */
function facts(row) {
  const parts = [row.size ? `${row.size} px${row.aspect ? `, ${row.aspect}` : ""}` : "", row.recipe, kimgs(row.kimg)];
  if (row.state === "training" && row.secondsLeft !== null) parts.push(`${roughly(row.secondsLeft)} left`);
  else if (row.bestDistance !== null) parts.push(`Fréchet ${number(row.bestDistance)}`);
  return parts.filter(Boolean).join(" · ");
}

/**
 * @param {{ pick: (number: number) => void, compare: (number: number, on: boolean) => void, start: () => void }} acts
 * @returns {RunList}
 */
export function runList(acts) {
  const items = make("ul", { className: "runs-list" });
  const hint = make("p", { className: "dim small" });
  const element = make("aside", { className: "side", "aria-label": "Runs" },
    make("div", { className: "buttons" }, button("Train…", acts.start, { className: "main" })), items, hint);
  /** @type {Map<number, { item: HTMLElement, link: HTMLAnchorElement, name: HTMLElement, state: HTMLElement, facts: HTMLElement, bar: HTMLProgressElement, tick: HTMLInputElement }>} */
  const known = new Map();

  /** @param {Row} row */
  function made(row) {
    const [name, state, about] = [make("span", { className: "name" }), make("span"), make("span", { className: "dim small" })];
    const bar = make("progress", { max: 1 });
    const link = make("a", { href: `#runs/${row.number}`, onclick: (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      acts.pick(row.number);
    } }, make("span", { className: "line" }, name, state), about, bar);
    const tick = make("input", { type: "checkbox", onchange: () => acts.compare(row.number, tick.checked) });
    const item = make("li", {}, link, make("label", { className: "dim small", title: "Compare with others" }, tick, make("span", { className: "unseen" }, `compare ${row.folder}`)));
    return { item, link, name, state, facts: about, bar, tick };
  }

  return {
    element,
    show(rows, shown, ticked) {
      for (const number of [...known.keys()].filter(n => !rows.some(row => row.number === n))) known.delete(number);
      const wanted = rows.map(row => {
        const parts = known.get(row.number) ?? made(row);
        known.set(row.number, parts);
        parts.name.textContent = nameOf(row);
        parts.state.textContent = stateOf(row);
        parts.state.className = `state ${row.trouble && row.state !== "training" ? "failed" : row.state}`;
        parts.facts.textContent = facts(row);
        parts.bar.hidden = row.state !== "training";
        parts.bar.value = row.progress;
        parts.bar.setAttribute("aria-label", `Progress of run ${row.folder}`);
        parts.tick.checked = ticked.has(row.number);
        if (shown.includes(row.number)) parts.link.setAttribute("aria-current", "true");
        else parts.link.removeAttribute("aria-current");
        return parts.item;
      });
      // What has the focus stays where it is.
      if (wanted.length !== items.children.length || wanted.some((item, i) => items.children[i] !== item)) items.replaceChildren(...wanted);
      hint.textContent = ticked.size === 1 ? "Tick another run to compare the two." : rows.length > 1 && !ticked.size ? "Tick runs to compare them." : "";
    },
  };
}
