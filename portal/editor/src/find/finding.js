/** Keeps what is looked for and where it stands while the text changes, and marks it. */
import {Plugin, PluginKey, TextSelection} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {clean} from "../normal.js";
import {matches} from "./matches.js";

const key = new PluginKey("finding");
const NOTHING = {words: "", options: {}, found: [], at: -1, drawn: DecorationSet.empty};
// What is drawn costs at every key press; nobody looks at more.
const MOST_DRAWN = 1000;

function draw(doc, found, at) {
  const first = Math.max(0, Math.min(at - MOST_DRAWN / 2, found.length - MOST_DRAWN));
  const shown = found.slice(first, first + MOST_DRAWN);
  return DecorationSet.create(doc, shown.map(({from, to}, order) =>
    Decoration.inline(from, to, {class: first + order === at ? "ed-found ed-found-now" : "ed-found"})));
}

/** What is found, with the first place at or after *near* as the present one. */
function looked(doc, {words, options}, near) {
  if (!words) return NOTHING;
  const found = matches(doc, words, options);
  const next = found.findIndex(({from}) => from >= near);
  const at = next < 0 && found.length ? 0 : next;
  return {words, options, found, at, drawn: draw(doc, found, at)};
}

export const finding = () => new Plugin({
  key,
  state: {
    init: () => NOTHING,
    apply(tr, was) {
      const asked = tr.getMeta(key);
      if (asked && "at" in asked) return {...was, at: asked.at, drawn: draw(tr.doc, was.found, asked.at)};
      if (asked) return looked(tr.doc, asked, asked.near);
      if (!tr.docChanged || !was.words) return was;
      const present = was.found[was.at];
      return looked(tr.doc, was, present ? tr.mapping.map(present.from) : 0);
    },
  },
  props: {decorations(state) { return key.getState(state).drawn; }},
});

export const foundIn = state => key.getState(state);

/** Look for *words*; empty ones end the search. */
export const look = (state, words, options) => state.tr.setMeta(key, {words, options, near: state.selection.from});

/** Go to the next place, or the one before, round the ends; null where there is none. */
export function step(state, by) {
  const {found, at} = foundIn(state);
  if (!found.length) return null;
  return goTo(state, (at + by + found.length) % found.length);
}

/** Select the present place. */
export function goTo(state, at) {
  const place = foundIn(state).found[at];
  if (!place) return null;
  return state.tr.setSelection(TextSelection.create(state.doc, place.from, place.to)).setMeta(key, {at});
}

function write(tr, {from, to}, words) {
  if (words) tr.insertText(words, from, to);
  else tr.delete(from, to);
}

/** Put *words* in the place of the present one; blocks keep their names, words keep their faces. */
export function replaceOne(state, words) {
  const {found, at} = foundIn(state);
  if (!found[at]) return null;
  const given = clean(words);
  const {tr} = state;
  write(tr, found[at], given);
  // The next one is looked for after what was just written, which may itself hold the words.
  const {words: sought, options} = foundIn(state);
  return tr.setMeta(key, {words: sought, options, near: found[at].from + given.length});
}

/** Put *words* in the place of all, each by a step of its own, so that remarks beside them stay. */
export function replaceAll(state, words) {
  const given = clean(words);
  const {tr} = state;
  for (const place of [...foundIn(state).found].reverse()) write(tr, place, given);
  return tr;
}
