// What is asked before something is done with a run.
import { make } from "../../page/dom.js";
import { get, post } from "../api.js";
import { bytes } from "../bytes.js";
import { ask, field, lengthField, optionFields } from "./ask.js";
import { budget, nameOf, number } from "./words.js";

/**
 * @typedef {import("./model.js").Row} Row
 * @typedef {import("./ask.js").Choices} Choices
 */

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
