// Animated GIFs (GIF89a): 256 colours for all frames, chosen by median cut (Heckbert 1982), compressed by LZW.

/** @typedef {import("./pool.js").Drawn} Drawn */

// Colours are told apart by five bits a channel: finer ones would be lost among 256 anyway.
const Kept = 5, Buckets = 1 << (3 * Kept);

const bucketOf = (/** @type {Uint8ClampedArray} */ p, /** @type {number} */ i) =>
  ((p[i] >> 3) << 10) | ((p[i + 1] >> 3) << 5) | (p[i + 2] >> 3);

/** @param {Drawn[]} frames of one size @param {number} delay milliseconds @returns {Uint8Array<ArrayBuffer>} it repeats for ever */
export function encodeGif(frames, delay) {
  const { palette, nearest } = coloursOf(frames), { width, height } = frames[0];
  const parts = [ascii("GIF89a"), Uint8Array.of(...short(width), ...short(height), 0xf7, 0, 0), palette,
    Uint8Array.of(0x21, 0xff, 11), ascii("NETSCAPE2.0"), Uint8Array.of(3, 1, 0, 0, 0)];
  for (const { pixels } of frames) {
    const indices = new Uint8Array(width * height);
    for (let i = 0; i < indices.length; i++) indices[i] = nearest[bucketOf(pixels, 4 * i)];
    parts.push(Uint8Array.of(0x21, 0xf9, 4, 0, ...short(Math.round(delay / 10)), 0, 0),
      Uint8Array.of(0x2c, 0, 0, 0, 0, ...short(width), ...short(height), 0, 8), blocks(compressed(indices)));
  }
  parts.push(Uint8Array.of(0x3b));
  return joined(parts);
}

/** @param {Drawn[]} frames */
function coloursOf(frames) {
  const counts = new Uint32Array(Buckets);
  for (const { pixels } of frames) for (let i = 0; i < pixels.length; i += 4) counts[bucketOf(pixels, i)]++;
  let boxes = [Array.from(counts.keys()).filter(bucket => counts[bucket] > 0)];
  const channel = (/** @type {number} */ bucket, /** @type {number} */ c) => (bucket >> (10 - 5 * c)) & 31;
  const spread = (/** @type {number[]} */ box) => [0, 1, 2].map(c => {
    let [low, high] = [31, 0];
    for (const bucket of box) [low, high] = [Math.min(low, channel(bucket, c)), Math.max(high, channel(bucket, c))];
    return high - low;
  });
  const weight = (/** @type {number[]} */ box) => box.reduce((sum, bucket) => sum + counts[bucket], 0);
  const ranked = boxes.map(box => ({ box, spread: spread(box), weight: weight(box) }));
  while (ranked.length < 256) {
    // The box in which most pixels are furthest apart is cut where half of them lie on each side.
    const at = ranked.reduce((best, b, i) => (score(b) > score(ranked[best]) ? i : best), 0), { box, spread: s, weight: all } = ranked[at];
    if (score(ranked[at]) === 0) break;
    const widest = s.indexOf(Math.max(...s));
    box.sort((a, b) => channel(a, widest) - channel(b, widest));
    let cut = 1;
    for (let sum = counts[box[0]]; cut < box.length - 1 && 2 * sum < all; cut++) sum += counts[box[cut]];
    const halves = [box.slice(0, cut), box.slice(cut)];
    ranked.splice(at, 1, ...halves.map(half => ({ box: half, spread: spread(half), weight: weight(half) })));
  }
  boxes = ranked.map(b => b.box);
  const palette = new Uint8Array(768), nearest = new Uint8Array(Buckets);
  boxes.forEach((box, index) => {
    const total = weight(box);
    for (let c = 0; c < 3; c++) {
      palette[3 * index + c] = box.reduce((sum, bucket) => sum + counts[bucket] * (8 * channel(bucket, c) + 4), 0) / (total || 1);
    }
    for (const bucket of box) nearest[bucket] = index;
  });
  return { palette, nearest };
}

const score = (/** @type {{ box: number[], spread: number[], weight: number }} */ b) =>
  b.box.length < 2 ? 0 : b.weight * Math.max(...b.spread) ** 2;

/** LZW with codes of 9 to 12 bits. @param {Uint8Array} indices @returns {Uint8Array} */
function compressed(indices) {
  const clear = 256, end = 257, bytes = [];
  let bits = 0, filled = 0, width = 9, next = end + 1, known = new Map(), prefix = indices[0];
  const put = (/** @type {number} */ code) => {
    bits |= code << filled;
    for (filled += width; filled >= 8; filled -= 8, bits >>>= 8) bytes.push(bits & 255);
  };
  put(clear);
  for (let i = 1; i < indices.length; i++) {
    const key = prefix * 256 + indices[i], code = known.get(key);
    if (code !== undefined) {
      prefix = code;
      continue;
    }
    put(prefix);
    if (next === 4096) {
      put(clear);
      [known, next, width] = [new Map(), end + 1, 9];
    } else {
      if (next === 1 << width) width++;
      known.set(key, next++);
    }
    prefix = indices[i];
  }
  put(prefix);
  put(end);
  if (filled > 0) bytes.push(bits & 255);
  return Uint8Array.from(bytes);
}

/** In blocks of up to 255 bytes. @param {Uint8Array} bytes */
function blocks(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const part = bytes.subarray(at, at + 255);
    parts.push(Uint8Array.of(part.length), part);
  }
  return joined([...parts, Uint8Array.of(0)]);
}

const short = (/** @type {number} */ x) => [x & 255, x >> 8];
const ascii = (/** @type {string} */ text) => Uint8Array.from(text, letter => letter.charCodeAt(0));

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
