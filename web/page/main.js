// Starts the page once all of it has come.
import { App } from "./app.js";
import { Pool } from "./pool.js";
import { Stage } from "./stage.js";
import { Tiles } from "./tiles.js";
import { byId } from "./dom.js";
import { makeAbout } from "./about.js";
import { makeBar } from "./bar.js";
import { makeMix } from "./mix.js";
import { makePixels } from "./pixels.js";
import { makeSave } from "./save.js";
import { makeSliders } from "./sliders.js";
import { makeTabs } from "./tabs.js";
import { makeWalk } from "./walk.js";

const textOf = (/** @type {string} */ id) => document.getElementById(id)?.textContent ?? "";

/** @param {string} reason @param {string} advice */
function stop(reason, advice) {
  byId("app").hidden = true;
  byId("notice").hidden = false;
  byId("notice").textContent = `${reason} ${advice}`;
}

async function start() {
  const again = "Get the file again.";
  if (textOf("end") !== "complete") return stop("This page is incomplete: it was cut short on its way here.", again);
  if (typeof DecompressionStream === "undefined" || typeof Worker === "undefined")
    return stop("This browser is too old for this page.", "It needs one of 2023 or later.");
  let facts;
  try {
    facts = JSON.parse(textOf("facts"));
  } catch {
    return stop("This page is damaged: what it tells of its generator can't be read.", again);
  }
  const parts = { model: textOf("model"), kernel: textOf("kernel"), plain: location.hash.includes("plain-javascript") };
  const pool = new Pool(textOf("worker"), parts, facts);
  try {
    await pool.ready;
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error), again);
  }
  // The workers have it; the page needn't keep some megabytes of text.
  document.getElementById("model")?.remove();
  byId("notice").hidden = true;
  byId("app").hidden = false;
  show(new App(facts, pool));
}

/** @param {App} app */
function show(app) {
  const { facts, store } = app, edge = Math.sqrt(facts.latentSize);
  document.documentElement.style.setProperty("--shape", `${facts.width} / ${facts.height}`);
  document.documentElement.style.setProperty("--across", String(facts.width / facts.size));
  byId("tagline").textContent = facts.roll ? "Tunes that nobody wrote, made in your browser: time to the right, high notes on top. Nothing is sent anywhere."
    : `Pictures of ${facts.width} × ${facts.height} pixels that nobody drew, made in your browser. Nothing is sent anywhere.`;
  const stage = new Stage(app);
  makeTabs([
    ["Sliders", makeSliders(app)],
    ...(Number.isInteger(edge) ? [/** @type {[string, HTMLElement]} */ (["Paint", makePixels(app, edge)])] : []),
    ["Mix", makeMix(app)],
    ["Walk", makeWalk(app, stage)],
    ["Save", makeSave(app, stage)],
    ["About", makeAbout(app)],
  ]);
  makeBar(app);
  new Tiles(app);
  const [undo, redo] = ["undo", "redo"].map(id => /** @type {HTMLButtonElement} */ (byId(id)));
  const mark = () => ([undo.disabled, redo.disabled] = [store.past.length === 0, store.future.length === 0]);
  undo.addEventListener("click", () => store.undo());
  redo.addEventListener("click", () => store.redo());
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) store.redo();
    else store.undo();
  });
  addEventListener("hashchange", () => {
    const code = app.fromAddress();
    if (code) app.pick(code);
  });
  store.listen(mark);
  mark();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
