// A new training: its settings, and what would be chosen and why, before it starts.
import { make } from "../../page/dom.js";
import { get, post } from "../api.js";
import { ask, field, lengthField, optionFields } from "./ask.js";

/** @typedef {import("./ask.js").Choices} Choices */

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
  const size = make("select", { onchange: () => plan() }, ...choices.packs.map(pack => make("option", { value: String(pack.size) }, `${pack.size} pixels${pack.aspect ? `, ${pack.aspect}` : ""}, ${pack.pictures} pictures`)));
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
