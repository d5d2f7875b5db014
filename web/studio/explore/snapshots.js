// Through the run's time with the latent fixed: what training changed.
import { make } from "../../page/dom.js";
import { range } from "./range.js";

/** @typedef {import("./room.js").Explorer} Explorer */

/** @param {Explorer} room @param {import("./stage.js").Stage} stage */
export function makeSnapshots(room, stage) {
  const { store, generator, run } = room, { snapshots } = run;
  const at = Math.max(0, snapshots.findIndex(s => s.name === generator.facts.snapshot));
  const name = (/** @type {number} */ i) => `${snapshots[i].kimg} kimg${snapshots[i].name === run.best ? ", the best" : ""}`;
  const look = (/** @type {number} */ i) => {
    const { picked } = store.state;
    generator.picture(picked, snapshots[i].name).then(made => made && store.state.picked === picked && stage.draw(made.picture, picked)).catch(room.fail);
  };
  if (snapshots.length < 2) return make("p", { className: "dim small" }, "This run has one snapshot only. Later ones come while it trains.");
  return make("div", {},
    make("p", { className: "dim small" }, "The same latent, in the run's earlier and later snapshots. Where you let go, all of the room goes on."),
    range("Trained for", { min: 0, max: snapshots.length - 1, step: 1, value: at, text: name },
      { change: look, end: i => room.goTo(snapshots[i].name, snapshots[i].kimg) }));
}
