// The report's tunes: each drawing has a button that plays it, and a line that shows where it is.
import { Player } from "./player.js";
import { stepsOf } from "./roll.js";

const player = new Player();

for (const tune of /** @type {Iterable<HTMLElement>} */ (document.querySelectorAll(".tune"))) {
  const button = /** @type {HTMLButtonElement} */ (tune.querySelector("button")), line = /** @type {HTMLElement} */ (tune.querySelector(".playhead"));
  const { notes, ruled, size } = JSON.parse(tune.dataset.tune ?? "{}");
  const all = notes.map((/** @type {number[]} */ [start, end, pitch]) => ({ start, end, pitch }));
  let isMine = false;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (isMine) return player.stop();
    player.play(all, ruled, stepsOf(size), {
      at: way => (line.style.left = `${way * 100}%`),
      ended: () => {
        isMine = false;
        line.hidden = true;
        button.textContent = "▶ Play";
      },
    });
    isMine = true;
    line.hidden = false;
    button.textContent = "■ Stop";
  });
}
