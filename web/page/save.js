// Many pictures at once, and pictures that come back.
import { button, download, make } from "./dom.js";
import { encode } from "./code.js";
import { textOf, zip } from "./files.js";
import { freshSeed, randomFrom } from "./random.js";

/** @typedef {import("./app.js").App} App */

const Most = 400, SheetSize = 128;

/** @param {App} app @param {import("./stage.js").Stage} stage */
export function makeSave(app, stage) {
  const count = make("input", { type: "number", min: 1, max: Most, value: "36", "aria-label": "How many" });
  const bar = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "How many pictures are made" });
  const codes = () => {
    const { creativity, chosen, favourites, source } = app.store.state, random = randomFrom(freshSeed());
    if (source === "favourites" && favourites.length > 0) return favourites;
    const wanted = Math.max(1, Math.min(Most, Math.round(Number(count.value)) || 1));
    return Array.from({ length: wanted }, () => encode(app.space.draw(random, creativity, chosen)));
  };
  /** @template T @param {string[]} all @param {(code: string, index: number) => Promise<T>} work @returns {Promise<T[]>} */
  const each = async (all, work) => {
    let done = 0;
    return Promise.all(all.map(async (code, i) => {
      const result = await work(code, i);
      bar.value = ++done / all.length;
      return result;
    }));
  };
  const sheet = async () => {
    const all = codes(), columns = Math.ceil(Math.sqrt(all.length)), scale = Math.max(1, Math.round(SheetSize / app.facts.size));
    const width = app.facts.width * scale, height = app.facts.height * scale;
    const canvas = make("canvas", { width: columns * width, height: Math.ceil(all.length / columns) * height });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    await each(all, async (code, i) => {
      const drawn = await app.pool.draw(app.space.latent(/** @type {any} */ (app.decode(code))), scale);
      context.putImageData(new ImageData(/** @type {any} */ (drawn.pixels), width, height), (i % columns) * width, Math.floor(i / columns) * height);
    });
    canvas.toBlob(blob => blob && download(blob, "sheet.png"));
  };
  const many = async () => {
    const files = await each(codes(), async (code, i) => ({ name: `picture-${String(i + 1).padStart(3, "0")}.png`, bytes: await stage.png(code) }));
    download(zip(files), "pictures.zip");
  };
  const working = (/** @type {() => Promise<void>} */ work) => () => {
    bar.hidden = false;
    bar.value = 0;
    work().catch(error => app.fail(error)).finally(() => (bar.hidden = true));
  };
  const file = make("input", { type: "file", accept: "image/png", hidden: true, onchange: () => file.files?.[0] && open(app, file.files[0]) });
  acceptDrops(app);
  return make("div", {},
    make("div", { className: "buttons" }, make("label", { className: "field" }, "How many", count), button("Contact sheet", working(sheet)),
      button("Zip of pictures", working(many))),
    make("p", { className: "dim small", textContent: "New pictures; or your favourites, while the tiles show them." }), bar,
    make("div", { className: "buttons" }, button("Open a saved picture…", () => file.click()), file, button("Copy the link", () => {
      navigator.clipboard?.writeText(location.href).then(() => app.say("The link is copied: it opens this picture."), error => app.fail(error));
    })),
    make("p", { className: "dim small", textContent: "A picture saved here knows what it was made of: drop it on this page to go on from it." }));
}

/** Goes on from a picture that was saved here. @param {App} app @param {File} file */
async function open(app, file) {
  try {
    const name = textOf(new Uint8Array(await file.arrayBuffer())), code = name && app.codeIn(name);
    if (code) app.pick(code);
    else app.say(name ? "That picture was made by another generator." : "That file doesn't say what it was made of; only pictures saved here do.");
  } catch (error) {
    app.fail(error);
  }
}

/** @param {App} app */
function acceptDrops(app) {
  const mark = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragover", event => {
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", () => mark(false));
  document.addEventListener("drop", event => {
    event.preventDefault();
    mark(false);
    const file = event.dataTransfer?.files[0];
    if (file) open(app, file);
  });
}
