// Talks to the studio. Every failure is a sentence for the person.

// Browsers finish 64 KB in all for pages that are gone.
const MostKeptAlive = 8000;

/** A sentence that the studio answered with. */
export class Refusal extends Error {}

/** @param {Response} response */
async function checked(response) {
  if (response.ok) return response;
  throw new Refusal((await response.text()) || `The studio answered ${response.status}.`);
}

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init) {
  try {
    return await checked(await fetch(path, init));
  } catch (error) {
    if (error instanceof Refusal || (error instanceof DOMException && error.name === "AbortError")) throw error;
    throw new Refusal("The studio doesn't answer. Was it stopped? Start it again and open the address that it prints.");
  }
}

/**
 * Reads something.
 * @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>}
 */
export async function get(path, signal) {
  return (await ask(path, { signal })).json();
}

/**
 * Changes something. Only a page of ours can send the header. Short ones are finished even when the page is closed or loaded anew meanwhile.
 * @param {string} path @param {unknown} [body] @param {AbortSignal} [signal] @returns {Promise<any>}
 */
export async function post(path, body = {}, signal) {
  const headers = { "Content-Type": "application/json", "X-Smirk": "1" };
  const json = JSON.stringify(body), keepalive = json.length < MostKeptAlive;
  const response = await ask(path, { method: "POST", headers, body: json, signal, keepalive });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/**
 * Asks for a file that is made for it.
 * @param {string} path @param {unknown} body @param {AbortSignal} [signal] @returns {Promise<Blob>}
 */
export async function postForFile(path, body, signal) {
  const headers = { "Content-Type": "application/json", "X-Smirk": "1" };
  return (await ask(path, { method: "POST", headers, body: JSON.stringify(body), signal })).blob();
}

/**
 * Sends a picture's bytes.
 * @param {string} path @param {Blob} picture @param {AbortSignal} [signal] @returns {Promise<any>}
 */
export async function upload(path, picture, signal) {
  const headers = { "Content-Type": "application/octet-stream", "X-Smirk": "1" };
  return (await ask(path, { method: "POST", headers, body: picture, signal })).json();
}

/**
 * Follows what the studio tells from now on.
 * @param {string} path @param {(value: any) => void} tell called with each value
 * @param {() => void} [lost] called when the studio won't tell any more; until then the browser tries again by itself
 * @returns {() => void} stops following
 */
export function follow(path, tell, lost) {
  const source = new EventSource(path);
  source.onerror = () => source.readyState === EventSource.CLOSED && lost?.();
  source.onmessage = event => tell(JSON.parse(event.data));
  return () => source.close();
}
