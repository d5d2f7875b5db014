// The picked tune: played, and saved as MIDI.
import { midiOf } from "../../music/midi.js";
import { listening } from "../../music/listen.js";
import { Player } from "../../music/player.js";
import { notesOf } from "../../music/roll.js";
import { button, download, make } from "../../page/dom.js";

/** @typedef {import("./room.js").Explorer} Explorer */

/** What plays and saves tunes. @param {Explorer} room @returns {{ line: HTMLElement, buttons: HTMLElement[], stop: () => void }} */
export function makeListen(room) {
  const { generator, store } = room, player = new Player(), line = make("div", { className: "playhead", hidden: true });
  const { roll, size } = generator.facts;
  const notes = async () => {
    const made = await generator.picture(store.state.picked);
    if (!made?.roll) return null;
    // Interleaved RGB comes; pages work on RGBA.
    const rgb = atob(made.roll), pixels = new Uint8ClampedArray(4 * size * size).fill(255);
    for (let i = 0; i < rgb.length; i++) pixels[4 * Math.floor(i / 3) + (i % 3)] = rgb.charCodeAt(i);
    return notesOf({ size, pixels });
  };
  if (!roll) return { line, buttons: [], stop: () => {} };
  const save = async () => {
    const all = await notes();
    if (all) download(new Blob([midiOf(all, roll)], { type: "audio/midi" }), `${room.title}-${generator.facts.run}.mid`);
  };
  const listen = button("▶ Play", () => play().catch(room.fail), { className: "main" });
  const play = listening(listen, line, player, roll, size, notes);
  return {
    line,
    buttons: [listen, button("MIDI", () => save().catch(room.fail), { title: "Save this tune as a MIDI file" })],
    stop: () => player.stop(),
  };
}
