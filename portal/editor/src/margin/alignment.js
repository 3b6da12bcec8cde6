/** Puts each card beside its passage; where cards would cover one another, they give way. */
import {placeOf} from "./anchors.js";

const GAP = 8;

/**
 * The tops of cards that want to stand at *wanted* (null: wherever there is room). The card at index
 * *active* gets its place exactly when there is room above it for those before.
 */
export function tops(wanted, heights, active = -1) {
  const found = downwards(wanted, heights);
  if (active < 0 || wanted[active] === null || found[active] <= wanted[active]) return found;
  found[active] = wanted[active];
  for (let at = active - 1; at >= 0; at -= 1) found[at] = Math.min(found[at], found[at + 1] - heights[at] - GAP);
  const below = Math.max(0, -found[0]);
  const moved = found.slice(0, active + 1).map(top => top + below);
  return downwards([...moved, ...wanted.slice(active + 1)], heights);
}

function downwards(wanted, heights) {
  let free = 0;
  return wanted.map((want, at) => {
    const top = Math.max(want ?? free, free);
    free = top + heights[at] + GAP;
    return top;
  });
}

/** Align the cards of *list* with their passages in *view*; `isWide` false puts them one below another. */
export function align(view, list, {active, isWide}) {
  const cards = list.ordered;
  if (!list.element.offsetParent) return;
  if (!isWide) {
    cards.forEach(({element}) => element.style.removeProperty("margin-top"));
    return;
  }
  const origin = list.element.getBoundingClientRect().top;
  const wanted = cards.map(({key}) => topOf(view, key, origin));
  const heights = cards.map(({element}) => element.offsetHeight);
  const found = tops(
    wanted,
    heights,
    cards.findIndex(({key}) => key && key === active),
  );
  cards.forEach(({element}, at) => {
    const above = at ? found[at - 1] + heights[at - 1] : 0;
    element.style.marginTop = `${Math.round(found[at] - above)}px`;
  });
}

/** How far below *origin* the passage begins, or null when it is nowhere. */
export function topOf(view, key, origin) {
  const place = key && placeOf(view.state, key);
  if (!place || place.isGone) return null;
  return Math.max(0, view.coordsAtPos(place.start).top - origin);
}
