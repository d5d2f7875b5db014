// A run as the page knows it: what the studio told at first, and what came since.
import { get } from "../api.js";

/**
 * @typedef {object} Row a run in the list
 * @property {number} number @property {string} folder @property {string} name @property {string} notes
 * @property {"training" | "done" | "stopped" | "interrupted" | "empty"} state @property {string | null} trouble
 * @property {number} kimg @property {number} seconds @property {number} progress 0…1
 * @property {number | null} budgetSeconds @property {number | null} lengthKimg
 * @property {number | null} speed pictures a second @property {number | null} secondsLeft
 * @property {number} size @property {string | null} aspect the shape that pictures are shown in; null for 1:1 @property {string} recipe @property {string} device @property {string | null} started
 * @property {number | null} bestKimg @property {number | null} bestDistance @property {number | null} bestCoverage
 * @property {boolean} isStopping @property {boolean} isSnapshotAsked
 * @typedef {{ x: number[], y: number[] }} Curve
 * @typedef {{ kimg: number, metrics: Record<string, number>, words: { text: string, details: string[] }[] }} Measured
 * @typedef {{ kimg: number, text: string }} Remark
 * @typedef {{ kimg: number, name: string, version: string }} Grid
 * @typedef {{ name: string, value: string, why: string }} Setting
 * @typedef {object} Run
 * @property {Row} row @property {string} cursor @property {Record<string, Curve>} curves @property {Measured[]} measured
 * @property {Remark[]} remarks @property {Grid[]} grids @property {Setting[]} settings
 * @typedef {Omit<Run, "row" | "settings" | "grids"> & { number: number, from: string, grids: Grid[] | null }} Update
 * @typedef {{ cores: number | null, bytes: number }} TrainingLoad
 * @typedef {object} Load what the machine is busy with
 * @property {number} cores @property {number | null} busy @property {number} load @property {Record<string, TrainingLoad>} trainings
 * @property {{ name: string, busy: number, usedBytes: number, totalBytes: number }[]} gpus
 */

// More points than this are asked for again, thinned.
const mostAppended = 2000;

/** @param {number} number @param {AbortSignal} [signal] @returns {Promise<Run>} */
export const load = (number, signal) => get(`/api/runs/${number}`, signal);

/**
 * Takes what is new.
 * @param {Run} run @param {Update} update
 * @returns {boolean} false where it doesn't follow on what is known, or so much came that the run has to be loaded again
 */
export function append(run, update) {
  if (update.from !== run.cursor) return false;
  run.cursor = update.cursor;
  for (const [name, added] of Object.entries(update.curves)) {
    const curve = run.curves[name] ??= { x: [], y: [] };
    curve.x.push(...added.x);
    curve.y.push(...added.y);
    if (curve.x.length > mostAppended) return false;
  }
  run.measured.push(...update.measured);
  run.remarks.push(...update.remarks);
  if (update.grids) run.grids = update.grids;
  return true;
}

/** Where the run's time ends. @param {Run} run */
export const endOf = run => Math.max(run.row.kimg, run.grids.at(-1)?.kimg ?? 0);

/** @param {Run} run @param {number} kimg the grid nearest in time */
export const gridAt = (run, kimg) => nearest(run.grids, kimg);

/**
 * The measurement that held then: the last one until that time, or the first where that comes later.
 * @param {Run} run @param {number} kimg
 */
export const measuredAt = (run, kimg) => run.measured.findLast(m => m.kimg <= kimg + 1e-6) ?? run.measured[0];

/** @template {{ kimg: number }} T @param {T[]} all rising @param {number} kimg @returns {T | undefined} */
function nearest(all, kimg) {
  /** @type {T | undefined} */
  let best;
  for (const one of all) {
    if (!best || Math.abs(one.kimg - kimg) <= Math.abs(best.kimg - kimg)) best = one;
  }
  return best;
}

/** A metric through time as a curve. @param {Run} run @param {string} key @returns {Curve} */
export function metricCurve(run, key) {
  const with_ = run.measured.filter(m => key in m.metrics);
  return { x: with_.map(m => m.kimg), y: with_.map(m => m.metrics[key]) };
}
