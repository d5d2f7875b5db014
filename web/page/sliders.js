// Sliders along the main directions of variation.
import { make } from "./dom.js";
import { encode } from "./code.js";

/** @typedef {import("./app.js").App} App */

// Beyond three standard deviations hardly a picture was ever trained on.
const Reach = 3;

/** @param {App} app */
export function makeSliders(app) {
  const { facts, space, store } = app;
  /** @type {{ input: HTMLInputElement, output: HTMLOutputElement, vector: number[] }[]} */
  const sliders = [];
  const panel = make("div", {}, ...facts.directions.map(({ name, vector }) => {
    const input = make("input", { type: "range", min: -Reach, max: Reach, step: 0.05, "aria-label": name }), output = make("output");
    sliders.push({ input, output, vector });
    // While it is held, the picture is moved from where the slider was taken: rounding doesn't add up.
    /** @type {import("./latent.js").Picture | null} */
    let from = null;
    input.addEventListener("input", () => {
      if (!from) {
        from = app.picked();
        store.mark();
      }
      output.textContent = Number(input.value).toFixed(1);
      app.pick(encode(space.move(from, vector, Number(input.value) - space.along(from, vector))), false);
    });
    input.addEventListener("change", () => {
      from = null;
      show();
    });
    return make("label", { className: "slider" }, make("span", { textContent: name, title: name }), input, output);
  }), make("p", { className: "dim small", textContent: "The directions in which pictures vary most, in standard deviations." }));
  const show = () => {
    const picture = app.picked();
    for (const { input, output, vector } of sliders) {
      if (input.matches(":active")) continue;
      input.value = String(space.along(picture, vector));
      output.textContent = space.along(picture, vector).toFixed(1);
    }
  };
  store.listen((state, before) => state.picked !== before.picked && show());
  show();
  return panel;
}
