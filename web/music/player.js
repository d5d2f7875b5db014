// Plays notes in the browser, with a plain sound of its own: something between an organ and a plucked string.
import { secondsOf } from "./roll.js";

/** @typedef {import("./roll.js").Note} Note @typedef {import("./roll.js").Ruled} Ruled */

// Seconds until the first note: the browser needs a moment to begin.
const Lead = 0.06;
const Attack = 0.008, Release = 0.07, Loudness = 0.22, OnTheBeat = 1.2;

export class Player {
  constructor() {
    /** @type {AudioContext | null} */
    this.context = null;
    this.end = () => {};
  }

  /**
   * Plays notes; what was being played ends.
   * @param {Note[]} notes @param {Ruled} ruled @param {number} steps how long all is
   * @param {{ at: (way: number) => void, ended: () => void }} told how far it is, 0…1, with every frame; and when it is over
   */
  play(notes, ruled, steps, { at, ended }) {
    this.stop();
    const context = this.context = new AudioContext(), step = secondsOf(ruled), begin = context.currentTime + Lead, length = steps * step;
    const out = new GainNode(context, { gain: Loudness });
    // Many notes at once would be too loud for any loudspeaker.
    out.connect(new DynamicsCompressorNode(context)).connect(context.destination);
    for (const note of notes) sound(context, out, note, begin, step, note.start % ruled.beat === 0 ? OnTheBeat : 1);
    this.end = ended;
    const frame = () => {
      if (this.context !== context) return;
      const way = (context.currentTime - begin) / length;
      if (way >= 1) return this.stop();
      at(Math.max(0, way));
      requestAnimationFrame(frame);
    };
    frame();
  }

  stop() {
    if (!this.context) return;
    this.context.close().catch(() => {});
    this.context = null;
    this.end();
  }
}

/** @param {AudioContext} context @param {AudioNode} out @param {Note} note @param {number} begin @param {number} step @param {number} loud */
function sound(context, out, { start, end, pitch }, begin, step, loud) {
  const from = begin + start * step, to = begin + end * step, frequency = 440 * 2 ** ((pitch - 69) / 12);
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loud, from + Attack);
  volume.gain.setTargetAtTime(loud * 0.35, from + Attack, 0.3);
  volume.gain.setTargetAtTime(0, Math.max(from + Attack, to - Release), Release / 3);
  volume.connect(out);
  for (const [times, share] of [[1, 0.8], [2, 0.2]]) {
    const tone = new OscillatorNode(context, { type: times === 1 ? "triangle" : "sine", frequency: frequency * times });
    tone.connect(new GainNode(context, { gain: share })).connect(volume);
    tone.start(from);
    tone.stop(to + Release);
  }
}
