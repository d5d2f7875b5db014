// A slider with its name and value.
import { make } from "../../page/dom.js";

/**
 * @param {string} label
 * @param {{ min: number, max: number, step: number, value: number, text?: (value: number) => string }} of
 * @param {{ begin?: () => void, change?: (value: number) => void, end?: (value: number) => void }} tell when it is taken, moved, let go
 */
export function range(label, of, tell) {
  const input = make("input", { type: "range", min: of.min, max: of.max, step: of.step, "aria-label": label }), output = make("output");
  const show = () => { output.textContent = of.text ? of.text(Number(input.value)) : input.value; };
  input.value = String(of.value);
  show();
  let isHeld = false;
  input.addEventListener("input", () => {
    if (!isHeld) tell.begin?.();
    isHeld = true;
    show();
    tell.change?.(Number(input.value));
  });
  input.addEventListener("change", () => {
    isHeld = false;
    tell.end?.(Number(input.value));
  });
  return make("label", { className: "range" }, make("span", {}, label), input, output);
}
