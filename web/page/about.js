// What these pictures are.
import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function makeAbout(app) {
  const { facts, pool } = app, { credits } = facts;
  /** @type {[string, string][]} */
  const lines = [
    ["Pictures", `${facts.width} × ${facts.height} pixels, made in your browser when you look; none of them existed before`],
    ["Network", `recipe ${facts.recipe}, run ${facts.run}, trained on ${facts.kimg.toLocaleString("en")} thousand views`],
    ["Learnt from", credits ? `${credits.pictures.toLocaleString("en")} pictures from ${credits.places === 1 ? "one place" : `${credits.places} places`}` : "not told"],
    ["Licence", facts.licence || "not told"],
    ["Runs on", pool.isFast ? "WebAssembly SIMD" : "plain JavaScript: this browser has no WebAssembly SIMD, so it is slower"],
    ["Made with", `Smirk ${facts.version}`],
    ["Privacy", "the page is complete in itself and sends nothing anywhere"],
  ];
  if (facts.copying) lines.splice(3, 0, ["Copies?", facts.copying.replace(/^Copying: /, "")]);
  const sources = (credits?.sources ?? []).map(source =>
    make("li", { textContent: `${source.name}: ${source.pictures.toLocaleString("en")}${source.author ? `, posted by ${source.author}` : ""}` }));
  return make("div", {}, make("dl", {}, ...lines.flatMap(([name, text]) => [make("dt", { textContent: name }), make("dd", { textContent: text })])),
    ...(sources.length ? [make("h2", { textContent: "Where the pictures came from" }), make("ul", { className: "small" }, ...sources)] : []));
}
