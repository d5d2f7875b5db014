// Measures for bench/share: serves the engine, onnxruntime-web and one ONNX file from loopback, and times both in one Chromium.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [root, folder, count] = process.argv.slice(2);
const places = { "/web/": join(root, "web/"), "/ort/": join(folder, "node_modules/onnxruntime-web/dist/"), "/files/": folder + "/" };
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  const place = Object.keys(places).find(prefix => path.startsWith(prefix));
  try {
    const bytes = place ? await readFile(places[place] + path.slice(place.length)) : Buffer.from("<!doctype html><title>bench</title>");
    response.writeHead(200, { "content-type": types[place ? extname(path) : ".html"] ?? "application/octet-stream" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const median = times => times.toSorted((a, b) => a - b)[times.length >> 1];

const timed = await page.evaluate(async count => {
  const { Engine } = await import("/web/engine/engine.js");
  const bytes = async path => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const model = await bytes("/files/generator.onnx"), kernel = await bytes("/web/kernel/kernel.wasm");
  const ort = await import("/ort/ort.wasm.min.mjs");
  Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: "/ort/" });
  const session = await ort.InferenceSession.create(model), latents = Array.from({ length: count }, () =>
    Float32Array.from({ length: 100 }, () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(6.283185 * Math.random())));
  const engine = new Engine(model, kernel), twin = new Engine(model, null);
  const theirs = async z => (await session.run({ z: new ort.Tensor("float32", z, [1, z.length]) })).image.data;
  const times = { ours: [], peer: [], twin: [] };
  let worst = 0;
  // By turns, so that a machine that isn't quiet is equally unkind to both.
  for (const [i, z] of latents.entries()) {
    const begin = performance.now(), { size, pixels } = engine.draw({ z }), middle = performance.now(), image = await theirs(z);
    times.peer.push(performance.now() - middle);
    times.ours.push(middle - begin);
    for (let p = 0; p < size * size; p++) worst = Math.max(worst, Math.abs(pixels[4 * p] - Math.max(0, Math.min(255, (image[p] + 1) * 127.5))));
    if (i >= 3) continue;
    const now = performance.now();
    twin.draw({ z });
    times.twin.push(performance.now() - now);
  }
  return { ...times, worst };
}, Number(count));

// The page as a person opens it: from a file, until the first face, and what the main thread was busy with while one scrolls.
const opened = [], long = [];
for (let i = 0; i < 5; i++) {
  const tab = await browser.newPage(), begin = performance.now();
  await tab.addInitScript(() => {
    globalThis.longest = 0;
    new PerformanceObserver(list => list.getEntries().forEach(e => (globalThis.longest = Math.max(globalThis.longest, e.duration))))
      .observe({ type: "longtask", buffered: true });
  });
  await tab.goto(pathToFileURL(join(folder, "page.html")).href, { waitUntil: "commit" });
  await tab.waitForSelector("#tiles .drawn");
  opened.push(performance.now() - begin);
  await tab.evaluate(() => (globalThis.longest = 0));
  for (let s = 0; s < 8; s++) {
    await tab.mouse.wheel(0, 600);
    await tab.waitForTimeout(150);
  }
  long.push(await tab.evaluate(() => globalThis.longest));
  await tab.close();
}
const megabytes = async path => ((await stat(path)).size / 1e6).toFixed(2);
console.log(`page ${await megabytes(join(folder, "page.html"))} MB; first face after ${median(opened).toFixed(0)} ms (fastest ${Math.min(...opened).toFixed(0)}); longest task of the main thread while scrolling ${median(long).toFixed(0)} ms`);
const told = times => `${median(times).toFixed(1)} ms (fastest ${Math.min(...times).toFixed(1)})`;
console.log(`a picture, one core, median: ours ${told(timed.ours)}, onnxruntime-web ${told(timed.peer)}, plain JavaScript ${told(timed.twin)}`);
console.log(`largest difference of a pixel: ${timed.worst.toFixed(2)} of 255`);
console.log(JSON.stringify({ bench: "share", ours: median(timed.ours), peer: median(timed.peer), first: median(opened), browser: browser.version() }));
await browser.close();
server.close();
