// What the keys of the review room do.
import { showKeys } from "../keys.js";

/**
 * @typedef {import("../keys.js").Command} Command
 * @typedef {object} Acts
 * @property {import("./queue.js").Queue} queue
 * @property {() => import("./pair.js").PairView | null} pair the pair in view @property {() => import("./single.js").SingleView | null} single
 * @property {(which: "seen" | "both", word: "keep" | "drop") => void} decide @property {() => void} keepSingle
 * @property {(dx: number, dy: number) => void} arrow @property {(text: string) => void} say
 */

/** @param {Acts} acts @returns {{ verdicts: () => Command[], all: () => Command[] }} those that there are at the moment */
export function commandsOf({ queue, pair, single, decide, keepSingle, arrow, say }) {
  const id = () => queue.now?.id ?? 0, viewer = () => pair()?.viewer;
  /** @param {import("./aligned.js").Mode} mode */
  const look = mode => viewer()?.look(viewer()?.mode === mode ? "flip" : mode);
  /** @returns {Command[]} */
  const verdicts = () => pair() ? [
    { id: "keep", label: viewer()?.showsMember ? "Keep this copy instead" : "Keep this, drop the copy", key: "k", run: () => decide("seen", "keep") },
    { id: "drop", label: viewer()?.showsMember ? "Drop this copy" : "Drop this, keep the copy", key: "d", run: () => decide("seen", "drop") },
    { id: "alternate", label: "Alternates: both stay", key: "a", run: () => queue.answer([{ id: id(), word: "alternate" }], "alternate") },
    { id: "apart", label: "Not duplicates: both stay", key: "n", run: () => queue.answer([{ id: id(), word: "not-duplicate" }], "not-duplicate") },
    { id: "both", label: "Drop both", key: "b", run: () => decide("both", "drop") },
  ] : single() ? [
    { id: "keep", label: "Keep it", key: "k", run: keepSingle },
    { id: "drop", label: "Drop it", key: "d", run: () => queue.answer([{ id: id(), word: "drop" }], "drop") },
  ] : [];
  /** @type {Command[]} */
  const moves = [
    { id: "flip", label: "Flip between the two", key: " ", run: () => viewer()?.flip(), whileZoomed: true },
    { id: "next", label: "Next question", key: "arrowright", run: () => arrow(1, 0) },
    { id: "previous", label: "Previous question", key: "arrowleft", run: () => arrow(-1, 0) },
    { id: "up", label: "Move a chosen box up", key: "arrowup", run: () => arrow(0, -1) },
    { id: "down", label: "Move a chosen box down", key: "arrowdown", run: () => arrow(0, 1) },
    { id: "undo", label: "Undo", key: "z", run: () => queue.undo() },
    { id: "redo", label: "Redo", key: "shift+z", run: () => queue.redo() },
    { id: "side", label: "Side by side, and back", key: "s", run: () => look("side"), whileZoomed: true },
    { id: "split", label: "Split line, and back", key: "l", run: () => look("split"), whileZoomed: true },
    { id: "difference", label: "Difference, and back", key: "x", run: () => look("difference"), whileZoomed: true },
    { id: "in", label: "Zoom in", key: "+", run: () => viewer()?.zoomBy(1), whileZoomed: true },
    { id: "out", label: "Zoom out", key: "-", run: () => viewer()?.zoomBy(-1), whileZoomed: true },
    { id: "fit", label: "Fit; let a box go", key: "escape", run: () => { viewer()?.fit(); single()?.editor?.choose(-1); }, whileZoomed: true },
    { id: "turn-left", label: "Turn a chosen box left", key: "[", run: () => single()?.editor?.turn(-1) },
    { id: "turn-right", label: "Turn a chosen box right", key: "]", run: () => single()?.editor?.turn(1) },
    { id: "remove", label: "Remove a chosen box", key: "delete", run: () => single()?.editor?.remove() },
    { id: "help", label: "All keys", key: "?", run: () => showKeys(all(), say), whileZoomed: true },
  ];
  const all = () => [...verdicts(), ...moves];
  return { verdicts, all };
}
