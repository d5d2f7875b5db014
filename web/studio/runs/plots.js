// Which curves are shown, of one run or of several.
import { make } from "../../page/dom.js";
import { chart } from "./chart.js";
import { metricCurve } from "./model.js";
import { shortNameOf } from "./words.js";

/**
 * @typedef {import("./model.js").Run} Run
 * @typedef {{ name: string, curve: (run: Run) => import("./model.js").Curve | undefined }} Source a curve of a run
 * @typedef {object} Plot
 * @property {string} title @property {string} unit @property {Source[]} of several only where one run is shown
 * @property {"one" | "several" | "both"} shows for how many runs @property {boolean} [optional] left out where nothing of it is known
 */

const logged = (/** @type {string} */ name, /** @type {string} */ key) => ({ name, curve: (/** @type {Run} */ run) => run.curves[key] });
const metric = (/** @type {string} */ name, /** @type {string} */ key) => ({ name, curve: (/** @type {Run} */ run) => metricCurve(run, key) });

/** @type {Plot[]} */
const plots = [
  { title: "Losses", unit: "", of: [logged("D", "lossD"), logged("G", "lossG")], shows: "one" },
  { title: "Fréchet distance on held-out pictures", unit: "lower is better", shows: "one",
    of: [metric("trained features", "frechet_trained"), metric("random features", "frechet_random")] },
  { title: "Variety and realism", unit: "share, higher is better", shows: "one",
    of: [metric("recall", "recall_random"), metric("coverage", "coverage_random"), metric("precision", "precision_random")] },
  { title: "Logits of D", unit: "", of: [logged("real", "dReal"), logged("generated", "dFake")], shows: "one" },
  { title: "Fréchet distance on held-out pictures", unit: "trained features, lower is better", of: [metric("", "frechet_trained")], shows: "several" },
  { title: "Variety: coverage", unit: "share, higher is better", of: [metric("", "coverage_random")], shows: "several" },
  { title: "Realism: precision", unit: "share, higher is better", of: [metric("", "precision_random")], shows: "several" },
  { title: "Loss of D", unit: "", of: [logged("", "lossD")], shows: "several" },
  { title: "Loss of G", unit: "", of: [logged("", "lossG")], shows: "several" },
  { title: "Spread of generated pictures", unit: "by that of real ones", of: [logged("spread", "diversity")], shows: "both", optional: true },
  { title: "Augmented pictures", unit: "share, as many as D would win otherwise", of: [logged("augmented", "augmented")], shows: "both", optional: true },
  { title: "Speed", unit: "pictures a second", of: [logged("speed", "speed")], shows: "both" },
  { title: "Learning rate", unit: "", of: [logged("rate", "learningRate")], shows: "both" },
  { title: "Threads", unit: "", of: [logged("threads", "threads")], shows: "both", optional: true },
];

/**
 * All plots of one run, or of several over one another.
 * @param {boolean} compares @param {(kimg: number) => void} seek
 */
export function plotsOf(compares, seek) {
  const shown = plots.filter(plot => plot.shows === "both" || plot.shows === (compares ? "several" : "one"));
  const charts = shown.map(plot => ({ plot, chart: chart(plot.title, plot.unit, seek) }));
  return {
    element: make("div", { className: "plots" }, ...charts.map(c => c.chart.element)),
    /** @param {Run[]} runs @param {number} end */
    show(runs, end) {
      for (const { plot, chart } of charts) {
        const lines = compares
          ? runs.map((run, i) => ({ name: shortNameOf(run.row), colour: i, curve: plot.of[0].curve(run) }))
          : plot.of.map((line, i) => ({ name: line.name, colour: i, curve: line.curve(runs[0]) }));
        const known = lines.map(({ name, colour, curve }) => ({ name, colour, x: curve?.x ?? [], y: curve?.y ?? [] }));
        chart.element.hidden = Boolean(plot.optional) && known.every(line => !line.x.length);
        chart.show(known, end);
      }
    },
    /** @param {number} kimg */
    point: kimg => charts.forEach(c => c.chart.point(kimg)),
    leave: () => charts.forEach(c => c.chart.leave()),
  };
}
