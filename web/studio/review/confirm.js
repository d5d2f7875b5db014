// Asks before many pictures get a word, with a list of them.
import { button, byId, make } from "../../page/dom.js";

// So many are shown; the rest is counted.
const MostShown = 60, Height = 64;

/**
 * @param {string} title @param {HTMLElement[]} words what it does @param {{ src: string, alt: string }[]} pictures
 * @param {string} label of the button that does it @param {() => unknown} act
 */
export function confirmMany(title, words, pictures, label, act) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
  dialog.replaceChildren(make("h2", {}, title), ...words,
    make("div", { className: "list" }, ...pictures.slice(0, MostShown).map(picture => make("img", { ...picture, height: Height }))),
    ...(pictures.length > MostShown ? [make("p", { className: "dim" }, `and ${pictures.length - MostShown} more`)] : []),
    make("div", { className: "buttons" }, button("Cancel", () => dialog.close()), button(label, () => {
      dialog.close();
      act();
    }, { className: "main" })));
  dialog.showModal();
}
