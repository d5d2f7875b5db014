// Draws a part anew without taking the keyboard's place away.

const nameOf = (/** @type {Element} */ element) => element.getAttribute("aria-label") ?? element.textContent;

/** Puts other children into a box; what had the focus gets it back, by its name. @param {HTMLElement} box @param {...(Node | string)} children */
export function redraw(box, ...children) {
  const at = document.activeElement, name = at && box.contains(at) ? nameOf(at) : null;
  box.replaceChildren(...children);
  if (name === null) return;
  const again = [...box.querySelectorAll("button, input, select")].find(e => nameOf(e) === name);
  if (again instanceof HTMLElement) again.focus();
}
