// Workers on all cores, and the pictures that they are to make.

/**
 * @typedef {{ width: number, height: number, pixels: Uint8ClampedArray }} Drawn RGBA
 * @typedef {import("../engine/engine.js").Latent} Latent
 * @typedef {{ message: any, resolve: (value: any) => void, reject: (error: any) => void, progress?: (done: number) => void,
 *   signal?: AbortSignal | null }} Job
 */

// More would only wait for memory.
const MostWorkers = 8;

export class Pool {
  /**
   * @param {string} source the worker's script @param {{ model: string, kernel: string, plain: boolean }} parts base64; the model gzipped too
   * @param {{ width: number, height: number, roll: import("../music/roll.js").Ruled | null }} shape pixels of a picture as it is shown, and how
   *   piano rolls are ruled
   */
  constructor(source, parts, shape) {
    this.shape = shape;
    /** @type {Job[]} */
    this.waiting = [];
    /** @type {Worker[]} */
    this.idle = [];
    this.isFast = true;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    /** @type {Promise<void>} when the first can work; fails where it can't */
    this.ready = this.#start(address, parts);
    // The others unpack the generator later: where cores are few, the first picture would wait for all of them.
    this.ready.then(() => {
      const count = Math.min(navigator.hardwareConcurrency || 2, MostWorkers);
      for (let i = 1; i < count; i++) this.#start(address, parts).catch(() => {});
    }, () => {});
  }

  /**
   * A picture in its shape, enlarged so many times.
   * @param {Latent} latent @param {number} scale @param {{ urgent?: boolean, signal?: AbortSignal | null }} [how]
   * @returns {Promise<Drawn>}
   */
  draw(latent, scale, how = {}) {
    return this.#ask({ task: "draw", latent, ...this.#sized(scale) }, how);
  }

  /** What the network made, as it is. @param {Latent} latent @returns {Promise<import("../music/roll.js").Square>} */
  square(latent) {
    return this.#ask({ task: "square", latent }, { urgent: true });
  }

  /**
   * An animated GIF.
   * @param {Latent[]} latents @param {number} scale @param {number} delay milliseconds @param {(done: number) => void} progress
   * @returns {Promise<Uint8Array>}
   */
  gif(latents, scale, delay, progress) {
    return this.#ask({ task: "gif", latents, delay, ...this.#sized(scale) }, { progress });
  }

  /** @param {number} scale */
  #sized(scale) {
    return { width: this.shape.width * scale, height: this.shape.height * scale, roll: this.shape.roll, scale };
  }

  /** @param {any} message @param {{ urgent?: boolean, signal?: AbortSignal | null, progress?: (done: number) => void }} how @returns {Promise<any>} */
  #ask(message, { urgent, signal, progress }) {
    return new Promise((resolve, reject) => {
      const job = { message, resolve, reject, progress, signal };
      if (urgent) this.waiting.unshift(job);
      else this.waiting.push(job);
      this.#next();
    });
  }

  /** @param {string} address @param {{ model: string, kernel: string, plain: boolean }} parts @returns {Promise<void>} */
  #start(address, parts) {
    return new Promise((resolve, reject) => {
      const worker = new Worker(address);
      worker.onerror = event => reject(new Error(event.message || "A worker can't be started."));
      worker.onmessage = ({ data }) => {
        if (data.error) return reject(new Error(data.error));
        this.isFast &&= data.isFast;
        this.idle.push(worker);
        resolve();
        this.#next();
      };
      worker.postMessage(parts);
    });
  }

  #next() {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const job = /** @type {Job} */ (this.waiting.shift());
      if (job.signal?.aborted) {
        job.reject(job.signal.reason);
        continue;
      }
      const worker = /** @type {Worker} */ (this.idle.pop());
      worker.onmessage = ({ data }) => {
        if ("progress" in data) return job.progress?.(data.progress);
        if (data.error) job.reject(new Error(data.error));
        else job.resolve(data.result);
        this.idle.push(worker);
        this.#next();
      };
      worker.postMessage(job.message);
    }
  }
}
