// The studio's page: rooms by the address after #, one at a time.
import { button, byId, make } from "../page/dom.js";
import { get, post } from "./api.js";
import { loadKeys } from "./keys.js";
import { exploreRoom } from "./explore/room.js";
import { reviewRoom } from "./review/room.js";
import { runsRoom } from "./runs/room.js";

/**
 * @typedef {object} Studio what rooms are given
 * @property {HTMLElement} place where the room shows itself @property {string} at what follows the room's name in the address
 * @property {(text: string) => void} say tells the person @property {(error: unknown) => void} fail
 * @property {Facts} facts
 * @typedef {object} Facts what is known of the workspace
 * @property {string} name @property {string} folder @property {string} version
 * @typedef {(studio: Studio) => Promise<() => void>} Room opens a room; what it returns leaves it
 */

/** @type {{ id: string, name: string, open: Room }[]} */
const rooms = [
  { id: "review", name: "Review", open: reviewRoom },
  { id: "runs", name: "Runs", open: runsRoom },
  { id: "explore", name: "Explore", open: exploreRoom },
];

const say = (/** @type {string} */ text) => { byId("status").textContent = text; };
const fail = (/** @type {unknown} */ error) => {
  if (error instanceof DOMException && error.name === "AbortError") return;
  say(error instanceof Error ? error.message : String(error));
};

/** @type {() => void} */
let leave = () => {};
let opening = 0;

/** @param {Facts} facts */
async function show(facts) {
  const mine = ++opening;
  const [id, ...rest] = location.hash.slice(1).split("/");
  const room = rooms.find(r => r.id === id) ?? rooms[0];
  leave();
  leave = () => {};
  byId("rooms").replaceChildren(...rooms.map(r =>
    make("a", { href: `#${r.id}`, ...(r === room ? { "aria-current": "page" } : {}) }, r.name)));
  const place = make("div", { className: `room ${room.id}` });
  byId("room").replaceChildren(place);
  say("");
  try {
    const left = await room.open({ place, at: rest.join("/"), say, fail, facts });
    // Somebody may have gone on while it was opened.
    if (mine === opening) leave = left;
    else left();
  } catch (error) {
    fail(error);
  }
}

async function invite() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
  try {
    const { address } = await post("/api/invitation");
    const field = make("input", { value: address, readOnly: true, "aria-label": "Address", className: "wide" });
    dialog.replaceChildren(make("h2", {}, "Another browser"),
      make("p", {}, "This address lets one more browser on this machine in, once:"), field,
      make("div", { className: "buttons" }, button("Copy", () => { field.select(); navigator.clipboard?.writeText(address); }),
        button("Close", () => dialog.close(), { className: "main" })));
    dialog.showModal();
  } catch (error) {
    fail(error);
  }
}

async function start() {
  try {
    const [facts] = await Promise.all([get("/api/facts"), loadKeys()]);
    document.title = `${facts.name} – Smirk studio`;
    byId("title").textContent = facts.name;
    byId("tools").append(button("Another browser…", invite, { className: "plain" }));
    addEventListener("hashchange", () => show(facts));
    await show(facts);
  } catch (error) {
    fail(error);
  }
}

start();
