// One run: its grid, curves and measurements at the slider's time, and what can be done with it.
import { button, make } from "../../page/dom.js";
import { bytes } from "../bytes.js";
import { endOf, gridAt, measuredAt } from "./model.js";
import { plotsOf } from "./plots.js";
import { timeline } from "./timeline.js";
import { clock, kimgs, metricName, nameOf, number, roughly, stateOf } from "./words.js";

/**
 * @typedef {import("./model.js").Run} Run
 * @typedef {object} Acts what can be done with a run
 * @property {(run: Run) => void} stop @property {(run: Run) => void} snapshot @property {(run: Run) => void} longer
 * @property {(run: Run) => void} note @property {(run: Run) => void} remove
 * @typedef {object} View
 * @property {HTMLElement} element @property {(load: import("./model.js").Load | null) => void} show called when something is new
 * @property {import("./timeline.js").Timeline} time @property {() => import("./model.js").Grid[]} grids by kimg @property {() => void} leave
 */

/** @param {Run} run @param {import("./model.js").Grid} grid */
export const gridAddress = (run, grid) => `/api/runs/${run.row.number}/grids/${encodeURIComponent(grid.name)}?v=${grid.version}`;

/** A picture of a grid that changes without a gap. */
export function gridPicture() {
  const image = make("img", { className: "grid", hidden: true });
  const caption = make("figcaption", { className: "dim small" });
  return {
    element: make("figure", {}, image, caption),
    /** @param {Run} run @param {import("./model.js").Grid | undefined} grid */
    show(run, grid) {
      image.hidden = !grid;
      caption.textContent = grid ? `Grid at ${kimgs(grid.kimg)}: always the same latents` : "No grid yet: the first comes at 1 kimg.";
      if (!grid) return;
      const address = gridAddress(run, grid);
      if (image.dataset.address === address) return;
      image.dataset.address = address;
      image.alt = `Generated pictures of run ${run.row.folder} at ${kimgs(grid.kimg)}`;
      image.src = address;
    },
  };
}

/** @param {Run} run @param {import("./model.js").Load | null} load how it stands, in one line */
function standing(run, load) {
  const { row } = run;
  const parts = [row.lengthKimg === null ? kimgs(row.kimg) : `${number(row.kimg)} of ${kimgs(row.lengthKimg)}`];
  if (row.lengthKimg !== null) parts.push(clock(row.seconds));
  else parts.push(`${clock(row.seconds)}${row.budgetSeconds !== null ? ` of ${clock(row.budgetSeconds)}` : ""}`);
  if (row.speed) parts.push(`${number(row.speed)} pictures a second`);
  if (row.state === "training") {
    if (row.secondsLeft !== null) parts.push(`${roughly(row.secondsLeft)} left`);
    const mine = load?.trainings[row.number];
    if (mine) parts.push(`${mine.cores === null ? "" : `${mine.cores.toFixed(1)} of ${load.cores} cores, `}${bytes(mine.bytes)} of memory`);
    if (load?.busy != null) parts.push(`machine ${Math.round(load.busy * 100)} % busy (load ${load.load.toFixed(1)})`);
    if (row.device.startsWith("cuda")) {
      for (const gpu of load?.gpus ?? []) parts.push(`${gpu.name} ${Math.round(gpu.busy * 100)} % busy, ${bytes(gpu.usedBytes)} of ${bytes(gpu.totalBytes)}`);
    }
  }
  if (row.bestKimg !== null) parts.push(`best snapshot at ${kimgs(row.bestKimg)}`);
  return parts.join(" · ");
}

/** @param {Run} run @param {Acts} acts @param {(text: string) => void} say @returns {View} */
export function runView(run, acts, say) {
  const [title, state] = [make("h2"), make("span")];
  const [line, trouble, notes] = [make("p", { className: "dim standing" }), make("p", { className: "bad", role: "alert" }), make("p", { className: "notes" })];
  const stop = button("Stop", () => acts.stop(run), { title: "Saves a snapshot first; it can be resumed" });
  const snapshot = button("Snapshot now", () => acts.snapshot(run), { title: "Saves the networks, and draws a grid" });
  const longer = button("Longer…", () => acts.longer(run));
  const remove = button("Delete…", () => acts.remove(run), { className: "danger" });
  const bar = make("progress", { max: 1, "aria-label": "Progress" });
  const picture = gridPicture();
  const measured = make("div", { className: "measured" });
  const happened = make("ul", { className: "happened" });
  const settings = make("tbody");
  const time = timeline(() => here());
  const plots = plotsOf(false, kimg => time.seek(kimg));
  const element = make("section", { className: "run", "aria-label": "Run" },
    make("div", { className: "head" }, title, state, make("div", { className: "buttons" }, stop, snapshot, longer, button("Name…", () => acts.note(run)), remove)),
    trouble, line, bar, notes, time.element,
    make("div", { className: "halves" },
      make("div", {}, picture.element, make("section", {}, make("h2", {}, "Measured on held-out pictures"), measured),
        make("section", {}, make("h2", {}, "Remarks"), happened)),
      plots.element),
    make("details", {}, make("summary", {}, "Settings, and why"),
      make("div", { className: "wide-table" }, make("table", {}, make("thead", {}, make("tr", {}, ...["setting", "value", "why"].map(name => make("th", {}, name)))), settings))));

  function showMeasured() {
    const found = measuredAt(run, time.at());
    if (measured.dataset.kimg === String(found?.kimg)) return;
    measured.dataset.kimg = String(found?.kimg);
    if (!found) {
      measured.replaceChildren(make("p", { className: "dim" }, "Nothing measured yet."));
      return;
    }
    measured.replaceChildren(make("p", { className: "dim small" }, `At ${kimgs(found.kimg)}:`),
      make("ul", {}, ...found.words.map(({ text, details }) => make("li", {}, text, details.length ? make("ul", {}, ...details.map(d => make("li", { className: "dim" }, d))) : ""))),
      make("details", {}, make("summary", {}, "All numbers"), make("table", {}, make("tbody", {}, ...Object.entries(found.metrics).map(([key, value]) =>
        make("tr", {}, make("th", { title: key }, metricName(key)), make("td", {}, number(value))))))));
  }

  // What depends on the slider alone.
  function here() {
    picture.show(run, gridAt(run, time.at()));
    plots.point(time.at());
    showMeasured();
  }

  let drawn = "";
  /** @type {View["show"]} */
  function show(load) {
    const { row } = run;
    title.textContent = `Run ${nameOf(row)}`;
    state.textContent = stateOf(row);
    state.className = `state ${row.trouble && row.state !== "training" ? "failed" : row.state}`;
    trouble.textContent = row.trouble ?? "";
    trouble.hidden = !row.trouble;
    notes.textContent = row.notes;
    notes.hidden = !row.notes;
    line.textContent = standing(run, load);
    const trains = row.state === "training";
    [stop.hidden, snapshot.hidden, longer.hidden, bar.hidden] = [!trains, !trains, trains, !trains];
    [stop.disabled, snapshot.disabled] = [row.isStopping, row.isSnapshotAsked || row.isStopping];
    snapshot.textContent = row.isSnapshotAsked ? "Taking a snapshot…" : "Snapshot now";
    longer.textContent = row.state === "done" ? "Longer…" : "Resume…";
    remove.disabled = trains;
    remove.title = trains ? "Stop it first" : "";
    bar.value = row.progress;
    // Curves, marks and tables only when something of theirs is new.
    const now = `${run.cursor} ${endOf(run)} ${run.grids.length} ${run.settings.length} ${trains}`;
    if (now !== drawn) {
      drawn = now;
      time.show(endOf(run), run.remarks, trains);
      plots.show([run], endOf(run));
      happened.replaceChildren(...(run.remarks.length ? run.remarks.map(remark => make("li", {},
        button(kimgs(remark.kimg), () => time.seek(remark.kimg), { className: "plain small" }), remark.text)) : [make("li", { className: "dim" }, "None.")]));
      settings.replaceChildren(...run.settings.map(s => make("tr", {}, make("th", {}, s.name), make("td", {}, s.value), make("td", { className: "dim" }, s.why))));
    }
    here();
  }

  if (run.row.trouble) say(run.row.trouble);
  return { element, show, time, grids: () => run.grids, leave: plots.leave };
}
