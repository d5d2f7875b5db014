// The review room: a person decides about what Smirk isn't sure of, by keyboard, most doubtful first.
import { button, make } from "../../page/dom.js";
import { get } from "../api.js";
import { keyOf, listen, nameOfKey, showKeys } from "../keys.js";
import { agree } from "./agree.js";
import { commandsOf } from "./commands.js";
import { CropGrid } from "./crops.js";
import { fetchPair, PairView } from "./pair.js";
import { Queue } from "./queue.js";
import { SingleView } from "./single.js";

/**
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
  const { verdicts, all } = commandsOf({ queue, pair, single, decide, keepSingle, arrow, say });

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
    queue.answer([{ id: queue.now?.id ?? 0, word: "keep", boxes: editor?.isEdited ? editor.words : null }], "keep");
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
    const [undo, redo] = all().filter(m => m.id === "undo" || m.id === "redo");
    bar.replaceChildren(
      make("nav", { className: "tabs", "aria-label": "What to review" }, ...tabs.map(([name, label]) => make("a", { href: `#review/${name}`,
        ...((grid ? "grid" : queue.filter) === name ? { "aria-current": "page" } : {}) }, label))),
      make("span", { className: "left" }, grid ? "" : `${left.length} left${doubtful ? `, ${doubtful} of them doubtful` : ""}`),
      make("div", { className: "buttons" },
        button(`Undo (${nameOfKey(keyOf(undo))})`, undo.run, { disabled: queue.steps.undo === 0 }),
        button("Redo", redo.run, { disabled: queue.steps.redo === 0 }),
        ...(!grid && left.length ? [button("Agree…", () => agree(queue, say, fail), { title: "Agree with Smirk about all that is left" })] : []),
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
