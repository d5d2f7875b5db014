// Several runs at the same time of theirs: grids side by side, curves over one another, and what differs.
import { make } from "../../page/dom.js";
import { endOf, gridAt, measuredAt } from "./model.js";
import { plotsOf } from "./plots.js";
import { gridPicture } from "./run.js";
import { timeline } from "./timeline.js";
import { kimgs, metricName, nameOf, number } from "./words.js";

/** @typedef {import("./model.js").Run} Run */

/** @param {Run} run @param {string} name */
const setting = (run, name) => run.settings.find(s => s.name === name);

/** Whether the same place of two grids is the same latent. @param {Run[]} runs */
const haveSameLatents = runs => ["seed", "latent-size", "classes"].every(name =>
  new Set(runs.map(run => setting(run, name)?.value)).size === 1);

/**
 * A table of what differs.
 * @param {Run[]} runs @param {{ label: string, title?: string, cells: { text: string, title?: string }[] }[]} rows
 */
function table(runs, rows) {
  const differing = rows.filter(row => new Set(row.cells.map(cell => cell.text)).size > 1);
  const same = rows.length - differing.length;
  return make("div", { className: "wide-table" }, differing.length ? make("table", {},
    make("thead", {}, make("tr", {}, make("th", {}), ...runs.map((run, i) => make("th", {}, make("span", { className: `series k${i}` }, nameOf(run.row)))))),
    make("tbody", {}, ...differing.map(row => make("tr", {}, make("th", { title: row.title ?? "" }, row.label),
      ...row.cells.map(cell => make("td", { title: cell.title ?? "" }, cell.text)))))) : "",
    make("p", { className: "dim small" }, rows.length === 0 ? "Nothing known yet." : `${differing.length ? "" : "Nothing differs. "}${same} ${same === 1 ? "is" : "are"} the same.`));
}

/** @param {Run[]} runs two or more @returns {import("./run.js").View} */
export function compareView(runs) {
  const time = timeline(() => here());
  const plots = plotsOf(true, kimg => time.seek(kimg));
  const pictures = runs.map(() => gridPicture());
  const names = runs.map((_, i) => make("h3", { className: `series k${i}` }));
  const latents = make("p", { className: "dim small" });
  const [options, metrics, when] = [make("div"), make("div"), make("p", { className: "dim small" })];
  const element = make("section", { className: "run compare", "aria-label": "Comparison" },
    make("div", { className: "head" }, make("h2", {}, `${runs.length} runs compared`)), time.element,
    make("div", { className: "grids" }, ...pictures.map((picture, i) => make("div", {}, names[i], picture.element))), latents,
    plots.element,
    make("div", { className: "halves" },
      make("section", {}, make("h2", {}, "Measurements that differ"), when, metrics),
      make("section", {}, make("h2", {}, "Settings that differ"), options)));
  const end = () => Math.max(...runs.map(endOf));

  function here() {
    runs.forEach((run, i) => pictures[i].show(run, gridAt(run, time.at())));
    plots.point(time.at());
    const found = runs.map(run => measuredAt(run, time.at()));
    const key = found.map(m => m?.kimg).join();
    if (metrics.dataset.key === key) return;
    metrics.dataset.key = key;
    when.textContent = found.map((m, i) => `${nameOf(runs[i].row)}: ${m ? `at ${kimgs(m.kimg)}` : "not measured"}`).join(" · ");
    const keys = [...new Set(found.flatMap(m => Object.keys(m?.metrics ?? {})))];
    metrics.replaceChildren(table(runs, keys.map(name => ({ label: metricName(name), title: name,
      cells: found.map(m => ({ text: m && name in m.metrics ? number(m.metrics[name]) : "–" })) }))));
  }

  let drawn = "";
  return {
    element, time, grids: () => runs.flatMap(run => run.grids).sort((a, b) => a.kimg - b.kimg), leave: plots.leave,
    show() {
      runs.forEach((run, i) => { names[i].textContent = nameOf(run.row); });
      const now = runs.map(run => `${run.cursor} ${endOf(run)} ${run.grids.length} ${run.row.name}`).join();
      if (now !== drawn) {
        drawn = now;
        time.show(end(), [], runs.some(run => run.row.state === "training"));
        plots.show(runs, end());
        latents.textContent = haveSameLatents(runs) ? "The same place is the same latent in every grid."
          : "These runs have other seeds, latents or classes: the same place is not the same latent.";
        const all = [...new Set(runs.flatMap(run => run.settings.map(s => s.name)))];
        options.replaceChildren(table(runs, all.map(name => ({ label: name,
          cells: runs.map(run => ({ text: setting(run, name)?.value ?? "–", title: setting(run, name)?.why })) }))));
      }
      here();
    },
  };
}
