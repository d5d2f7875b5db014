// Pieces of a page. Text is only ever set as text.

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties] properties of the element; on… are listeners, names with a dash attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role") element.setAttribute(name, String(value));
    else /** @type {any} */ (element)[name] = value;
  }
  element.append(...children);
  return element;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} label @param {() => void} click @param {Record<string, any>} [more] */
export function button(label, click, more = {}) {
  return make("button", { type: "button", textContent: label, onclick: click, ...more });
}

/**
 * Buttons of which one is chosen.
 * @param {string} label @param {[string, string][]} choices value and name of each
 * @param {string} chosen @param {(value: string) => void} choose
 */
export function choice(label, choices, chosen, choose) {
  return make("div", { className: "joined", role: "group", "aria-label": label }, ...choices.map(([value, name]) =>
    button(name, () => choose(value), { "aria-pressed": value === chosen })));
}

/**
 * A slider with its name.
 * @param {string} label @param {{ min: number, max: number, step: number, value: number }} range @param {(value: number) => void} change
 * @param {() => void} [begin] when it is taken
 */
export function slider(label, range, change, begin) {
  const input = make("input", { type: "range", min: range.min, max: range.max, step: range.step });
  input.value = String(range.value);
  let isHeld = false;
  input.addEventListener("input", () => {
    if (!isHeld) begin?.();
    isHeld = true;
    change(Number(input.value));
  });
  input.addEventListener("change", () => (isHeld = false));
  return make("label", { className: "field" }, label, input);
}

/** Shows pixels in a canvas. @param {HTMLCanvasElement} canvas @param {import("./pool.js").Drawn} drawn */
export function paint(canvas, drawn) {
  canvas.width = drawn.width;
  canvas.height = drawn.height;
  // Pixels come from the processor and go back to it when they are saved: a graphics card would only be in between.
  canvas.getContext("2d", { willReadFrequently: true })?.putImageData(new ImageData(/** @type {any} */ (drawn.pixels), drawn.width, drawn.height), 0, 0);
}

/** Gives the person a file. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
