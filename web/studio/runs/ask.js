// Dialogs that ask for settings of a training.
import { button, byId, make } from "../../page/dom.js";

/**
 * @typedef {{ name: string, help: string, expects: string, isFlag: boolean, onResume: boolean, recipes: string[] }} Option
 * @typedef {{ packs: { size: number, aspect: string | null, pictures: number }[], options: Option[] }} Choices
 */

const dialog = () => /** @type {HTMLDialogElement} */ (byId("dialog"));

/**
 * Shows a dialog whose main button does something that may fail: then it says so and stays.
 * @param {string} title @param {(Node | string)[]} content @param {string} label of the main button
 * @param {() => Promise<unknown>} act @param {{ busy?: string, danger?: boolean, ready?: () => boolean }} [more]
 */
export function ask(title, content, label, act, more = {}) {
  const trouble = make("p", { className: "bad", role: "alert", hidden: true });
  const main = button(label, run, { className: more.danger ? "danger" : "main" });
  const check = () => { main.disabled = !(more.ready?.() ?? true); };
  async function run() {
    main.disabled = true;
    main.textContent = more.busy ?? label;
    trouble.hidden = true;
    try {
      await act();
      dialog().close();
    } catch (error) {
      trouble.textContent = error instanceof Error ? error.message : String(error);
      trouble.hidden = false;
    }
    main.textContent = label;
    check();
  }
  const body = make("div", { oninput: check, onkeydown: (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && !main.disabled) run();
  } }, ...content);
  dialog().replaceChildren(make("h2", {}, title), body, trouble, make("div", { className: "buttons" }, button("Cancel", () => dialog().close()), main));
  dialog().setAttribute("aria-label", title);
  check();
  dialog().showModal();
}

/** @param {string} label @param {HTMLElement} input @param {string} [help] */
export const field = (label, input, help) => make("label", { className: "row" }, make("span", {}, label), input, help ? make("span", { className: "dim small" }, help) : "");

/**
 * Inputs for options of training.
 * @param {Option[]} options @param {() => void} changed
 * @returns {{ element: HTMLElement, values: () => Record<string, string> }}
 */
export function optionFields(options, changed) {
  const inputs = options.map(option => {
    const input = option.isFlag ? make("input", { type: "checkbox", onchange: changed })
      : make("input", { type: "text", placeholder: option.expects.includes("|") ? option.expects : "the recipe's", oninput: changed });
    input.name = option.name;
    return { option, input };
  });
  return {
    element: make("div", { className: "options" }, ...inputs.map(({ option, input }) =>
      field(option.name, input, (option.recipes.length === 1 ? `${option.recipes[0]}: ` : "") + option.help))),
    values: () => Object.fromEntries(inputs.map(({ option, input }) =>
      [option.name, option.isFlag ? (input.checked ? "true" : "") : input.value.trim()]).filter(([, value]) => value)),
  };
}

/** How long a training is: a time or thousands of pictures. @param {string} time @param {string} kimg @param {() => void} changed */
export function lengthField(time, kimg, changed) {
  const value = make("input", { type: "text", value: kimg || time, size: 8, oninput: changed, "aria-label": "Length" });
  const unit = make("select", { onchange: changed, "aria-label": "Unit of the length" }, make("option", { value: "budget" }, "of time, such as 20m or 1h30m"),
    make("option", { value: "kimg" }, "thousand pictures"));
  unit.value = kimg ? "kimg" : "budget";
  return { element: make("span", { className: "buttons" }, value, unit), value: () => ({ [unit.value]: value.value.trim() }), given: () => value.value.trim() !== "" };
}
