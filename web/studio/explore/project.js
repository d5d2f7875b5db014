// One's own picture: given, cut, and the latent searched for that comes nearest.
import { button, make } from "../../page/dom.js";
import { follow, post, upload } from "../api.js";
import { BoxEditor } from "../review/boxes.js";

/**
 * @typedef {import("./room.js").Explorer} Explorer
 * @typedef {{ id: string, width: number, height: number, view: string, box: number[], words: string }} Given
 * @typedef {object} Told how it stands
 * @property {"waiting" | "preparing" | "searching" | "comparing" | "done" | "cancelled" | "failed"} state @property {string} words
 * @property {number | null} share @property {string | null} target @property {string | null} picture @property {number | null} distance
 * @property {{ code: string, distance: number, nearestSample: number, samples: number, nearerThan: number | null, heldOut: number } | null} result
 */

/** @param {Explorer} room @returns {{ element: HTMLElement, take: (file: File) => void, close: () => void }} */
export function makeProject(room) {
  const { generator } = room, file = make("input", { type: "file", accept: "image/*", hidden: true, "aria-label": "Your picture" });
  const intro = make("p", { className: "dim small" }, "Drop a picture anywhere here, or choose one: the generator's picture that comes nearest is searched for. It stays on this machine.");
  const place = make("div"), progress = make("div", { className: "projection" });
  const compare = make("input", { type: "checkbox", checked: true });
  /** @type {BoxEditor | null} */
  let editor = null;
  /** @type {Given | null} */
  let given = null;
  let stop = () => {}, running = "";

  const take = (/** @type {File} */ picture) => {
    place.replaceChildren(make("p", { className: "dim" }, "Reading it…"));
    const { run, snapshot } = generator.facts;
    upload(`/api/explore/project/upload?${new URLSearchParams({ run, snapshot })}`, picture).then(show).catch(error => {
      place.replaceChildren();
      room.fail(error);
    });
  };
  /** @param {Given} picture */
  const show = picture => {
    given = picture;
    editor?.close();
    const [x, y, width, height] = picture.box;
    const boxes = editor = new BoxEditor(picture.view, picture, [{ x, y, width, height, angle: 0 }], { margin: 0, shape: generator.facts.width / generator.facts.height }, () => {
      // One box only: the newest.
      if (boxes.boxes.length > 1) {
        boxes.boxes.splice(0, boxes.boxes.length - 1);
        boxes.chosen = 0;
        boxes.draw();
      }
    });
    boxes.image.alt = "Your picture, with what is taken of it";
    place.replaceChildren(make("p", { className: "small" }, picture.words, " Drag the box, or its edges."), boxes.element,
      make("label", { className: "field small" }, compare, "Then say how near others come (slow once a snapshot)"),
      make("div", { className: "buttons" }, button("Search", () => start().catch(room.fail), { className: "main" }), boxes.previews));
    progress.replaceChildren();
    intro.hidden = true;
    place.scrollIntoView({ block: "nearest" });
  };
  const start = async () => {
    if (!given) return;
    const box = editor?.isEdited ? editor.words[0]?.slice(0, 4) : null;
    const { id } = await post("/api/explore/project/start", { ...generator.asker, upload: given.id, box, compare: compare.checked });
    running = id;
    stop();
    let isPicked = false;
    const unfollow = stop = follow(`/api/explore/project/follow/${id}`, (/** @type {Told} */ told) => {
      tell(told);
      if (told.result && !isPicked) {
        isPicked = true;
        room.pick(told.result.code);
      }
      if (["done", "cancelled", "failed"].includes(told.state)) {
        running = "";
        unfollow();
      }
      if (told.state === "failed") room.say(told.words);
    });
  };
  const cancel = () => {
    if (running) post("/api/explore/project/cancel", { id: running }).catch(room.fail);
  };
  const target = make("img", { alt: "Your picture, as it is cut" }), nearest = make("img", { alt: "The nearest so far" });
  const bar = make("progress", { max: 1, "aria-label": "How far it is" }), words = make("p", { className: "small" });
  const end = button("Cancel", cancel), again = button("Show it", () => { if (found) room.pick(found); });
  let found = "";

  /** @param {Told} told */
  const tell = told => {
    if (!bar.isConnected) {
      progress.replaceChildren(make("div", { className: "beside" }, target, nearest), bar, words, make("div", { className: "buttons" }, end, again));
      progress.scrollIntoView({ block: "nearest" });
    }
    if (told.target) target.src = told.target;
    if (told.picture) nearest.src = told.picture;
    nearest.hidden = !told.picture;
    target.hidden = !told.target;
    const isOver = ["done", "cancelled", "failed"].includes(told.state), { result } = told;
    bar.hidden = isOver;
    if (told.share === null) bar.removeAttribute("value");
    else bar.value = told.share;
    end.hidden = isOver;
    again.hidden = !result;
    found = result?.code ?? "";
    const how = told.distance === null ? "" : ` Distance ${told.distance.toFixed(2)} (0 is the same, two pictures of the pack are 1 apart).`;
    words.textContent = !result ? `${told.words[0].toUpperCase()}${told.words.slice(1)}.${how}`.replace("….", "…")
      : `Distance ${result.distance.toFixed(2)} (0 is the same, two pictures of the pack are 1 apart); the nearest of ${result.samples} samples: ${result.nearestSample.toFixed(2)}. ${
        result.nearerThan !== null ? `Nearer than ${Math.round(result.nearerThan * 100)} % of ${result.heldOut} pictures that the generator never saw.`
          : told.state === "comparing" ? "Comparing with pictures that it never saw…" : ""}`;
  };
  file.addEventListener("change", () => {
    if (file.files?.[0]) take(file.files[0]);
    file.value = "";
  });
  return {
    element: make("div", {}, intro, make("div", { className: "buttons" }, button("Choose a picture…", () => file.click()), file), place, progress),
    take,
    close: () => { cancel(); stop(); editor?.close(); },
  };
}
