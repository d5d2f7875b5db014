// A walk between favourites: played, or saved as GIF or WebM.
import { button, download, make, slider } from "./dom.js";
import { randomFrom } from "./random.js";

/** @typedef {import("./app.js").App} App */

const FrameMilliseconds = 50, GifSize = 256;

/** @param {App} app @param {import("./stage.js").Stage} stage */
export function makeWalk(app, stage) {
  const { space, store } = app;
  let seconds = 1.6, isPlaying = false;
  // Without favourites enough, pictures that nobody chose.
  const stops = () => {
    const random = randomFrom(store.state.seed), kept = store.state.favourites.flatMap(code => app.decode(code) ?? []);
    return kept.length > 1 ? kept : [kept[0] ?? app.picked(), ...Array.from({ length: 3 }, () => space.draw(random, store.state.creativity, store.state.chosen))];
  };
  const at = (/** @type {ReturnType<typeof stops>} */ all, /** @type {number} */ way) => {
    const leg = Math.floor(way) % all.length, part = way - Math.floor(way);
    // Slow at each picture, faster between.
    return space.between(all[leg], all[(leg + 1) % all.length], part * part * (3 - 2 * part));
  };
  /** Plays until it is stopped, or once round. @param {boolean} once */
  const run = async once => {
    const all = stops(), begin = performance.now();
    isPlaying = true;
    play.textContent = "❚❚ Stop";
    for (let way = 0; isPlaying && (!once || way < all.length); way = (performance.now() - begin) / 1000 / seconds) {
      await stage.draw(at(all, way));
      await new Promise(resolve => requestAnimationFrame(resolve));
    }
    isPlaying = false;
    play.textContent = "▶ Play";
  };
  const finish = () => {
    bar.hidden = true;
    for (const b of [play, gif, webm]) b.disabled = false;
    stage.show();
  };
  const saveGif = async () => {
    const all = stops(), frames = Math.round(all.length * seconds * 1000 / FrameMilliseconds);
    const latents = Array.from({ length: frames }, (_, i) => at(all, (i * all.length) / frames));
    const bytes = await app.pool.gif(latents, Math.max(1, Math.round(GifSize / app.facts.size)), FrameMilliseconds, done => (bar.value = done));
    download(new Blob([/** @type {BlobPart} */ (bytes)], { type: "image/gif" }), "walk.gif");
  };
  const saveWebm = async () => {
    const recorder = new MediaRecorder(stage.canvas.captureStream(1000 / FrameMilliseconds), { mimeType: "video/webm", videoBitsPerSecond: 4e6 });
    /** @type {Blob[]} */
    const parts = [], ended = new Promise(resolve => (recorder.onstop = resolve));
    recorder.ondataavailable = event => parts.push(event.data);
    recorder.start();
    bar.removeAttribute("value");
    await run(true);
    recorder.stop();
    await ended;
    download(new Blob(parts, { type: "video/webm" }), "walk.webm");
  };
  const working = (/** @type {() => Promise<void>} */ work) => () => {
    isPlaying = false;
    bar.hidden = false;
    bar.value = 0;
    for (const b of [play, gif, webm]) b.disabled = true;
    work().catch(error => app.fail(error)).finally(finish);
  };
  const bar = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "How much of the walk is saved" });
  const play = button("▶ Play", () => {
    if (isPlaying) isPlaying = false;
    else run(false).catch(error => app.fail(error)).finally(() => stage.show());
  }, { className: "main" });
  const gif = button("Save GIF", working(saveGif)), webm = button("Save WebM", working(saveWebm));
  webm.hidden = typeof MediaRecorder === "undefined" || !MediaRecorder.isTypeSupported("video/webm");
  store.listen((state, before) => state.picked !== before.picked && (isPlaying = false));
  return make("div", {},
    make("p", { className: "dim small", textContent: "From favourite to favourite and back to the first. With fewer than two, through pictures that chance chose." }),
    make("div", { className: "buttons" }, play, gif, webm),
    slider("Seconds a picture", { min: 0.5, max: 4, step: 0.1, value: seconds }, value => (seconds = value)), bar);
}
