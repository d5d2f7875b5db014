// The explore room: a generator to play with.
import { make } from "../../page/dom.js";
import { Store } from "../../page/store.js";
import { makeTabs } from "../../page/tabs.js";
import { get, postForFile } from "../api.js";
import { dressed } from "../dressed.js";
import { listen, showKeys } from "../keys.js";
import { makeBar } from "./bar.js";
import { Generator } from "./generator.js";
import { makeMix } from "./mix.js";
import { makeNearest } from "./nearest.js";
import { makeProject } from "./project.js";
import { makeRefine } from "./refine.js";
import { makeSave } from "./save.js";
import { makeSliders } from "./sliders.js";
import { makeSnapshots } from "./snapshots.js";
import { Stage } from "./stage.js";
import { Tiles } from "./tiles.js";
import { makeWalk } from "./walk.js";

/**
 * @typedef {object} Explorer what the room's parts share
 * @property {Generator} generator @property {import("./generator.js").Run} run @property {Store} store @property {Tiles} tiles
 * @property {boolean} isSorted whether the tiles are scored and sorted @property {string} title the workspace's name, for files
 * @property {(code: string, isStep?: boolean) => void} pick shows a picture large @property {() => number} freshSeed
 * @property {(snapshot: string, kimg: number) => void} goTo goes on with another snapshot of the run
 * @property {(what: string, more: object) => Promise<Blob>} file has a file made
 * @property {(text: string) => void} say @property {(error: unknown) => void} fail
 */

const freshSeed = () => Math.floor(Math.random() * 1e9);

/** @type {import("../studio.js").Room} */
export async function exploreRoom({ place, at, say, fail, facts }) {
  /** @type {[import("./generator.js").Run[], unknown]} */
  const [runs] = await Promise.all([get("/api/explore/runs"), dressed("/web/studio/explore/room.css")]);
  if (runs.length === 0) {
    place.append(make("div", { className: "empty" }, make("h2", {}, "No generator yet"),
      make("p", { className: "dim" }, `Train one, and play with it here: smirk make ${facts.folder}`)));
    return () => {};
  }
  const [wanted, wantedSnapshot] = at.split("/"), run = runs.find(r => r.name === wanted) ?? runs[0];
  say("Opening the generator…");
  const generator = await Generator.open(run.name, run.snapshots.find(s => s.name === wantedSnapshot)?.name ?? run.best);
  say("");
  place.style.setProperty("--shape", `${generator.facts.width} / ${generator.facts.height}`);
  place.style.setProperty("--across", String(generator.facts.width / generator.facts.size));
  const seed = freshSeed(), [first] = await generator.tiles({ kind: "new", seed, count: 1 });
  const store = new Store({ picked: first.code, source: "new", kind: "all", strength: 0.4, creativity: 1, chosen: -1, seed, favourites: [],
    mixed: [], rows: [] }, `${facts.folder}/${run.name}`);
  const stop = /** @type {(() => void)[]} */ ([]);
  const room = /** @type {Explorer} */ ({
    generator, run, store, isSorted: false, title: facts.name, say, freshSeed,
    fail: error => { if (!generator.left.signal.aborted) fail(error); },
    pick: (code, isStep = true) => { if (code !== store.state.picked) store.set({ picked: code }, isStep); },
    file: (what, more) => postForFile(`/api/explore/${what}`, { ...generator.asker, ...more }, generator.left.signal),
    goTo: (snapshot, kimg) => {
      generator.become(snapshot, kimg);
      history.replaceState(null, "", `#explore/${run.name}/${snapshot}`);
      heading.textContent = title();
      stage.show();
      room.tiles.restart();
    },
  });
  const title = () => `${generator.facts.kimg} kimg, ${generator.facts.width}×${generator.facts.height} pixels`;
  const heading = make("span", { className: "dim small" }, title());
  const choose = make("select", { "aria-label": "Run" }, ...runs.map(r => make("option", { value: r.name }, `Run ${r.name}`)));
  choose.value = run.name;
  choose.addEventListener("change", () => { location.hash = `explore/${choose.value}`; });

  const stage = new Stage(room);
  room.tiles = new Tiles(room);
  const walk = makeWalk(room, stage), sliders = makeSliders(room), project = makeProject(room), save = makeSave(room);
  const tabs = make("div", { className: "tools-tabs", role: "tablist", "aria-label": "Tools" }), tools = make("div", { className: "tools" });
  makeTabs([["Refine", makeRefine(room)], ["Mix", makeMix(room)], ["Walk", walk.element], ["Sliders", sliders.element],
    ["Time", makeSnapshots(room, stage)], ["Nearest", makeNearest(room)], ["Your picture", project.element], ["Save", save.element]], tabs, tools);
  tabs.addEventListener("click", sliders.open);
  tabs.addEventListener("keydown", sliders.open);

  const others = () => store.set({ seed: freshSeed() });
  /** @type {import("../keys.js").Command[]} */
  const commands = [
    { id: "others", label: "Other pictures", key: "r", run: others },
    { id: "new", label: "New pictures", key: "n", run: () => store.set({ source: "new" }) },
    { id: "like", label: "Pictures like the picked one", key: "l", run: () => store.set({ source: "like", seed: freshSeed() }) },
    { id: "favourites", label: "Your favourites", key: "f", run: () => store.set({ source: "favourites" }) },
    { id: "favourite", label: "Keep the picked one, or let it go", key: "k", run: () => stage.toggle() },
    { id: "next", label: "Next picture", key: "arrowright", run: () => room.tiles.go(1) },
    { id: "previous", label: "Picture before", key: "arrowleft", run: () => room.tiles.go(-1) },
    { id: "undo", label: "Undo", key: "z", run: () => store.undo() },
    { id: "redo", label: "Redo", key: "shift+z", run: () => store.redo() },
    { id: "help", label: "All keys", key: "?", run: () => showKeys(commands, say) },
  ];
  const bar = makeBar(room, commands, () => {
    room.isSorted = !room.isSorted;
    bar.show();
    room.tiles.restart();
  });
  stop.push(listen(() => commands));

  // A picture from anywhere, dropped anywhere.
  const over = (/** @type {DragEvent} */ event) => event.preventDefault();
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    const dropped = event.dataTransfer?.files[0];
    if (!dropped) return;
    /** @type {HTMLElement | undefined} */ ([...tabs.children].find(b => b.textContent === "Your picture"))?.click();
    project.take(dropped);
  };
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);

  place.append(make("section", { className: "side", "aria-label": "The picked picture" }, make("div", { className: "which" }, choose, heading), stage.element, tabs, tools),
    make("section", { className: "many", "aria-label": "Pictures to pick" }, bar.element, room.tiles.element));
  return () => {
    document.removeEventListener("dragover", over);
    document.removeEventListener("drop", drop);
    for (const end of stop) end();
    room.tiles.close();
    walk.stop();
    stage.listen.stop();
    project.close();
    save.close();
    generator.close();
  };
}
