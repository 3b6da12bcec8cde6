/** What rebasing could not carry over: words of one's own that stood in what others took away. */
import {sendableSteps} from "prosemirror-collab";

/** What waits to be sent, but for its first *known* steps: [{step, origin}], in order. */
export function waitingAfter(state, known) {
  const waiting = sendableSteps(state);
  if (!waiting) return [];
  return waiting.steps.map((step, index) => ({step, origin: waiting.origins[index]})).slice(known);
}

/** The words that *before* would have put into the text and that *after* no longer does. */
export function lostWords(before, after) {
  const left = new Map();
  for (const {origin} of after) left.set(origin, (left.get(origin) || 0) + 1);
  const had = new Map();
  for (const {origin} of before) had.set(origin, (had.get(origin) || 0) + 1);
  return before
    .filter(({origin}) => (left.get(origin) || 0) < had.get(origin))
    .map(({step}) => (step.slice ? step.slice.content.textBetween(0, step.slice.content.size, "\n", "\n") : ""))
    .join("");
}
