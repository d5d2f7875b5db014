// A button that plays a tune and stops it, and the line over its drawing that shows where it is.
import { stepsOf } from "./roll.js";

/** @typedef {import("./roll.js").Note} Note @typedef {import("./roll.js").Ruled} Ruled */

/**
 * What a click on the button does.
 * @param {HTMLElement} button @param {HTMLElement} line @param {import("./player.js").Player} player may be shared: one tune is played at a time
 * @param {Ruled} ruled @param {number} size of the roll @param {() => Promise<Note[] | null> | Note[]} notes null for nothing to play
 * @returns {() => Promise<void>}
 */
export function listening(button, line, player, ruled, size, notes) {
  let isPlaying = false;
  const show = (/** @type {boolean} */ plays) => {
    isPlaying = plays;
    line.hidden = !plays;
    button.textContent = plays ? "■ Stop" : "▶ Play";
  };
  return async () => {
    if (isPlaying) return player.stop();
    const all = await notes();
    if (!all) return;
    player.play(all, ruled, stepsOf(size), { at: way => (line.style.left = `${way * 100}%`), ended: () => show(false) });
    show(true);
  };
}
