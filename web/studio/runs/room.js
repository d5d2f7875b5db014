// The runs room: what was trained, what is being trained, side by side.
import { button, make } from "../../page/dom.js";
import { follow, get } from "../api.js";
import { dressed } from "../dressed.js";
import { listen } from "../keys.js";
import { actsOf, commandsOf } from "./acts.js";
import { compareView } from "./compare.js";
import { runList } from "./list.js";
import { append, load } from "./model.js";
import { runView } from "./run.js";
import { startDialog } from "./start.js";

/** @type {import("../studio.js").Room} */
export async function runsRoom({ place, at, say, fail }) {
  await dressed("/web/studio/runs/room.css");
  /** @type {import("./model.js").Row[]} */
  let rows = await get("/api/runs");
  let shown = at.split(",").map(Number).filter(n => rows.some(row => row.number === n));
  if (!shown.length && rows.length) shown = [rows[0].number];
  let ticked = new Set(shown.length > 1 ? shown : []);
  /** @type {Map<number, import("./model.js").Run>} */
  const runs = new Map();
  /** @type {import("./model.js").Load | null} */
  let machine = null;
  /** @type {import("./run.js").View | null} */
  let view = null;
  let unfollow = () => {};
  let [asked, isLeft] = [0, false];

  const start = () => startDialog(number => reload(number === null ? undefined : [number])).catch(fail);
  const list = runList({
    pick: number => { ticked = new Set(); go([number]); },
    compare(number, on) {
      if (on) ticked.add(number);
      else ticked.delete(number);
      if (ticked.size > 1) go(rows.map(row => row.number).filter(n => ticked.has(n)));
      else if (shown.length > 1) go([...ticked].length ? [...ticked] : [shown[0]]);
      else list.show(rows, shown, ticked);
    },
    start,
  });
  const main = make("div", { className: "shown" });
  place.append(list.element, main);

  const acts = actsOf(() => reload(), say, fail);

  /** Shows these runs. @param {number[]} numbers */
  function go(numbers) {
    shown = numbers;
    history.pushState(null, "", `#runs/${numbers.join(",")}`);
    connect().catch(fail);
  }

  /** Reads everything anew. @param {number[]} [wanted] what to show then */
  async function reload(wanted) {
    try {
      rows = await get("/api/runs");
      if (wanted) [shown, ticked] = [wanted, new Set()];
      shown = shown.filter(n => rows.some(row => row.number === n));
      if (!shown.length && rows.length) shown = [rows[0].number];
      ticked = new Set([...ticked].filter(n => shown.includes(n)));
      history.replaceState(null, "", `#runs${shown.length ? `/${shown.join(",")}` : ""}`);
      await connect();
    } catch (error) {
      fail(error);
    }
  }

  // Loads what is shown, then follows from there: nothing is lost in between, because each run says how far it was told.
  async function connect() {
    const mine = ++asked;
    unfollow();
    const loaded = await Promise.all(shown.map(number => load(number)));
    if (mine !== asked || isLeft) return;
    runs.clear();
    for (const run of loaded) runs.set(run.row.number, run);
    show();
    if (document.hidden) return;
    unfollow = follow(`/api/runs/events?watch=${shown.map(n => `${n}:${runs.get(n)?.cursor}`).join(",")}`, take,
      () => fail("The studio doesn't answer. Was it stopped? Start it again and open the address that it prints."));
  }

  /** @param {{ list: typeof rows | null, updates: import("./model.js").Update[], load: import("./model.js").Load | null }} event */
  function take(event) {
    machine = event.load ?? machine;
    if (event.list) {
      rows = event.list;
      if (shown.some(n => !rows.some(row => row.number === n)) || (!shown.length && rows.length)) {
        reload();
        return;
      }
      for (const row of rows) {
        const run = runs.get(row.number);
        if (run) run.row = row;
      }
    }
    for (const update of event.updates) {
      const run = runs.get(update.number);
      if (run && !append(run, update)) renew(run);
    }
    list.show(rows, shown, ticked);
    view?.show(machine);
  }

  /** Loads a run that doesn't follow on what is known of it. @param {import("./model.js").Run} run */
  async function renew(run) {
    try {
      Object.assign(run, await load(run.row.number));
      view?.show(machine);
    } catch (error) {
      fail(error);
    }
  }

  function show() {
    const time = view && view.element.dataset.shows === shown.join() ? view.time.at() : null;
    const follows = !view || view.time.element.querySelector("[aria-pressed='true']") !== null;
    view?.leave();
    const open = shown.map(n => /** @type {import("./model.js").Run} */ (runs.get(n)));
    view = open.length > 1 ? compareView(open) : open.length ? runView(open[0], acts, say) : null;
    if (view) {
      view.element.dataset.shows = shown.join();
      main.replaceChildren(view.element);
      view.show(machine);
      if (time !== null && !follows) view.time.seek(time);
    } else {
      main.replaceChildren(make("div", { className: "nothing" }, make("p", {}, "Nothing was trained in this workspace yet."), button("Train…", start, { className: "main" })));
    }
    list.show(rows, shown, ticked);
  }

  const commands = commandsOf(() => view, start, say);
  const deaf = listen(() => commands);
  // A page that nobody sees holds no connection: browsers have few for each address.
  const seen = () => {
    if (document.hidden) unfollow();
    else reload();
  };
  document.addEventListener("visibilitychange", seen);
  await connect();
  return () => {
    isLeft = true;
    unfollow();
    view?.leave();
    deaf();
    document.removeEventListener("visibilitychange", seen);
  };
}
