// Changes on their way to the studio, one after the other: a later one about the same thing has to come later.
import { post } from "./api.js";

export class Sender {
  constructor() {
    /** @type {{ path: string, body: unknown, done: (result: any) => void, failed: (error: unknown) => void }[]} in the order of the keys */
    this.waiting = [];
    this.isSending = false;
    // What still waits for its turn when the page goes is sent at once.
    this.leave = () => this.waiting.splice(0).forEach(({ path, body }) => post(path, body).catch(() => {}));
    addEventListener("pagehide", this.leave);
  }

  /** @param {string} path @param {unknown} body @returns {Promise<any>} what the studio answers */
  send(path, body) {
    return new Promise((done, failed) => {
      this.waiting.push({ path, body, done, failed });
      this.#pump();
    });
  }

  close() {
    removeEventListener("pagehide", this.leave);
    this.leave();
  }

  async #pump() {
    if (this.isSending) return;
    this.isSending = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      try {
        next.done(await post(next.path, next.body));
      } catch (error) {
        next.failed(error);
      }
    }
    this.isSending = false;
  }
}
