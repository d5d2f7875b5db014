// Wheel, drag and double click on two pictures that are looked at together.

/** How much one step of the wheel or a key zooms. */
export const Step = 1.25;

/** @param {import("./aligned.js").Viewer} viewer */
export function handle(viewer) {
  const { element } = viewer;
  element.addEventListener("wheel", event => {
    event.preventDefault();
    viewer.zoomAt(event.clientX, event.clientY, viewer.zoom * Step ** (-event.deltaY / 100));
  }, { passive: false });
  element.addEventListener("dblclick", event => {
    if (viewer.isZoomed) viewer.fit();
    else viewer.zoomAt(event.clientX, event.clientY, viewer.pixelZoom());
  });
  element.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    const divides = viewer.mode === "split" && !viewer.isZoomed;
    const from = { x: event.clientX - viewer.panX, y: event.clientY - viewer.panY };
    const move = (/** @type {PointerEvent} */ to) => {
      if (divides) {
        const box = element.getBoundingClientRect();
        viewer.split = Math.max(0, Math.min(1, (to.clientX - box.left) / box.width));
      } else if (viewer.isZoomed) {
        viewer.panX = to.clientX - from.x;
        viewer.panY = to.clientY - from.y;
      }
      viewer.place();
    };
    if (divides) move(event);
    element.setPointerCapture(event.pointerId);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", () => element.removeEventListener("pointermove", move), { once: true });
  });
}
