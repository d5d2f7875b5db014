// What the pack will have of a box.
import { make } from "../../page/dom.js";

/** @typedef {import("./boxes.js").Box} Box */

const Side = 128;
// As CropRecipe has it: the square's middle lies above the face's by this much of the margin.
const Up = 0.1;

/** The square that is cut for a box: its middle and side. @param {Box} box @param {number} margin */
export function squareOf(box, margin) {
  const longest = Math.max(box.width, box.height), up = Up * margin * longest, angle = box.angle * Math.PI / 180;
  return { x: box.x + box.width / 2 + Math.sin(angle) * up, y: box.y + box.height / 2 - Math.cos(angle) * up, side: longest * (1 + margin) };
}

/**
 * Turned upright as the pack does it; what lies outside the picture stays empty here, and is reflected there.
 * @param {HTMLImageElement} image @param {{ width: number, height: number }} size of the picture that the image shows @param {Box} box @param {number} margin
 */
export function asPacked(image, size, box, margin) {
  const canvas = make("canvas", { width: Side, height: Side }), context = canvas.getContext("2d");
  const square = squareOf(box, margin), shown = image.naturalWidth / size.width;
  if (!context || !image.naturalWidth) return canvas;
  context.translate(Side / 2, Side / 2);
  context.scale(Side / square.side, Side / square.side);
  context.rotate(-box.angle * Math.PI / 180);
  context.translate(-square.x, -square.y);
  context.scale(1 / shown, 1 / shown);
  context.drawImage(image, 0, 0);
  return canvas;
}
