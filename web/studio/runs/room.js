// The runs room: what was trained, what is being trained, side by side.
import { button, make } from "../../page/dom.js";
import { follow, get, post } from "../api.js";
import { listen, showKeys } from "../keys.js";
import { compareView } from "./compare.js";
import { deleteDialog, longerDialog, noteDialog, startDialog } from "./dialogs.js";
import { runList } from "./list.js";
import { append, load } from "./model.js";
import { runView } from "./run.js";

/** The room's own looks, once. @returns {Promise<void>} */
function dressed() {
  const href = "/web/studio/runs/room.css";
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise(resolve => document.head.append(make("link", { rel: "stylesheet", href, onload: () => resolve(), onerror: () => resolve() })));
}

/** @type {import("../studio.js").Room} */
export async function runsRoom({ place, at, say, fail }) {
  await dressed();
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

  const list = runList({
    pick: number => { ticked = new Set(); go([number]); },
    compare(number, on) {
      if (on) ticked.add(number);
      else ticked.delete(number);
      if (ticked.size > 1) go(rows.map(row => row.number).filter(n => ticked.has(n)));
      else if (shown.length > 1) go([...ticked].length ? [...ticked] : [shown[0]]);
      else list.show(rows, shown, ticked);
    },
    start: () => startDialog(number => reload(number === null ? undefined : [number])).catch(fail),
  });
  const main = make("div", { className: "shown" });
  place.append(list.element, main);

  /** @type {import("./run.js").Acts} */
  const acts = {
    stop: run => tell(run, "stop", "asked to stop; it saves a snapshot first"),
    snapshot: run => tell(run, "snapshot", "asked for a snapshot"),
    longer: run => longerDialog(run.row, () => reload()).catch(fail),
    note: run => noteDialog(run.row, () => reload()),
    remove: run => deleteDialog(run.row, () => { say(`Run ${run.row.folder} is deleted.`); reload(); }).catch(fail),
  };

  /** @param {import("./model.js").Run} run @param {string} what @param {string} said */
  async function tell(run, what, said) {
    try {
      await post(`/api/runs/${run.row.number}/${what}`);
      say(`Run ${run.row.folder} was ${said}.`);
    } catch (error) {
      fail(error);
    }
  }

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
      main.replaceChildren(make("div", { className: "nothing" }, make("p", {}, "Nothing was trained in this workspace yet."), button("Train…", () => startDialog(n => reload(n === null ? undefined : [n])).catch(fail), { className: "main" })));
    }
    list.show(rows, shown, ticked);
  }

  /** The next grid in a direction. @param {1 | -1} way */
  function step(way) {
    if (!view) return;
    const now = view.time.at();
    const next = way > 0 ? view.grids().find(grid => grid.kimg > now + 1e-6) : view.grids().findLast(grid => grid.kimg < now - 1e-6);
    if (next) view.time.seek(next.kimg);
    else if (way > 0) view.time.live();
  }

  /** @type {import("../keys.js").Command[]} */
  const commands = [
    { id: "runs.earlier", label: "The grid before", key: "arrowleft", run: () => step(-1) },
    { id: "runs.later", label: "The next grid", key: "arrowright", run: () => step(1) },
    { id: "runs.live", label: "Follow the newest", key: "l", run: () => view?.time.live() },
    { id: "runs.train", label: "Train a new run", key: "t", run: () => startDialog(n => reload(n === null ? undefined : [n])).catch(fail) },
    { id: "runs.keys", label: "Show the keys", key: "?", run: () => showKeys(commands, say) },
  ];
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
