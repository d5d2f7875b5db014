// What is taken away: pictures, sheets, latents, the page for others.
import { button, choice, download, make } from "../../page/dom.js";
import { get, post } from "../api.js";
import { redraw } from "./redraw.js";

/** @typedef {import("./room.js").Explorer} Explorer */

const Most = 200, Asked = 1000;

/** @param {Explorer} room @returns {{ element: HTMLElement, close: () => void }} */
export function makeSave(room) {
  const { store, generator } = room, panel = make("div"), shared = make("p", { className: "small", role: "status" });
  let which = "picked", timer = 0;
  const codes = () => (which === "picked" ? [store.state.picked] : which === "favourites" ? store.state.favourites : room.tiles.made.map(m => m.code)).slice(0, Most);
  const save = (/** @type {string} */ what, /** @type {string} */ name) => async () => {
    const all = codes();
    if (all.length === 0) return room.say("There are no favourites yet: press ♡ Keep below a picture.");
    download(await room.file(what, { codes: all }), name);
  };
  const doing = (/** @type {() => Promise<unknown>} */ work) => () => { work().catch(room.fail); };
  const name = () => `${room.title}-${generator.facts.run}`;
  /** @param {{ state: string, words: string }} told */
  const tell = told => {
    clearTimeout(timer);
    const { run } = generator.facts;
    if (told.state === "working") timer = setTimeout(doing(async () => tell(await get(`/api/explore/share/${run}`))), Asked);
    shared.replaceChildren(...(told.state === "done"
      ? [make("a", { href: `/api/explore/share/${run}/page`, download: `${name()}.html` }, "Save the page"), " – it opens by double click, without a network."]
      : told.state === "none" ? [] : [told.words]));
  };
  const show = () => redraw(panel,
    choice("Which pictures", [["picked", "The picked one"], ["favourites", "Favourites"], ["tiles", "The tiles"]], which, value => { which = value; show(); }),
    make("div", { className: "buttons" },
      button(which === "picked" ? "Picture" : "Contact sheet", doing(save("sheet", which === "picked" ? `${name()}.png` : `${name()}-sheet.png`)), { className: "main" }),
      button("Latents", doing(save("latents", `${name()}.safetensors`)), { title: "For smirk sample --latents" })),
    make("p", { className: "dim small" }, "Latents are what the pictures are made of: smirk sample --latents FILE makes them again."),
    make("h3", {}, "For others"),
    make("p", { className: "dim small" }, "One HTML page with the generator in it, that anybody can play with (smirk share)."),
    make("div", { className: "buttons" }, button("Make the page", doing(async () => tell(await post("/api/explore/share", generator.asker))))), shared);
  show();
  get(`/api/explore/share/${generator.facts.run}`).then(tell).catch(room.fail);
  return { element: panel, close: () => clearTimeout(timer) };
}
