// Tabs as WAI-ARIA describes them: arrows go from one to the next.
import { button, byId, make } from "./dom.js";

/**
 * @param {[string, HTMLElement][]} tabs name and content of each
 * @param {HTMLElement} [list] where the tabs go @param {HTMLElement} [tools] where their contents go
 */
export function makeTabs(tabs, list = byId("tabs"), tools = byId("tools")) {
  // Where the window is narrow, a closed tool leaves room for the pictures: the open one closes by its own tab.
  const isNarrow = matchMedia("(max-width: 899px)");
  const buttons = tabs.map(([name], i) => button(name, () => choose(isNarrow.matches && !panels[i].hidden ? -1 : i), { role: "tab", id: `tab${i}`, "aria-controls": `panel${i}` }));
  const panels = tabs.map(([, content], i) => make("div", { role: "tabpanel", id: `panel${i}`, "aria-labelledby": `tab${i}` }, content));
  const choose = (/** @type {number} */ chosen) => {
    buttons.forEach((b, i) => {
      b.setAttribute("aria-selected", String(i === chosen));
      b.tabIndex = i === Math.max(chosen, 0) ? 0 : -1;
      panels[i].hidden = i !== chosen;
    });
  };
  list.addEventListener("keydown", event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key], at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!by || at < 0) return;
    const next = (at + by + buttons.length) % buttons.length;
    choose(next);
    buttons[next].focus();
  });
  list.append(...buttons);
  tools.append(...panels);
  choose(isNarrow.matches ? -1 : 0);
}
