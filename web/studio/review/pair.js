// One question about two pictures: which stays?
import { button, choice, make } from "../../page/dom.js";
import { get } from "../api.js";
import { bytes } from "../bytes.js";
import { Viewer } from "./aligned.js";
import { areAlternates } from "./queue.js";

/**
 * @typedef {import("./queue.js").Question} Question
 * @typedef {{ id: number, width: number, height: number, format: string, bytes: number }} Sized
 * @typedef {{ member: Sized, keeper: Sized, similarity: number | null, map: number[] | null, region: number[] | null,
 *   statements: { sign: number, code: string, text: string }[] }} Pair
 */

/** @type {Map<string, { pair: Promise<Pair>, stop: () => void }>} the present pair and those that are likely next */
const pairs = new Map();
const MostKept = 40, StoryDelay = 120;

const viewUrl = (/** @type {number} */ id) => `/api/pictures/${id}/view`;
const thumbUrl = (/** @type {number} */ id) => `/api/pictures/${id}/thumb`;

const nameOf = (/** @type {Question} */ question) => `${question.id}/${question.keeper}`;

/** Asks early, so that the pair is there when its turn comes. @param {Question} question @returns {Promise<Pair>} */
export function fetchPair(question) {
  const name = nameOf(question);
  let asked = pairs.get(name);
  if (!asked) {
    const stop = new AbortController(), pair = get(`/api/review/pair/${name}`, stop.signal);
    pair.catch(() => pairs.delete(name));
    pairs.set(name, asked = { pair, stop: () => stop.abort() });
    pair.then(() => {
      for (const id of [question.id, question.keeper]) new Image().src = viewUrl(/** @type {number} */ (id));
    }, () => {});
    if (pairs.size > MostKept) pairs.delete(/** @type {string} */ (pairs.keys().next().value));
  }
  return asked.pair;
}

/** @param {Question} question */
const verdictOf = question => areAlternates(question)
  ? `Smirk keeps both: ${question.found === "still" ? "an animation and a still of it" : "the same template, other content"}.`
  : `Smirk drops the copy: ${question.found}.`;

export class PairView {
  /** @param {Question} question @param {Question[]} group @param {(question: Question) => void} go @param {() => void} changed */
  constructor(question, group, go, changed) {
    this.question = question;
    this.isOpen = true;
    /** @type {Pair | null} */
    this.pair = null;
    this.viewer = new Viewer(() => {
      this.#mark();
      changed();
    });
    this.statements = make("ul", { className: "statements" });
    this.similarity = make("p", { className: "dim" });
    this.cards = make("div", { className: "cards" });
    this.modes = make("div", { className: "buttons modes" });
    this.element = make("div", { className: "question" },
      make("div", { className: "look" }, this.viewer.element, this.modes, this.#strip(group, go)),
      make("div", { className: "facts" }, make("p", { className: "verdict" }, verdictOf(question)), this.similarity, this.statements, this.cards));
  }

  /** Shows it. */
  async open() {
    const pair = await fetchPair(this.question);
    if (!this.isOpen) return;
    this.pair = pair;
    this.viewer.show({
      keeper: { url: viewUrl(pair.keeper.id), width: pair.keeper.width, height: pair.keeper.height },
      member: { url: viewUrl(pair.member.id), width: pair.member.width, height: pair.member.height },
      map: pair.map, region: pair.region,
    });
    this.similarity.textContent = pair.similarity === null ? "They can't be laid over each other: compare them side by side."
      : `${(pair.similarity * 100).toFixed(1)} % alike where they overlap. What sets ${areAlternates(this.question) ? "the second" : "the copy"} apart:`;
    this.statements.replaceChildren(...(pair.statements.length ? pair.statements : [{ sign: 0, text: "nothing that Smirk measures" }]).map(s =>
      make("li", { className: s.sign > 0 ? "good" : s.sign < 0 ? "bad" : "" },
        make("span", { className: "sign", "aria-hidden": "true" }, s.sign > 0 ? "+" : s.sign < 0 ? "−" : "·"), s.text)));
    this.cards.replaceChildren(this.#card("keeper", pair.keeper), this.#card("member", pair.member));
    if (pair.map === null) this.viewer.look("side");
    this.#mark();
  }

  /** The picture in view, and the other one. */
  get sides() {
    const { id, keeper } = this.question;
    return this.viewer.showsMember ? { seen: id, other: /** @type {number} */ (keeper) } : { seen: /** @type {number} */ (keeper), other: id };
  }

  close() {
    this.isOpen = false;
    this.viewer.close();
    // Who goes on before a pair has come doesn't want it any more.
    if (!this.pair) pairs.get(nameOf(this.question))?.stop();
  }

  #mark() {
    const shown = this.viewer.showsMember ? "member" : "keeper";
    for (const card of this.cards.children) card.classList.toggle("seen", card.getAttribute("data-side") === shown);
    this.modes.replaceChildren(
      choice("How to look", [["flip", "Flip"], ["side", "Side by side"], ["split", "Split"], ["difference", "Difference"]], this.viewer.mode,
        mode => this.viewer.look(/** @type {any} */ (mode))),
      ...(this.viewer.mode === "flip" ? [button(this.viewer.showsMember ? `Shows the ${areAlternates(this.question) ? "second" : "copy"}` : `Shows the ${areAlternates(this.question) ? "first" : "one kept"}`, () => this.viewer.flip())] : []),
      ...(this.viewer.isZoomed ? [button("Fit", () => this.viewer.fit()), make("span", { className: "dim" }, "zoomed: verdict keys wait")] : []));
  }

  /** @param {"keeper" | "member"} side @param {Sized} sized */
  #card(side, sized) {
    const name = make("p", { className: "name" }, "…"), folder = make("p", { className: "name small dim" }), story = make("div", { className: "story small dim" });
    // Stories are for who stays: not asked for while somebody only passes by.
    setTimeout(() => this.isOpen && get(`/api/pictures/${sized.id}`).then(facts => {
      const at = facts.name.lastIndexOf("/") + 1;
      name.textContent = facts.name.slice(at);
      folder.textContent = facts.name.slice(0, at);
      story.replaceChildren(...facts.lines.map((/** @type {string} */ line) => make("div", {}, line)),
        ...(facts.link ? [make("a", { href: facts.link, target: "_blank", rel: "noreferrer noopener" }, "its source")] : []));
    }).catch(() => (name.textContent = "its story can't be read")), StoryDelay);
    const card = make("section", { className: "card", "data-side": side },
      make("h3", {}, areAlternates(this.question) ? (side === "keeper" ? "First" : "Second") : side === "keeper" ? "Kept" : "Copy"), name, folder,
      make("p", { className: "small" }, `${sized.width} × ${sized.height}, ${sized.format.toUpperCase()}, ${bytes(sized.bytes)}`), story);
    card.addEventListener("click", event => {
      if (!(event.target instanceof HTMLAnchorElement) && (side === "member") !== this.viewer.showsMember) this.viewer.flip();
    });
    return card;
  }

  /** The keeper's other copies. @param {Question[]} group @param {(question: Question) => void} go */
  #strip(group, go) {
    if (group.length < 2) return make("div", { hidden: true });
    return make("div", { className: "strip", role: "group", "aria-label": "Copies of the same picture" }, ...group.map(other => {
      const tile = button("", () => go(other), { className: other === this.question ? "tile now" : "tile", title: other.found,
        "aria-label": `copy: ${other.found}${other.answer ? `, ${other.answer}` : ""}` });
      tile.append(make("img", { src: thumbUrl(other.id), alt: "", loading: "lazy" }));
      if (other.answer) tile.append(make("span", { className: "mark" }, other.answer === "drop" ? "✕" : "✓"));
      return tile;
    }));
  }
}
