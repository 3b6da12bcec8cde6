/** Moves blocks up and down, each with what is below it; ids stay. */
import {TextSelection} from "prosemirror-state";
import {schema} from "./schema.js";
import {OUTWARD} from "./levels.js";
import {MoveStep} from "./moving.js";
import {depthOf, orderOf} from "./places.js";

const {clause, table, annex, recipients, annex_title} = schema.nodes;
const PLAIN = OUTWARD.length;

function rank(node) {
  if (node.type !== clause || node.attrs.level === "para") return PLAIN;
  return OUTWARD.indexOf(node.attrs.level);
}

/** Which siblings a block may change places with. */
function isKin(one, other) {
  const order = orderOf(one.type);
  return order === undefined ? one.type === other.type : order === orderOf(other.type);
}

/** The end of the unit that begins at *index*: a clause takes along what is below it. */
function unitEnd(container, index) {
  const first = container.child(index);
  const own = rank(first);
  let end = index + 1;
  // Under a dash only plus signs are surely its own; a paragraph after it may belong to the mục.
  const reach = own >= OUTWARD.indexOf("dash") ? PLAIN - 1 : PLAIN;
  while (first.type === clause && end < container.childCount) {
    const next = container.child(end);
    if (!isKin(first, next) || rank(next) <= own || rank(next) > reach) break;
    end++;
  }
  return end;
}

/** The container and the indexes of what the selection would move. */
function movable(state) {
  const {$from, $to} = state.selection;
  let depth = $from.sharedDepth($to.pos);
  if (depth && $from.node(depth).isTextblock) depth--;
  if ($from.node(depth).type === table || $from.node(depth).type.spec.tableRole === "row") depth = depthOf($from, table) - 1;
  if ($from.depth > depth && $from.node(depth).type === annex && $from.node(depth + 1).type === annex_title) depth--;
  if ($from.depth <= depth) return null;
  const container = $from.node(depth);
  const start = $from.index(depth);
  const first = container.child(start);
  if (orderOf(first.type) === undefined && first.type !== annex && container.type !== recipients) return null;
  let last = Math.max(start, $to.indexAfter(depth) - 1);
  if ($to.depth > depth) last = $to.index(depth);
  let end = start;
  while (end <= last) end = unitEnd(container, end);
  for (let at = start; at < end; at++) if (!isKin(first, container.child(at))) return null;
  return {container, start, end, base: $from.start(depth)};
}

/** The index range of the neighbour that changes places with [start, end). */
function neighbour({container, start, end}, by) {
  const first = container.child(start);
  const own = rank(first);
  if (by > 0) {
    if (end >= container.childCount || !isKin(first, container.child(end))) return null;
    return [end, rank(container.child(end)) === own ? unitEnd(container, end) : end + 1];
  }
  let at = start - 1;
  if (at < 0 || !isKin(first, container.child(at))) return null;
  while (own < PLAIN && at > 0 && rank(container.child(at)) > own && isKin(first, container.child(at - 1))) at--;
  return [at, start];
}

function extent(container, base, from, to) {
  let start = base;
  for (let at = 0; at < from; at++) start += container.child(at).nodeSize;
  let end = start;
  for (let at = from; at < to; at++) end += container.child(at).nodeSize;
  return [start, end];
}

function move(by) {
  return (state, dispatch) => {
    const unit = movable(state);
    const other = unit && neighbour(unit, by);
    if (!other) return false;
    if (dispatch) {
      const {container, base} = unit;
      const own = extent(container, base, unit.start, unit.end);
      const [from, to] = extent(container, base, ...other);
      const {anchor, head} = state.selection;
      const tr = state.tr.step(by > 0 ? new MoveStep(own[0], own[1], to) : new MoveStep(from, own[0], own[1]));
      const distance = by > 0 ? to - from : from - to;
      tr.setSelection(TextSelection.between(tr.doc.resolve(anchor + distance), tr.doc.resolve(head + distance)));
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

export const moveUp = move(-1);
export const moveDown = move(1);
