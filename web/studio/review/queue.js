// What there is to decide, where the person is, and the answers on their way to the log.
import { Sender } from "../sender.js";

/**
 * @typedef {object} Question
 * @property {"pair" | "crop" | "damage"} kind @property {number} id @property {number | null} keeper @property {number} doubt
 * @property {string} found @property {string | null} answer
 * @typedef {{ id: number, word: string, keeper?: number | null, boxes?: number[][] | null }} Word
 * @typedef {"all" | "pair" | "crop" | "damage"} Filter
 */

/** Whether both pictures stay as Smirk sees it. @param {Question} question */
export const areAlternates = question => question.found === "alternate" || question.found === "still";

export class Queue {
  /** @param {{ questions: Question[], doubtful: number, undo: number, redo: number }} list @param {() => void} changed @param {(error: unknown) => void} fail */
  constructor(list, changed, fail) {
    this.questions = list.questions;
    this.doubtful = list.doubtful;
    this.steps = { undo: list.undo, redo: list.redo };
    this.changed = changed;
    this.fail = fail;
    /** @type {Filter} */
    this.filter = "all";
    this.sender = new Sender();
    this.at = 0;
    this.toOpen(0);
  }

  /** @returns {Question[]} */
  get shown() {
    return this.filter === "all" ? this.questions : this.questions.filter(q => q.kind === this.filter);
  }

  /** @returns {Question | undefined} */
  get now() {
    return this.shown[this.at];
  }

  get open() {
    return this.shown.filter(q => !q.answer);
  }

  /** @param {Filter} filter */
  show(filter) {
    this.filter = filter;
    this.at = 0;
    this.toOpen(0);
  }

  /** Goes to the next question that nobody answered, from a place on; stays at the end where there is none. @param {number} from */
  toOpen(from) {
    const all = this.shown;
    for (let i = 0; i < all.length; i++) {
      const at = (from + i) % all.length;
      if (!all[at].answer) {
        this.at = at;
        return;
      }
    }
    this.at = Math.max(0, Math.min(from, all.length - 1));
  }

  /** @param {number} by */
  step(by) {
    this.at = Math.max(0, Math.min(this.shown.length - 1, this.at + by));
    this.changed();
  }

  /** The questions that are likely to come next. @param {number} count @returns {Question[]} */
  coming(count) {
    return this.shown.slice(this.at + 1).filter(q => !q.answer).slice(0, count);
  }

  /** Answers the present question, and goes on before the studio has said yes. @param {Word[]} words @param {string} answer */
  answer(words, answer) {
    const question = this.now;
    if (!question) return;
    const before = question.answer;
    question.answer = answer;
    this.toOpen(this.at + 1);
    this.changed();
    this.#send("/api/review/answer", { words }).catch(error => {
      question.answer = before;
      this.at = Math.max(0, this.shown.indexOf(question));
      this.changed();
      this.fail(error);
    });
  }

  /** Answers many at once: one step for undo. @param {Word[]} words */
  async answerMany(words) {
    await this.#send("/api/review/answer", { words });
    this.changed();
  }

  undo() {
    this.#turn("/api/review/undo", "There is nothing to undo.");
  }

  redo() {
    this.#turn("/api/review/redo", "There is nothing to redo.");
  }

  /** @param {string} path @param {string} nothing */
  #turn(path, nothing) {
    this.#send(path, {}).then(changes => {
      if (changes.length === 0) throw new Error(nothing);
      const first = this.questions.find(q => changes.some(c => c.id === q.id && q.kind === "pair"))
        ?? this.questions.find(q => changes.some(c => c.id === q.id));
      if (first) {
        if (!this.shown.includes(first)) this.filter = "all";
        this.at = this.shown.indexOf(first);
      }
      this.changed();
    }).catch(this.fail);
  }

  /** @param {string} path @param {unknown} body @returns {Promise<{ id: number, answer: string | null }[]>} */
  async #send(path, body) {
    const result = await this.sender.send(path, body);
    this.steps = { undo: result.undo, redo: result.redo };
    for (const change of result.changed) {
      for (const question of this.questions) if (question.id === change.id) question.answer = change.answer;
    }
    return result.changed;
  }

  close() {
    this.sender.close();
  }
}
