// Random numbers that a seed repeats.

/** @typedef {() => number} Random numbers from 0 up to 1 */

/** A seed that nobody chose. */
export function freshSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

/** Marsaglia's xorshift with a Weyl sequence ("xorwow", 2003). @param {number} seed @returns {Random} */
export function randomFrom(seed) {
  let [a, b, c, d, e, counter] = [seed ^ 0x9e3779b9, seed * 0x85ebca6b + 1, 0x6c078965, seed ^ 0xc2b2ae35, 5783321, 6615241];
  const next = () => {
    const t = a ^ (a >>> 2);
    [a, b, c, d] = [b, c, d, e];
    e = e ^ (e << 4) ^ t ^ (t << 1);
    counter = (counter + 362437) | 0;
    return ((e + counter) >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** N(0, 1) (Box and Muller 1958). @param {Random} random */
export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
