/** What rebasing could not carry over: words of one's own that stood in what others took away. */
import {sendableSteps} from "prosemirror-collab";
import {placeOf} from "./places.js";

/** What waits to be sent, but for its first *known* steps, in order, each with where its words stand. */
export function waitingAfter(state, known) {
  const {steps = [], origins = []} = sendableSteps(state) || {};
  return steps.map((step, index) => ({step, origin: origins[index], ...standing(state.doc, steps, index)})).slice(known);
}

/** Those of *before* that are not in *after*. */
export function lostOf(before, after) {
  const left = new Map();
  for (const {origin} of after) left.set(origin, (left.get(origin) || 0) + 1);
  const had = new Map();
  for (const {origin} of before) had.set(origin, (had.get(origin) || 0) + 1);
  return before.filter(({origin}) => (left.get(origin) || 0) < had.get(origin));
}

/** Put what was lost back into its blocks, where these still are; gives the words that have no place. */
export function putBack(tr, lost, mapping) {
  return lost
    .filter(each => !isPutBack(tr, each, mapping))
    .map(({step}) => wordsOf(step))
    .join("");
}

function isPutBack(tr, {step, id, at, offset}, mapping) {
  const place = id ? placeOf(tr.doc, id) : null;
  if (place === null || !step.slice || step.slice.content.firstChild?.isBlock) return false;
  const [start, size] = [place + 1, tr.doc.nodeAt(place).content.size];
  const carried = tr.mapping.map(mapping.map(at));
  const isInside = start <= carried && carried <= start + size;
  const words = wordsOf(step);
  if (words) tr.insertText(words, isInside ? carried : start + Math.min(Math.max(0, offset - words.length), size));
  return true;
}

/** The block, by its name, and the place in it after which the words of an unsent step stand. */
function standing(doc, steps, index) {
  let at = null;
  steps[index].getMap().forEach((_from, _to, _start, end) => {
    at = steps.slice(index + 1).reduce((place, step) => step.getMap().map(place, -1), end);
  });
  const $at = at === null ? null : doc.resolve(at);
  return $at?.parent.isTextblock ? {id: $at.parent.attrs.id, at, offset: $at.parentOffset} : {id: null, at, offset: 0};
}

function wordsOf({slice}) {
  return slice ? slice.content.textBetween(0, slice.content.size, "\n", "\n") : "";
}
