// What the pack will have of a box.
import { make } from "../../page/dom.js";

/**
 * @typedef {import("./boxes.js").Box} Box
 * @typedef {{ margin: number, shape: number }} Cutting the room around a box, in boxes, and width divided by height of what is cut
 */

const Side = 128;
// As CropRecipe has it: the square's middle lies above the face's by this much of the margin.
const Up = 0.1;

/**
 * What is cut for a box: its middle, width and height. A square with the margin around it; in other shapes what lies around the box, moved
 * into the picture where it has room, as LikePack does it.
 * @param {Box} box @param {Cutting} cutting @param {{ width: number, height: number }} size of the picture
 */
export function partOf(box, { margin, shape }, size) {
  const longest = Math.max(box.width, box.height), up = Up * margin * longest, angle = box.angle * Math.PI / 180;
  const x = box.x + box.width / 2 + Math.sin(angle) * up, y = box.y + box.height / 2 - Math.cos(angle) * up;
  if (shape === 1) return { x, y, width: longest * (1 + margin), height: longest * (1 + margin) };
  const width = Math.max(box.width, box.height * shape), height = Math.max(box.height, box.width / shape);
  return { x: within(x, width, size.width), y: within(y, height, size.height), width, height };
}

/** The middle of a line of that length, moved into 0…most; in the middle of it where there isn't room. @param {number} at @param {number} length @param {number} most */
const within = (at, length, most) => length > most ? most / 2 : Math.max(length / 2, Math.min(most - length / 2, at));

/**
 * Turned upright as the pack does it; what lies outside the picture stays empty here, and is reflected there.
 * @param {HTMLImageElement} image @param {{ width: number, height: number }} size of the picture that the image shows @param {Box} box @param {Cutting} cutting
 */
export function asPacked(image, size, box, cutting) {
  const part = partOf(box, cutting, size), shown = image.naturalWidth / size.width, scale = Side / Math.max(part.width, part.height);
  const canvas = make("canvas", { width: Math.round(part.width * scale), height: Math.round(part.height * scale) });
  const context = canvas.getContext("2d");
  if (!context || !image.naturalWidth) return canvas;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.scale(scale, scale);
  context.rotate(-box.angle * Math.PI / 180);
  context.translate(-part.x, -part.y);
  context.scale(1 / shown, 1 / shown);
  context.drawImage(image, 0, 0);
  return canvas;
}
