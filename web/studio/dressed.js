// A room's own looks.
import { make } from "../page/dom.js";

/** Loads a style sheet, once. @param {string} href @returns {Promise<void>} */
export function dressed(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise(resolve => document.head.append(make("link", { rel: "stylesheet", href, onload: () => resolve(), onerror: () => resolve() })));
}
