// Notes as a Standard MIDI File.

/** @typedef {import("./roll.js").Note} Note @typedef {import("./roll.js").Ruled} Ruled */

const TicksPerQuarter = 480, Velocity = 80, OnTheBeat = 92;

/** @param {Note[]} notes @param {Ruled} ruled @returns {Uint8Array<ArrayBuffer>} */
export function midiOf(notes, ruled) {
  const ticks = TicksPerQuarter / ruled.quarter;
  // Ends come before beginnings at the same time, or a note that is struck again would be cut off.
  const events = notes.flatMap(note => [
    { at: note.start * ticks, isOn: 1, pitch: note.pitch, velocity: note.start % ruled.beat === 0 ? OnTheBeat : Velocity },
    { at: note.end * ticks, isOn: 0, pitch: note.pitch, velocity: 0 },
  ]).sort((a, b) => a.at - b.at || a.isOn - b.isOn || a.pitch - b.pitch);
  const tempo = Math.round(60e6 / ruled.tempo), track = [0, 0xff, 0x51, 3, ...bytes(tempo, 3)];
  let now = 0;
  for (const { at, isOn, pitch, velocity } of events) {
    track.push(...variable(at - now), isOn ? 0x90 : 0x80, pitch, velocity);
    now = at;
  }
  track.push(0, 0xff, 0x2f, 0);
  return new Uint8Array([...text("MThd"), ...bytes(6, 4), ...bytes(0, 2), ...bytes(1, 2), ...bytes(TicksPerQuarter, 2),
    ...text("MTrk"), ...bytes(track.length, 4), ...track]);
}

const text = (/** @type {string} */ name) => [...name].map(letter => letter.charCodeAt(0));

const bytes = (/** @type {number} */ value, /** @type {number} */ count) =>
  Array.from({ length: count }, (_, i) => (value >> (8 * (count - 1 - i))) & 0xff);

/** Seven bits a byte; all but the last have the eighth set. @param {number} value */
function variable(value) {
  const all = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) all.unshift(0x80 | (rest & 0x7f));
  return all;
}
