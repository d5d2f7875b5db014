// "Is it copied?" The training pictures that come nearest to the one in view, with their stories.
import { button, byId, make } from "../../page/dom.js";
import { get } from "../api.js";

/**
 * @typedef {import("./room.js").Explorer} Explorer
 * @typedef {{ id: number | null, name: string, mirrored: boolean, distance: number }} Neighbour
 */

// Above, a picture lies nearer to a training picture than almost any that was never trained on.
const Suspicious = 0.95;

/** @param {Explorer} room */
export function makeNearest(room) {
  const { store, generator } = room, panel = make("div"), found = make("div", { role: "status" });

  /** @param {Neighbour} neighbour */
  const story = async neighbour => {
    const facts = await get(`/api/pictures/${neighbour.id}`), dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
    dialog.replaceChildren(make("h2", {}, facts.name), make("div", { className: "beside" },
      make("img", { src: document.querySelector(".explore .large")?.getAttribute("src") ?? "", alt: "The generated picture" }),
      make("img", { src: `/api/pictures/${neighbour.id}/view`, alt: "The training picture" })),
    ...facts.lines.map((/** @type {string} */ line) => make("p", { className: "small" }, line)),
    ...(facts.link ? [make("p", {}, make("a", { href: facts.link, target: "_blank", rel: "noreferrer noopener" }, facts.link))] : []),
    make("div", { className: "buttons" }, button("Close", () => dialog.close(), { className: "main" })));
    dialog.showModal();
  };
  /** @param {string} title @param {Neighbour[]} neighbours */
  const row = (title, neighbours) => [make("h3", {}, title), make("div", { className: "thumbs" }, ...neighbours.map(n => n.id === null
    ? make("span", { className: "thumb dim small", title: n.name }, "not in the workspace any more")
    : make("button", { type: "button", className: "thumb", title: `${n.name}, distance ${n.distance}${n.mirrored ? ", mirrored" : ""}`,
      "aria-label": `Story of ${n.name}`, onclick: () => story(n).catch(room.fail) },
    make("img", { src: `/api/pictures/${n.id}/thumb`, alt: "", loading: "lazy" }))))];

  const look = async () => {
    const { picked } = store.state;
    found.replaceChildren(make("p", { className: "dim" }, "Looking… The first time takes some seconds."));
    const near = await generator.ask("nearest", { code: picked });
    if (!near || store.state.picked !== picked) return;
    const share = near.nearerThanHeldOut, percent = Math.round((share ?? 0) * 100);
    found.replaceChildren(make("p", { className: share !== null && share >= Suspicious ? "bad" : "" }, share === null ? "This run held no pictures out to compare with."
      : `Nearer to its nearest training picture than ${percent} % of ${near.heldOut} held-out pictures are to theirs. ${share >= Suspicious
        ? "It may be a copy, or only plainer than they are: compare them." : "No sign of a copy."}`),
    ...row("Nearest by pixels", near.byPixels), ...row("Nearest by features", near.byFeatures));
  };
  panel.append(make("p", { className: "dim small" }, "Is it copied? The pictures that the generator learnt from and that come nearest to this one."),
    make("div", { className: "buttons" }, button("Find the nearest", () => look().catch(error => { found.replaceChildren(); room.fail(error); }), { className: "main" })), found);
  store.listen((state, before) => state.picked !== before.picked && found.replaceChildren());
  return panel;
}
