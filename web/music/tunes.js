// The report's tunes: each drawing has a button that plays it, and a line that shows where it is.
import { listening } from "./listen.js";
import { Player } from "./player.js";

const player = new Player();

for (const tune of /** @type {Iterable<HTMLElement>} */ (document.querySelectorAll(".tune"))) {
  const button = /** @type {HTMLButtonElement} */ (tune.querySelector("button")), line = /** @type {HTMLElement} */ (tune.querySelector(".playhead"));
  const { notes, ruled, size } = JSON.parse(tune.dataset.tune ?? "{}");
  const all = notes.map((/** @type {number[]} */ [start, end, pitch]) => ({ start, end, pitch }));
  button.hidden = false;
  button.addEventListener("click", listening(button, line, player, ruled, size, () => all));
}
