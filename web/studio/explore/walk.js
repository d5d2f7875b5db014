// A walk from favourite to favourite: played, or saved.
import { button, choice, download, make } from "../../page/dom.js";
import { range } from "./range.js";
import { redraw } from "./redraw.js";

/** @typedef {import("./room.js").Explorer} Explorer */

/** @param {Explorer} room @param {import("./stage.js").Stage} stage @returns {{ element: HTMLElement, stop: () => void }} */
export function makeWalk(room, stage) {
  const { store, generator } = room, panel = make("div");
  let seconds = 1.6, isPlaying = false, format = "gif", isSaving = false;
  const stops = () => store.state.favourites;

  const play = async () => {
    const all = stops(), begin = performance.now();
    isPlaying = true;
    show();
    while (isPlaying) {
      const way = (performance.now() - begin) / 1000 / seconds % all.length, leg = Math.floor(way), part = way - leg;
      // Slow at each picture, faster between.
      const made = await generator.ask("mix", { codes: [all[leg], all[(leg + 1) % all.length]], way: part * part * (3 - 2 * part) });
      if (made && isPlaying) stage.draw(made.picture);
      await new Promise(resolve => requestAnimationFrame(resolve));
    }
  };
  const stop = () => {
    if (!isPlaying) return;
    isPlaying = false;
    show();
    stage.show();
  };
  const save = async () => {
    isSaving = true;
    show();
    try {
      download(await room.file("walk", { codes: stops(), seconds, format }), `walk.${format}`);
    } finally {
      isSaving = false;
      show();
    }
  };
  function show() {
    const few = stops().length < 2;
    redraw(panel,
      make("p", { className: "dim small" }, few ? `A walk goes from favourite to favourite: keep at least two (♡ Keep). You have ${stops().length}.`
        : `Through your ${stops().length} favourites and back to the first.`),
      make("div", { className: "buttons" },
        button(isPlaying ? "❚❚ Stop" : "▶ Play", () => isPlaying ? stop() : play().catch(error => { stop(); room.fail(error); }), { className: "main", disabled: few }),
        choice("Save as", [["gif", "GIF"], ["webp", "WebP"]], format, value => { format = value; show(); }),
        button(isSaving ? "Making it…" : "Save", () => save().catch(room.fail), { disabled: few || isSaving })),
      range("Seconds a picture", { min: 0.5, max: 4, step: 0.1, value: seconds, text: v => v.toFixed(1) }, { change: value => (seconds = value) }));
  }
  store.listen((state, before) => {
    if (state.picked !== before.picked) stop();
    if (state.favourites !== before.favourites) show();
  });
  show();
  return { element: panel, stop: () => { isPlaying = false; } };
}
