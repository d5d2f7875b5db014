// What runs beside the page, once a core: unpacks the generator, then makes pictures.
import { Engine } from "../engine/engine.js";
import { drawRoll } from "../music/roll.js";
import { resized } from "./lanczos.js";
import { encodeGif } from "./gif.js";

/** @type {Engine} */
let engine;

const scope = /** @type {any} */ (self);

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(base64) {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** @param {{ model: string, kernel: string, plain: boolean }} parts */
async function load({ model, kernel, plain }) {
  const stream = new Blob([bytesOf(model)]).stream().pipeThrough(new DecompressionStream("gzip"));
  engine = new Engine(new Uint8Array(await new Response(stream).arrayBuffer()), plain ? null : bytesOf(kernel));
  scope.postMessage({ isFast: engine.kernel.isFast });
}

/** A picture as it is shown. @param {any} latent @param {any} message how large, and how it is ruled where it is a piano roll */
function shown(latent, { width, height, roll, scale }) {
  const square = engine.draw(latent);
  return roll ? drawRoll(square, roll, scale) : resized(square, width, height);
}

/** @param {any} message */
function answer(message) {
  if (message.task === "square") {
    const square = engine.draw(message.latent);
    return scope.postMessage({ result: square }, [square.pixels.buffer]);
  }
  if (message.task === "draw") {
    const drawn = shown(message.latent, message);
    return scope.postMessage({ result: drawn }, [drawn.pixels.buffer]);
  }
  const frames = message.latents.map((/** @type {any} */ latent, /** @type {number} */ i) => {
    scope.postMessage({ progress: i / message.latents.length });
    return shown(latent, message);
  });
  const gif = encodeGif(frames, message.delay);
  return scope.postMessage({ result: gif }, [gif.buffer]);
}

scope.onmessage = async (/** @type {MessageEvent} */ { data }) => {
  try {
    if (engine) answer(data);
    else await load(data);
  } catch (error) {
    scope.postMessage({ error: engine ? String(error) : `The generator in this page is damaged (${error}).` });
  }
};
