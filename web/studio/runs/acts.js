// What can be done with runs, by button and by key.
import { post } from "../api.js";
import { showKeys } from "../keys.js";
import { deleteDialog, longerDialog, noteDialog } from "./dialogs.js";

/**
 * @typedef {import("./model.js").Run} Run
 * @typedef {import("./run.js").View} View
 * @typedef {import("../keys.js").Command} Command
 */

/** @param {() => void} reload @param {(text: string) => void} say @param {(error: unknown) => void} fail @returns {import("./run.js").Acts} */
export function actsOf(reload, say, fail) {
  /** @param {Run} run @param {string} what @param {string} said */
  const tell = async (run, what, said) => {
    try {
      await post(`/api/runs/${run.row.number}/${what}`);
      say(`Run ${run.row.folder} was ${said}.`);
    } catch (error) {
      fail(error);
    }
  };
  return {
    stop: run => tell(run, "stop", "asked to stop; it saves a snapshot first"),
    snapshot: run => tell(run, "snapshot", "asked for a snapshot"),
    longer: run => longerDialog(run.row, reload).catch(fail),
    note: run => noteDialog(run.row, reload),
    remove: run => deleteDialog(run.row, () => { say(`Run ${run.row.folder} is deleted.`); reload(); }).catch(fail),
  };
}

/** @param {() => View | null} view @param {() => void} start @param {(text: string) => void} say @returns {Command[]} */
export function commandsOf(view, start, say) {
  /** The next grid in a direction. @param {1 | -1} way */
  const step = way => {
    const shown = view();
    if (!shown) return;
    const now = shown.time.at();
    const next = way > 0 ? shown.grids().find(grid => grid.kimg > now + 1e-6) : shown.grids().findLast(grid => grid.kimg < now - 1e-6);
    if (next) shown.time.seek(next.kimg);
    else if (way > 0) shown.time.live();
  };
  /** @type {Command[]} */
  const commands = [
    { id: "runs.earlier", label: "The grid before", key: "arrowleft", run: () => step(-1) },
    { id: "runs.later", label: "The next grid", key: "arrowright", run: () => step(1) },
    { id: "runs.live", label: "Follow the newest", key: "l", run: () => view()?.time.live() },
    { id: "runs.train", label: "Train a new run", key: "t", run: start },
    { id: "runs.keys", label: "Show the keys", key: "?", run: () => showKeys(commands, say) },
  ];
  return commands;
}
