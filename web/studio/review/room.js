// The review room: a person decides about what Smirk isn't sure of, by keyboard, most doubtful first.
import { button, byId, make } from "../../page/dom.js";
import { get } from "../api.js";
import { keyOf, listen, nameOfKey, showKeys } from "../keys.js";
import { CropGrid } from "./crops.js";
import { fetchPair, PairView } from "./pair.js";
import { Queue } from "./queue.js";
import { SingleView } from "./single.js";

/**
 * @typedef {import("../keys.js").Command} Command
 * @typedef {import("./queue.js").Question} Question
 * @typedef {import("./queue.js").Filter} Filter
 */

/** @type {[Filter | "grid", string][]} */
const tabs = [["all", "Everything"], ["pair", "Duplicates"], ["crop", "Crops"], ["damage", "Damaged"], ["grid", "All crops"]];
const Ahead = 2;

/** @type {import("../studio.js").Room} */
export async function reviewRoom({ place, at, say, fail }) {
  const queue = new Queue(await get("/api/review/questions"), () => show(), fail);
  /** @type {PairView | SingleView | null} */
  let view = null;
  /** @type {CropGrid | null} */
  let grid = null;
  const bar = make("div", { className: "bar" }), stage = make("div", { className: "stage" }), keys = make("div", { className: "verdicts" });
  place.append(bar, stage, keys);

  const pair = () => (view instanceof PairView ? view : null), single = () => (view instanceof SingleView ? view : null);
  const id = () => queue.now?.id ?? 0;

  /** @param {string} word @param {string} label @param {string} key @param {() => void} run @returns {Command} */
  const verdict = (word, label, key, run) => ({ id: word, label, key, run });
  /** @returns {Command[]} */
  const verdicts = () => pair() ? [
    verdict("keep", pair()?.viewer.showsMember ? "Keep this copy instead" : "Keep this, drop the copy", "k", () => decide("seen", "keep")),
    verdict("drop", pair()?.viewer.showsMember ? "Drop this copy" : "Drop this, keep the copy", "d", () => decide("seen", "drop")),
    verdict("alternate", "Alternates: both stay", "a", () => queue.answer([{ id: id(), word: "alternate" }], "alternate")),
    verdict("apart", "Not duplicates: both stay", "n", () => queue.answer([{ id: id(), word: "not-duplicate" }], "not-duplicate")),
    verdict("both", "Drop both", "b", () => decide("both", "drop")),
  ] : single() ? [
    verdict("keep", "Keep it", "k", keepSingle),
    verdict("drop", "Drop it", "d", () => queue.answer([{ id: id(), word: "drop" }], "drop")),
  ] : [];
  /** @type {Command[]} */
  const moves = [
    { id: "flip", label: "Flip between the two", key: " ", run: () => pair()?.viewer.flip(), whileZoomed: true },
    { id: "next", label: "Next question", key: "arrowright", run: () => arrow(1, 0) },
    { id: "previous", label: "Previous question", key: "arrowleft", run: () => arrow(-1, 0) },
    { id: "up", label: "Move a chosen box up", key: "arrowup", run: () => arrow(0, -1) },
    { id: "down", label: "Move a chosen box down", key: "arrowdown", run: () => arrow(0, 1) },
    { id: "undo", label: "Undo", key: "z", run: () => queue.undo() },
    { id: "redo", label: "Redo", key: "shift+z", run: () => queue.redo() },
    { id: "side", label: "Side by side, and back", key: "s", run: () => pair()?.viewer.look(pair()?.viewer.mode === "side" ? "flip" : "side"), whileZoomed: true },
    { id: "split", label: "Split line, and back", key: "l", run: () => pair()?.viewer.look(pair()?.viewer.mode === "split" ? "flip" : "split"), whileZoomed: true },
    { id: "difference", label: "Difference, and back", key: "x", run: () => pair()?.viewer.look(pair()?.viewer.mode === "difference" ? "flip" : "difference"), whileZoomed: true },
    { id: "in", label: "Zoom in", key: "+", run: () => pair()?.viewer.zoomBy(1), whileZoomed: true },
    { id: "out", label: "Zoom out", key: "-", run: () => pair()?.viewer.zoomBy(-1), whileZoomed: true },
    { id: "fit", label: "Fit; let a box go", key: "escape", run: () => { pair()?.viewer.fit(); single()?.editor?.choose(-1); }, whileZoomed: true },
    { id: "turn-left", label: "Turn a chosen box left", key: "[", run: () => single()?.editor?.turn(-1) },
    { id: "turn-right", label: "Turn a chosen box right", key: "]", run: () => single()?.editor?.turn(1) },
    { id: "remove", label: "Remove a chosen box", key: "delete", run: () => single()?.editor?.remove() },
    { id: "help", label: "All keys", key: "?", run: () => showKeys(all(), say), whileZoomed: true },
  ];
  const all = () => [...verdicts(), ...moves];

  /** @param {"seen" | "both"} which @param {"keep" | "drop"} word */
  function decide(which, word) {
    const sides = pair()?.sides, question = queue.now;
    if (!sides || !question) return;
    const other = which === "both" ? "drop" : word === "keep" ? "drop" : "keep";
    // The copy's word decides the question; the keeper is only named where it is not to stay, or was doubted.
    const words = [{ id: sides.seen, word, keeper: sides.other }, { id: sides.other, word: other, keeper: sides.seen }];
    queue.answer(words, question.id === sides.seen ? word : other);
  }

  function keepSingle() {
    const editor = single()?.editor;
    if (editor?.isEdited && editor.boxes.length === 0) return say("There is no box left: draw one, or drop the picture.");
    queue.answer([{ id: id(), word: "keep", boxes: editor?.isEdited ? editor.words : null }], "keep");
  }

  /** @param {number} dx @param {number} dy */
  function arrow(dx, dy) {
    if (!single()?.editor?.nudge(dx, dy, isShift) && dx) queue.step(dx);
  }

  let isShift = false;
  const shift = (/** @type {KeyboardEvent} */ event) => { isShift = event.shiftKey; };
  document.addEventListener("keydown", shift, true);
  const stop = listen(all, () => pair()?.viewer.isZoomed ?? false);

  /** @param {string} tab */
  const go = tab => { location.hash = `review/${tab}`; };

  function drawBar() {
    const left = queue.open, doubtful = left.filter(q => q.doubt >= queue.doubtful || q.kind !== "pair").length;
    const [undo, redo] = moves.filter(m => m.id === "undo" || m.id === "redo");
    bar.replaceChildren(
      make("nav", { className: "tabs", "aria-label": "What to review" }, ...tabs.map(([name, label]) => make("a", { href: `#review/${name}`,
        ...((grid ? "grid" : queue.filter) === name ? { "aria-current": "page" } : {}) }, label))),
      make("span", { className: "left" }, grid ? "" : `${left.length} left${doubtful ? `, ${doubtful} of them doubtful` : ""}`),
      make("div", { className: "buttons" },
        button(`Undo (${nameOfKey(keyOf(undo))})`, undo.run, { disabled: queue.steps.undo === 0 }),
        button("Redo", redo.run, { disabled: queue.steps.redo === 0 }),
        ...(!grid && left.length ? [button("Agree…", agree, { title: "Agree with Smirk about all that is left" })] : []),
        button("Keys (?)", () => showKeys(all(), say))));
  }

  function drawKeys() {
    const answer = queue.now?.answer;
    keys.replaceChildren(...(grid || !queue.now ? [] : [
      ...verdicts().map(command => {
        const press = button("", command.run, { className: "verdict-key", disabled: pair()?.viewer.isZoomed ?? false });
        press.append(make("kbd", {}, nameOfKey(keyOf(command))), ` ${command.label}`);
        return press;
      }),
      make("span", { className: "dim" }, answer ? `You said: ${answer}. ` : "", `${queue.at + 1} of ${queue.shown.length}`),
    ]));
  }

  /** @type {Question | undefined} */
  let shown;
  async function show() {
    if (grid) {
      drawBar();
      return;
    }
    const question = queue.now;
    if (question !== shown || !question) {
      shown = question;
      view?.close();
      view = null;
      if (!question) {
        stage.replaceChildren(make("div", { className: "empty" }, make("h2", {}, "Nothing to review"),
          make("p", { className: "dim" }, queue.questions.length ? "Nothing of this kind was found." : "Smirk found no near duplicates, doubtful crops or damaged pictures here yet.")));
      } else {
        const group = question.kind === "pair" ? queue.questions.filter(q => q.kind === "pair" && q.keeper === question.keeper) : [];
        const next = view = question.kind === "pair" && question.keeper !== null
          ? new PairView(question, group, to => { queue.filter = "all"; queue.at = queue.shown.indexOf(to); show(); }, () => { drawKeys(); })
          : new SingleView(question, () => drawKeys());
        stage.replaceChildren(next.element);
        next.open().then(() => {
          if (view === next) for (const coming of queue.coming(Ahead)) if (coming.kind === "pair") fetchPair(coming).catch(() => {});
        }).catch(fail);
      }
    }
    if (question && queue.open.length === 0) say("All of it is answered. The next smirk make or smirk pack uses your answers.");
    drawBar();
    drawKeys();
  }

  // Many verdicts at once only after a list of what they do.
  function agree() {
    const open = queue.open, kinds = new Map();
    for (const question of open) {
      const effect = question.kind !== "pair" ? "kept, as they are" : question.found === "alternate" || question.found === "still" ? `kept as alternates (${question.found})` : `dropped as copies (${question.found})`;
      kinds.set(effect, (kinds.get(effect) ?? 0) + 1);
    }
    const words = open.map(q => ({ id: q.id, word: q.kind !== "pair" ? "keep" : q.found === "alternate" || q.found === "still" ? "alternate" : "drop", keeper: q.keeper }));
    const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
    dialog.replaceChildren(make("h2", {}, `Agree with Smirk about ${open.length}?`),
      make("p", {}, "Nobody is asked about these again. One undo takes all of it back."),
      make("ul", {}, ...[...kinds].map(([effect, count]) => make("li", {}, `${count} ${count === 1 ? "picture is" : "pictures are"} ${effect}`))),
      make("div", { className: "list" }, ...open.slice(0, 60).map(q => make("img", { src: `/api/pictures/${q.id}/thumb`, alt: q.found, height: 64 }))),
      ...(open.length > 60 ? [make("p", { className: "dim" }, `and ${open.length - 60} more`)] : []),
      make("div", { className: "buttons" }, button("Cancel", () => dialog.close()), button("Agree", () => {
        dialog.close();
        queue.answerMany(words).then(() => say(`${words.length} answered.`)).catch(fail);
      }, { className: "main" })));
    dialog.showModal();
  }

  const [tab, picture] = at.split("/");
  if (tab === "grid") {
    grid = new CropGrid(queue, to => go(`crop/${to}`), say, fail);
    stage.append(grid.element);
    await grid.load();
  } else if (tabs.some(([name]) => name === tab)) queue.show(/** @type {Filter} */ (tab));
  if (picture) {
    // Somebody wants to see a picture that nobody doubts.
    let question = queue.questions.find(q => q.kind === "crop" && q.id === Number(picture));
    if (!question) queue.questions.unshift(question = { kind: "crop", id: Number(picture), keeper: null, doubt: 0, found: "crop", answer: null });
    queue.at = queue.shown.indexOf(question);
  }
  await show();
  return () => {
    stop();
    queue.close();
    document.removeEventListener("keydown", shift, true);
    view?.close();
    grid?.close();
  };
}
