// The elements of two pictures that are looked at together: panes, and pictures in them.
import { make } from "../../page/dom.js";

/**
 * @typedef {import("./aligned.js").Side} Side
 * @typedef {{ element: HTMLElement, img: HTMLImageElement, isMember: boolean, pane: HTMLElement }} Layer
 */

/** @param {{ keeper: Side, member: Side | null, region: number[] | null }} pair @param {import("./aligned.js").Mode} mode @returns {Layer[]} */
export function layersOf(pair, mode) {
  const { keeper, member, region } = pair;
  const panes = Array.from({ length: mode === "side" && member ? 2 : 1 }, () => make("div", { className: "pane" }));
  const layers = [layer(keeper, false, panes[0])];
  if (member) layers.push(layer(member, true, panes[panes.length - 1]));
  if (region) for (const pane of panes) pane.append(make("div", { className: "region", title: "they differ here" }));
  return layers;
}

/** @param {Side} side @param {boolean} isMember @param {HTMLElement} pane @returns {Layer} */
function layer(side, isMember, pane) {
  const img = make("img", { src: side.url, alt: isMember ? "the picture that may go" : "the picture that may stay", draggable: false });
  img.style.width = `${side.width}px`;
  img.style.height = `${side.height}px`;
  const element = make("div", { className: `layer ${isMember ? "member" : "keeper"}` }, img);
  pane.append(element);
  return { element, img, isMember, pane };
}

/** The pane at a place of the window. @param {HTMLElement} viewer @param {number} x @param {number} y */
export function paneAt(viewer, x, y) {
  return [...viewer.children].find(pane => {
    const box = pane.getBoundingClientRect();
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  });
}
