// Keys: one table a room, shown by ?, changed by the person, kept in the workspace.
import { button, make } from "../page/dom.js";
import { get, post } from "./api.js";

/**
 * @typedef {object} Command something that a key does
 * @property {string} id its name where keys are kept @property {string} label what it does, for the person
 * @property {string} key as KeyboardEvent.key has it, lower case @property {() => void} run
 * @property {boolean} [whileZoomed] whether it works while a picture is zoomed
 */

/** @type {Record<string, string>} what the person changed: command → key */
let changed = {};

/** Reads what the person changed, once. */
export async function loadKeys() {
  changed = await get("/api/keys");
}

const names = /** @type {Record<string, string>} */ ({ " ": "Space", arrowleft: "←", arrowright: "→", arrowup: "↑", arrowdown: "↓",
  escape: "Esc", delete: "Del", enter: "Enter" });

/** @param {string} key */
export const nameOfKey = key => names[key] ?? (key.length === 1 ? key.toUpperCase() : key[0].toUpperCase() + key.slice(1));

/** @param {Command} command */
export const keyOf = command => changed[command.id] ?? command.key;

/** @param {KeyboardEvent} event the key's name; letters with shift are keys of their own */
const pressed = event => (event.shiftKey && /^\p{L}$/u.test(event.key) ? "shift+" : "") + event.key.toLowerCase();

// A key never acts while somebody types, chooses or answers a question.
function isTyping() {
  const at = document.activeElement;
  if (document.querySelector("dialog[open]")) return true;
  if (!(at instanceof HTMLElement)) return false;
  return at.isContentEditable || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
    || (at instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(at.type));
}

/**
 * Lets commands act by key until it is called off.
 * @param {() => Command[]} commands those that there are at the moment @param {() => boolean} [isZoomed]
 * @returns {() => void}
 */
export function listen(commands, isZoomed = () => false) {
  const act = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping()) return;
    // Space and Enter on a button press that button.
    const at = document.activeElement;
    if ((event.key === " " || event.key === "Enter") && (at instanceof HTMLButtonElement || at instanceof HTMLAnchorElement)) return;
    const command = commands().find(c => keyOf(c) === pressed(event));
    if (!command || (isZoomed() && !command.whileZoomed)) return;
    event.preventDefault();
    if (!event.repeat || command.key.startsWith("arrow")) command.run();
  };
  document.addEventListener("keydown", act);
  return () => document.removeEventListener("keydown", act);
}

/**
 * Shows all keys, and lets the person change them.
 * @param {Command[]} commands @param {(text: string) => void} say
 */
export function showKeys(commands, say) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("dialog"));
  const rows = commands.map(command => {
    const key = button(nameOfKey(keyOf(command)), () => {
      key.textContent = "press a key…";
      key.addEventListener("keydown", event => {
        event.preventDefault();
        event.stopPropagation();
        const taken = commands.find(c => c !== command && keyOf(c) === pressed(event));
        if (event.key !== "Escape" && !taken) changed = { ...changed, [command.id]: pressed(event) };
        if (taken) say(`${nameOfKey(pressed(event))} is taken: ${taken.label}.`);
        key.textContent = nameOfKey(keyOf(command));
        post("/api/keys", changed).catch(error => say(error.message));
      }, { once: true });
    }, { className: "key", "aria-label": `Key for: ${command.label}` });
    return make("tr", {}, make("td", {}, key), make("td", {}, command.label));
  });
  dialog.replaceChildren(
    make("h2", {}, "Keys"), make("p", { className: "dim" }, "Click a key to change it. Keys do nothing while you type or a picture is zoomed."),
    make("table", {}, make("tbody", {}, ...rows)),
    make("div", { className: "buttons" },
      button("Usual keys", () => { changed = {}; post("/api/keys", changed).catch(error => say(error.message)); dialog.close(); showKeys(commands, say); }),
      button("Close", () => dialog.close(), { className: "main" })));
  dialog.showModal();
}
