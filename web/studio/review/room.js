// The review room: a person decides about what Smirk isn't sure of.

/** @type {import("../studio.js").Room} */
export async function reviewRoom({ place }) {
  place.textContent = "";
  return () => {};
}
