// Many verdicts at once, only after a list of what they do.
import { button, byId, make } from "../../page/dom.js";

// So many are shown; the rest is counted.
const MostShown = 60;

/** @param {import("./queue.js").Question} question whether both pictures stay as Smirk sees it */
const areAlternates = question => question.found === "alternate" || question.found === "still";

/** @param {import("./queue.js").Queue} queue @param {(text: string) => void} say @param {(error: unknown) => void} fail */
export function agree(queue, say, fail) {
  const open = queue.open, kinds = new Map();
  for (const question of open) {
    const effect = question.kind !== "pair" ? "kept, as they are" : `${areAlternates(question) ? "kept as alternates" : "dropped as copies"} (${question.found})`;
    kinds.set(effect, (kinds.get(effect) ?? 0) + 1);
  }
  const words = open.map(q => ({ id: q.id, word: q.kind !== "pair" ? "keep" : areAlternates(q) ? "alternate" : "drop", keeper: q.keeper }));
  const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
  dialog.replaceChildren(make("h2", {}, `Agree with Smirk about ${open.length}?`),
    make("p", {}, "Nobody is asked about these again. One undo takes all of it back."),
    make("ul", {}, ...[...kinds].map(([effect, count]) => make("li", {}, `${count} ${count === 1 ? "picture is" : "pictures are"} ${effect}`))),
    make("div", { className: "list" }, ...open.slice(0, MostShown).map(q => make("img", { src: `/api/pictures/${q.id}/thumb`, alt: q.found, height: 64 }))),
    ...(open.length > MostShown ? [make("p", { className: "dim" }, `and ${open.length - MostShown} more`)] : []),
    make("div", { className: "buttons" }, button("Cancel", () => dialog.close()), button("Agree", () => {
      dialog.close();
      queue.answerMany(words).then(() => say(`${words.length} answered.`)).catch(fail);
    }, { className: "main" })));
  dialog.showModal();
}
