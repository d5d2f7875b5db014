// Sliders along the main directions of variation.
import { make } from "../../page/dom.js";

/** @typedef {import("./room.js").Explorer} Explorer */

// Beyond three standard deviations hardly a picture was ever trained on.
const Reach = 3;

/** @param {Explorer} room @returns {{ element: HTMLElement, open: () => void }} */
export function makeSliders(room) {
  const { store, generator } = room, rows = make("div"), panel = make("div", {}, rows,
    make("p", { className: "dim small" }, "The directions in which pictures vary most, in standard deviations."));
  /** @type {{ input: HTMLInputElement, output: HTMLOutputElement }[]} */
  let sliders = [];
  let shown = "";

  const add = (/** @type {number} */ direction) => {
    const name = `Direction ${direction + 1}`;
    const input = make("input", { type: "range", min: -Reach, max: Reach, step: 0.05, "aria-label": name }), output = make("output");
    // While it is held, the picture is moved from where the slider was taken.
    let from = "";
    input.addEventListener("input", () => {
      if (!from) {
        from = store.state.picked;
        store.mark();
      }
      output.textContent = Number(input.value).toFixed(1);
      generator.make("move", { code: from, direction, to: Number(input.value) }).then(made => {
        if (!made) return;
        shown = made.code;
        room.pick(made.code, false);
      }).catch(room.fail);
    });
    input.addEventListener("change", () => (from = ""));
    rows.append(make("label", { className: "range" }, make("span", {}, name), input, output));
    return { input, output };
  };
  /** Shows where the picked picture lies. */
  const open = async () => {
    const { picked } = store.state;
    if (shown === picked || panel.closest("[hidden]")) return;
    const answer = await generator.ask("places", { code: picked });
    if (!answer || store.state.picked !== picked) return;
    shown = picked;
    if (!sliders.length) sliders = answer.places.map((/** @type {number} */ _, /** @type {number} */ i) => add(i));
    for (const [i, { input, output }] of sliders.entries()) {
      input.value = String(answer.places[i]);
      output.textContent = answer.places[i].toFixed(1);
    }
  };
  const show = () => { open().catch(room.fail); };
  store.listen((state, before) => state.picked !== before.picked && show());
  return { element: panel, open: show };
}
