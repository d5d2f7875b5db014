// The latent as a small picture that one paints on.
import { make, slider } from "./dom.js";
import { encode } from "./code.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app @param {number} edge numbers a side */
export function makePixels(app, edge) {
  const { space, store } = app, most = space.isUniform ? 1 : 3;
  const canvas = make("canvas", { id: "pixels", width: edge, height: edge, tabIndex: 0, role: "application",
    "aria-label": `Latent, ${edge} × ${edge} numbers. Arrows choose one, plus and minus change it.` });
  const told = make("p", { className: "dim small", role: "status", textContent: "Every picture is made of these numbers. Paint on them." });
  let brush = most * 0.7, cell = 0, isDown = false;
  const valueOf = (/** @type {number} */ i) => app.picked().rows[0][i] / space.unit;
  const show = () => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    for (let i = 0; i < edge * edge; i++) {
      const value = Math.max(-1, Math.min(1, valueOf(i) / most));
      context.fillStyle = `hsl(${value < 0 ? 215 : 330} 70% ${50 + 45 * (1 - Math.abs(value)) - 5}%)`;
      context.fillRect(i % edge, Math.floor(i / edge), 1, 1);
    }
  };
  const put = (/** @type {number} */ index, /** @type {number} */ value) => {
    cell = index;
    told.textContent = `Number ${index}: ${valueOf(index).toFixed(2)} → ${value.toFixed(2)}`;
    app.pick(encode(space.put(app.picked(), index, Math.max(-most, Math.min(most, value)))), false);
  };
  const at = (/** @type {PointerEvent} */ event) => {
    const box = canvas.getBoundingClientRect(), place = (/** @type {number} */ x) => Math.max(0, Math.min(edge - 1, Math.floor(x * edge)));
    return place((event.clientY - box.top) / box.height) * edge + place((event.clientX - box.left) / box.width);
  };
  canvas.addEventListener("pointerdown", event => {
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    store.mark();
    put(at(event), brush);
  });
  canvas.addEventListener("pointermove", event => isDown && put(at(event), brush));
  canvas.addEventListener("pointerup", () => (isDown = false));
  canvas.addEventListener("pointercancel", () => (isDown = false));
  canvas.addEventListener("keydown", event => {
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: edge, ArrowUp: -edge }[event.key];
    const change = { "+": 0.25, "=": 0.25, "-": -0.25 }[event.key];
    if (move && cell + move >= 0 && cell + move < edge * edge) cell += move;
    else if (change) {
      store.mark();
      put(cell, valueOf(cell) + change);
    } else return;
    event.preventDefault();
    told.textContent = `Number ${cell}: ${valueOf(cell).toFixed(2)}`;
  });
  store.listen((state, before) => state.picked !== before.picked && show());
  show();
  return make("div", {}, canvas, slider("Brush", { min: -most, max: most, step: most / 20, value: brush }, value => (brush = value)), told);
}
