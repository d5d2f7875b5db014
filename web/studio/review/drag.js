// Draws, moves and resizes boxes with the mouse.

/** A box's least side, pixels. */
export const Least = 16;

// How near to an edge is on it, in pixels of the screen.
const Handle = 12;

/** @param {import("./boxes.js").BoxEditor} editor */
export function drag(editor) {
  const { frame, size } = editor;
  const at = (/** @type {PointerEvent} */ event) => {
    const box = frame.getBoundingClientRect();
    return { x: (event.clientX - box.left) * size.width / box.width, y: (event.clientY - box.top) * size.height / box.height };
  };
  frame.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    event.preventDefault();
    const from = at(event), handle = Handle * size.width / frame.clientWidth;
    const hit = editor.boxes.findIndex(b => from.x >= b.x - handle && from.x <= b.x + b.width + handle && from.y >= b.y - handle && from.y <= b.y + b.height + handle);
    let box = editor.boxes[hit];
    const before = box ? { ...box } : null, isOn = (/** @type {number} */ edge, /** @type {number} */ place) => Math.abs(place - edge) < handle;
    const edges = before && { left: isOn(before.x, from.x), right: isOn(before.x + before.width, from.x),
      top: isOn(before.y, from.y), bottom: isOn(before.y + before.height, from.y) };
    editor.choose(hit);
    const move = (/** @type {PointerEvent} */ to) => {
      const { x, y } = at(to), dx = x - from.x, dy = y - from.y;
      if (!before || !edges) {
        if (!box && Math.max(Math.abs(dx), Math.abs(dy)) < Least) return;
        if (!box) {
          editor.boxes.push(box = { x: from.x, y: from.y, width: Least, height: Least, angle: 0 });
          editor.chosen = editor.boxes.length - 1;
        }
        editor.set(box, { x: Math.min(from.x, x), y: Math.min(from.y, y), width: Math.abs(dx), height: Math.abs(dy) });
      } else if (Object.values(edges).some(e => e)) {
        editor.set(box, {
          x: edges.left ? before.x + dx : before.x, width: before.width + (edges.right ? dx : edges.left ? -dx : 0),
          y: edges.top ? before.y + dy : before.y, height: before.height + (edges.bottom ? dy : edges.top ? -dy : 0),
        });
      } else editor.set(box, { x: before.x + dx, y: before.y + dy });
    };
    frame.setPointerCapture(event.pointerId);
    frame.addEventListener("pointermove", move);
    frame.addEventListener("pointerup", () => frame.removeEventListener("pointermove", move), { once: true });
  });
}
