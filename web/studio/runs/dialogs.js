// What is asked before something is done with a run.
import { button, byId, make } from "../../page/dom.js";
import { get, post } from "../api.js";
import { budget, bytes, nameOf, number } from "./words.js";

/**
 * @typedef {import("./model.js").Row} Row
 * @typedef {{ name: string, help: string, expects: string, isFlag: boolean, onResume: boolean, recipes: string[] }} Option
 * @typedef {{ packs: { size: number, pictures: number }[], options: Option[] }} Choices
 */

const dialog = () => /** @type {HTMLDialogElement} */ (byId("dialog"));

/**
 * Shows a dialog whose main button does something that may fail: then it says so and stays.
 * @param {string} title @param {(Node | string)[]} content @param {string} label of the main button
 * @param {() => Promise<unknown>} act @param {{ busy?: string, danger?: boolean, ready?: () => boolean }} [more]
 */
function ask(title, content, label, act, more = {}) {
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
const field = (label, input, help) => make("label", { className: "row" }, make("span", {}, label), input, help ? make("span", { className: "dim small" }, help) : "");

/**
 * Inputs for options of training.
 * @param {Option[]} options @param {() => void} changed
 * @returns {{ element: HTMLElement, values: () => Record<string, string> }}
 */
function optionFields(options, changed) {
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
function lengthField(time, kimg, changed) {
  const value = make("input", { type: "text", value: kimg || time, size: 8, oninput: changed, "aria-label": "Length" });
  const unit = make("select", { onchange: changed, "aria-label": "Unit of the length" }, make("option", { value: "budget" }, "of time, such as 20m or 1h30m"),
    make("option", { value: "kimg" }, "thousand pictures"));
  unit.value = kimg ? "kimg" : "budget";
  return { element: make("span", { className: "buttons" }, value, unit), value: () => ({ [unit.value]: value.value.trim() }), given: () => value.value.trim() !== "" };
}

/**
 * A new training, with what would be chosen for it and why.
 * @param {(number: number | null) => void} started
 */
export async function startDialog(started) {
  /** @type {Choices} */
  const choices = await get("/api/runs/choices");
  if (!choices.packs.length) {
    ask("Train", [make("p", {}, "This workspace has no pack to train on yet. Make one first:"), make("pre", {}, "smirk crop -w WORKSPACE\nsmirk pack -w WORKSPACE"),
      make("p", { className: "dim" }, "or let smirk make do it all.")], "Close", async () => {});
    return;
  }
  const name = make("input", { type: "text", maxLength: 80, placeholder: "what to call it", className: "wide" });
  const size = make("select", { onchange: () => plan() }, ...choices.packs.map(pack => make("option", { value: String(pack.size) }, `${pack.size} pixels, ${pack.pictures} pictures`)));
  size.value = String(choices.packs.at(-1)?.size);
  const length = lengthField("30m", "", () => plan());
  const options = optionFields(choices.options.filter(o => o.name !== "budget" && o.name !== "kimg"), () => plan());
  const [reasons, said] = [make("tbody"), make("p", { className: "dim", role: "status" })];
  const order = () => ({ size: Number(size.value), name: name.value.trim(), options: { ...options.values(), ...length.value() } });

  let wanted = 0;
  /** @type {AbortController | undefined} */
  let asking;
  // Each plan is a run of the program: only the last that was typed is asked for.
  async function plan() {
    const mine = ++wanted;
    said.className = "dim";
    said.textContent = "Working out what would be chosen…";
    await new Promise(resolve => setTimeout(resolve, 500));
    if (mine !== wanted || !reasons.isConnected) return;
    asking?.abort();
    asking = new AbortController();
    try {
      /** @type {{ choices: import("./model.js").Setting[] }} */
      const { choices } = await post("/api/runs/plan", order(), asking.signal);
      if (mine !== wanted) return;
      reasons.replaceChildren(...choices.map(c => make("tr", {}, make("th", {}, c.name), make("td", {}, c.value), make("td", { className: "dim" }, c.why))));
      said.textContent = "";
    } catch (error) {
      if (mine !== wanted || (error instanceof DOMException && error.name === "AbortError")) return;
      said.className = "bad";
      said.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  ask("Train", [
    field("Name", name), field("Pack", size), field("Length", length.element),
    make("details", {}, make("summary", {}, "Options of the recipe"), options.element),
    make("details", { open: true }, make("summary", {}, "What would be chosen, and why"), said, make("div", { className: "wide-table reasons" }, make("table", {}, reasons))),
  ], "Train", async () => started((await post("/api/runs/start", order())).number), { busy: "Starting…", ready: length.given });
  plan();
}

/** @param {Row} row @param {() => void} started */
export async function longerDialog(row, started) {
  /** @type {Choices} */
  const choices = await get("/api/runs/choices");
  const length = lengthField(row.budgetSeconds === null ? "" : budget(row.budgetSeconds), row.lengthKimg === null ? "" : String(row.lengthKimg), () => {});
  const options = optionFields(choices.options.filter(o => o.onResume && o.name !== "budget" && o.name !== "kimg"), () => {});
  const done = row.state === "done";
  ask(`${done ? "Train longer" : "Resume"}: run ${nameOf(row)}`, [
    make("p", { className: "dim" }, `It trained for ${budget(Math.round(row.seconds))}, ${number(row.kimg)} thousand pictures. The length is that of the whole run; its schedule adapts to it.`),
    field("Length", length.element), make("details", {}, make("summary", {}, "Other settings from here on"), options.element),
  ], done ? "Train longer" : "Resume", async () => {
    await post("/api/runs/start", { resume: row.number, options: { ...options.values(), ...length.value() } });
    started();
  }, { busy: "Starting…", ready: length.given });
}

/** @param {Row} row @param {() => void} changed */
export function noteDialog(row, changed) {
  const name = make("input", { type: "text", value: row.name, maxLength: 80, className: "wide" });
  const notes = make("textarea", { value: row.notes, rows: 6, maxLength: 10000, className: "wide" });
  ask(`Run ${row.folder}`, [field("Name", name), field("Notes", notes)], "Keep", async () => {
    await post(`/api/runs/${row.number}/note`, { name: name.value, notes: notes.value });
    changed();
  });
}

/** @param {Row} row @param {() => void} deleted */
export async function deleteDialog(row, deleted) {
  /** @type {{ folder: string, lines: string[], bytes: number }} */
  const contents = await get(`/api/runs/${row.number}/contents`);
  const typed = make("input", { type: "text", autocomplete: "off", size: 6 });
  ask(`Delete run ${nameOf(row)}?`, [
    make("p", {}, `This deletes the run's folder, ${bytes(contents.bytes)}, and can't be undone:`), make("ul", {}, ...contents.lines.map(line => make("li", {}, line))),
    make("p", { className: "dim" }, "Pictures, decisions and packs stay."), field(`To confirm, type ${row.folder}`, typed),
  ], "Delete", async () => {
    await post(`/api/runs/${row.number}/delete`, { folder: typed.value.trim() });
    deleted();
  }, { danger: true, ready: () => typed.value.trim() === row.folder });
}
