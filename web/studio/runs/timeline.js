// One slider for everything that has a time: it stands at a kimg, or follows the end of a run that is trained.
import { button, make } from "../../page/dom.js";
import { kimgs } from "./words.js";

/**
 * @typedef {object} Timeline
 * @property {HTMLElement} element @property {() => number} at where it stands, in kimg
 * @property {(kimg: number) => void} seek @property {() => void} live goes to the end and follows it
 * @property {(end: number, marks: import("./model.js").Remark[], isLive: boolean) => void} show how far
 *   time goes, what happened when, and whether it still goes on
 */

// Half of the slider's knob: marks stand where its middle would.
const knob = 8;

/** @param {() => void} moved called when it stands elsewhere @returns {Timeline} */
export function timeline(moved) {
  let end = 0;
  let follows = true;
  const input = make("input", { type: "range", min: 0, max: 0, step: "any", className: "wide", "aria-label": "Time, in thousands of pictures shown" });
  const where = make("output", { className: "where" });
  const follow = button("Live", () => line.live(), { "aria-pressed": true, title: "Go to the newest, and follow it" });
  const marks = make("div", { className: "marks" });
  const element = make("div", { className: "timeline" }, make("div", { className: "track" }, input, marks), where, follow);

  function say() {
    where.textContent = `at ${kimgs(line.at())}`;
    input.setAttribute("aria-valuetext", where.textContent);
    follow.setAttribute("aria-pressed", String(follows));
  }
  input.addEventListener("input", () => {
    // At the right end it follows what is still to come.
    follows = Number(input.value) >= end * 0.9999;
    say();
    moved();
  });

  /** @type {Timeline} */
  const line = {
    element,
    at: () => follows ? end : Math.min(end, Number(input.value)),
    seek(kimg) {
      follows = kimg >= end;
      input.value = String(kimg);
      say();
      moved();
    },
    live() {
      follows = true;
      input.value = String(end);
      say();
      moved();
    },
    show(last, remarks, isLive) {
      follow.textContent = isLive ? "Live" : "End";
      end = last;
      input.max = String(end);
      input.disabled = end <= 0;
      if (follows) input.value = String(end);
      marks.replaceChildren(...remarks.map(remark => {
        const mark = button("", () => line.seek(remark.kimg), { className: "mark", title: `${kimgs(remark.kimg)}: ${remark.text}`,
          "aria-label": `Go to ${kimgs(remark.kimg)}: ${remark.text}` });
        const share = end > 0 ? Math.min(1, remark.kimg / end) : 0;
        mark.style.left = `calc(${knob}px + ${share} * (100% - ${2 * knob}px))`;
        return mark;
      }));
      say();
    },
  };
  return line;
}
