// Numbers of a run as a person reads them.

/** @param {number} seconds "3:07", "1:02:30" */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** @param {number} seconds "40 s", "12 min", "2 h 5 min" */
export function roughly(seconds) {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ""}`;
}

/** @param {number} seconds as the command line takes it: "90s", "30m", "1h30m" */
export function budget(seconds) {
  if (seconds % 60) return `${seconds}s`;
  const [h, m] = [Math.floor(seconds / 3600), (seconds % 3600) / 60];
  return `${h ? `${h}h` : ""}${m || !h ? `${m}m` : ""}`;
}

/** @param {number} value a few digits, however large */
export function number(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en");
  if (size < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** @param {number} kimg */
export const kimgs = kimg => `${kimg >= 100 ? kimg.toFixed(0) : kimg >= 1 ? kimg.toFixed(1) : kimg.toFixed(2)} kimg`;

/** @type {Record<string, string>} */
const states = { training: "training", done: "done", stopped: "stopped", interrupted: "interrupted", empty: "not trained yet" };

/** @param {import("./model.js").Row} row */
export const stateOf = row => row.isStopping ? "stopping…" : row.trouble && row.state !== "training" ? "failed" : states[row.state] ?? row.state;

/** @param {import("./model.js").Row} row "0003, small pictures" */
export const nameOf = row => row.name ? `${row.folder}, ${row.name}` : row.folder;

/** @param {import("./model.js").Row} row "0003" or its name, for a legend */
export const shortNameOf = row => row.name ? (row.name.length > 24 ? `${row.name.slice(0, 22)}…` : row.name) : row.folder;

/** @type {Record<string, string>} */
const metrics = { frechet: "Fréchet distance", kernel: "kernel distance", precision: "precision", recall: "recall", density: "density",
  coverage: "coverage", swd: "sliced Wasserstein distance (×10³)", spectrum_peak: "grid in the spectrum", ms_ssim: "MS-SSIM of samples",
  ms_ssim_real: "MS-SSIM of real pictures", nearest_ratio: "distance to training pictures", too_close: "too close to training pictures" };

/** @param {string} key a metric's name for a person */
export function metricName(key) {
  if (metrics[key]) return metrics[key];
  const [, what, space] = /^(.*)_(trained|random|detail|inception)$/.exec(key) ?? [];
  return what && metrics[what] ? `${metrics[what]}, ${space} features` : key.replaceAll("_", " ");
}
