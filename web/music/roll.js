// Piano rolls: as a person reads them, and what is to be played of them. A roll's pixels hold three steps of time in their red, green and
// blue, a row is a pitch, the highest on top. Drawn as `smirk sample --grid` draws them.

/**
 * @typedef {{ beat: number, quarter: number, tempo: number }} Ruled steps of a beat and of a quarter, and quarters a minute
 * @typedef {{ start: number, end: number, pitch: number }} Note in steps, the end excluded; MIDI's number
 * @typedef {{ size: number, pixels: Uint8ClampedArray }} Square RGBA
 */

const Thirds = 3, Bar = 48, PitchHeight = 2, Octave = 12;
const IsBlack = [0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0];
const Ink = [31, 58, 110], WhiteKey = [253, 252, 249], BlackKey = [243, 241, 235], BeatLine = [226, 222, 212], BarLine = [176, 168, 150];

// A value from here on sounds; a step alone is mostly a slip.
const Threshold = 128, Shortest = 2;

/** The pitch of a roll's last row: four bars have the pitches from 36 on, eight have all. @param {number} size */
const lowestOf = size => (size === 64 ? 36 : 0);

/** How many steps long a roll is. @param {number} size */
export const stepsOf = size => size * Thirds;

/**
 * A roll as one reads it: time to the right, beats and bars ruled, the rows of black keys shaded.
 * @param {Square} square @param {Ruled} ruled @param {number} factor pixels a step
 * @returns {{ width: number, height: number, pixels: Uint8ClampedArray }} RGBA
 */
export function drawRoll({ size, pixels }, ruled, factor) {
  const width = size * Thirds * factor, high = PitchHeight * factor, height = size * high;
  const made = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / high), key = IsBlack[(size - 1 - row) % Octave] ? BlackKey : WhiteKey;
    for (let x = 0; x < width; x++) {
      const step = Math.floor(x / factor), isFirst = x % factor === 0;
      const paper = isFirst && step % Bar === 0 ? BarLine : isFirst && step % ruled.beat === 0 ? BeatLine : key;
      const sounds = pixels[4 * (row * size + Math.floor(step / Thirds)) + (step % Thirds)] / 255;
      for (let c = 0; c < 3; c++) made[4 * (y * width + x) + c] = paper[c] + sounds * (Ink[c] - paper[c]);
    }
  }
  return { width, height, pixels: made };
}

/** The notes of a roll, by their beginnings. @param {Square} square @returns {Note[]} */
export function notesOf({ size, pixels }) {
  const notes = [], steps = stepsOf(size), highest = lowestOf(size) + size - 1;
  for (let row = 0; row < size; row++) {
    for (let step = 0, start = -1; step <= steps; step++) {
      const sounds = step < steps && pixels[4 * (row * size + Math.floor(step / Thirds)) + (step % Thirds)] >= Threshold;
      if (sounds && start < 0) start = step;
      if (sounds || start < 0) continue;
      if (step - start >= Shortest) notes.push({ start, end: step, pitch: highest - row });
      start = -1;
    }
  }
  return notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
}

/** How long a step lasts, in seconds. @param {Ruled} ruled */
export const secondsOf = ruled => 60 / ruled.tempo / ruled.quarter;
