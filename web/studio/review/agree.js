// Many verdicts at once, only after a list of what they do.
import { make } from "../../page/dom.js";
import { confirmMany } from "./confirm.js";
import { areAlternates } from "./queue.js";

/** @param {import("./queue.js").Queue} queue @param {(text: string) => void} say @param {(error: unknown) => void} fail */
export function agree(queue, say, fail) {
  const open = queue.open, kinds = new Map();
  for (const question of open) {
    const effect = question.kind !== "pair" ? "kept, as they are" : `${areAlternates(question) ? "kept as alternates" : "dropped as copies"} (${question.found})`;
    kinds.set(effect, (kinds.get(effect) ?? 0) + 1);
  }
  const words = open.map(q => ({ id: q.id, word: q.kind !== "pair" ? "keep" : areAlternates(q) ? "alternate" : "drop", keeper: q.keeper }));
  confirmMany(`Agree with Smirk about ${open.length}?`, [
    make("p", {}, "Nobody is asked about these again. One undo takes all of it back."),
    make("ul", {}, ...[...kinds].map(([effect, count]) => make("li", {}, `${count} ${count === 1 ? "picture is" : "pictures are"} ${effect}`))),
  ], open.map(q => ({ src: `/api/pictures/${q.id}/thumb`, alt: q.found })), "Agree",
  () => queue.answerMany(words).then(() => say(`${words.length} answered.`)).catch(fail));
}
