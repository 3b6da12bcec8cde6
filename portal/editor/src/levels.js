/** Changes what a block is: its level, or whether it is a căn cứ, mở đầu, nội dung or kết. */
import {schema} from "./schema.js";
import {blockAround, blocksOf, orderOf} from "./places.js";

export const OUTWARD = ["part", "sec", "sub", "pt", "dash", "plus"];
const CELL_LEVELS = ["para", "dash", "plus"];
const {clause} = schema.nodes;

const mayHave = (block, level) => !block.inCell || CELL_LEVELS.includes(level);

/** Whether the container would still be in order with *type* at the given indexes. */
function fits(container, indexes, type) {
  if (container.type !== schema.topNodeType) return type === clause;
  let last = -1;
  for (let at = 0; at < container.childCount; at++) {
    const order = orderOf(indexes.has(at) ? type : container.child(at).type);
    if (order === undefined) continue;
    if (order < last) return false;
    last = order;
  }
  return true;
}

/** Whether one block may become *type* where it stands. */
export const mayTurn = (block, type) =>
  orderOf(block.node.type) !== undefined && fits(block.container, new Set([block.index]), type);

/** Turn the selected blocks into *type*; clauses get *level*. */
export function setKind(type, level = "para") {
  return (state, dispatch) => {
    const blocks = blocksOf(state);
    if (!blocks.length || blocks.some(each => orderOf(each.node.type) === undefined)) return false;
    const changed = blocks.filter(each => each.node.type !== type || (type === clause && each.node.attrs.level !== level));
    if (!changed.length || changed.some(each => type === clause && !mayHave(each, level))) return false;
    const containers = new Set(changed.map(each => each.container));
    for (const container of containers) {
      const indexes = new Set(changed.filter(each => each.container === container).map(each => each.index));
      if (!fits(container, indexes, type)) return false;
    }
    if (dispatch) dispatch(retype(state.tr, changed, type, level).scrollIntoView());
    return true;
  };
}

/** Every step by itself must leave the blocks in order, so those that go down are turned from the end. */
function retype(tr, blocks, type, level) {
  const target = orderOf(type);
  const down = blocks.filter(each => orderOf(each.node.type) < target).reverse();
  const up = blocks.filter(each => orderOf(each.node.type) >= target);
  for (const {node, pos} of [...down, ...up]) {
    if (node.type === type) tr.setNodeAttribute(pos, "level", level);
    else tr.setNodeMarkup(pos, type, {id: node.attrs.id, ...(type === clause && {level})});
  }
  return tr;
}

export const setLevel = level => setKind(clause, level);

/** The levels of the clauses before this one in its container, nearest first. */
function* levelsBefore(container, index) {
  for (let at = index - 1; at >= 0; at--) {
    const node = container.child(at);
    if (node.type === clause && node.attrs.level !== "para") yield node.attrs.level;
  }
}

const clamp = at => OUTWARD[Math.max(0, Math.min(OUTWARD.length - 1, at))];

function shifted(block, by) {
  const {level} = block.node.attrs;
  if (block.inCell) {
    const at = CELL_LEVELS.indexOf(level) + by;
    return CELL_LEVELS[Math.max(0, Math.min(CELL_LEVELS.length - 1, at))];
  }
  if (level !== "para") return clamp(OUTWARD.indexOf(level) + by);
  // A plain paragraph joins the list above it, or goes one deeper.
  const [above] = levelsBefore(block.container, block.index);
  return above ? clamp(OUTWARD.indexOf(above) + (by > 0 ? 1 : 0)) : clamp(by > 0 ? 1 : 0);
}

const rank = level => OUTWARD.indexOf(level);
const isBullet = level => level === "dash" || level === "plus";

/** The clauses below the one at *index*, up to the next of its own level or of one further out. */
function below({node, container, index, pos}) {
  const own = rank(node.attrs.level);
  const found = [];
  let at = pos + node.nodeSize;
  for (let next = index + 1; own >= 0 && next < container.childCount; next++) {
    const child = container.child(next);
    const level = child.type === clause ? child.attrs.level : "para";
    if (orderOf(child.type) !== 2 || (level !== "para" && rank(level) <= own)) break;
    // A paragraph after a dash may belong to the mục above it, and so may the dashes that follow.
    if (level === "para" && isBullet(node.attrs.level)) break;
    if (level !== "para") found.push({node: child, pos: at, level});
    at += child.nodeSize;
  }
  return found;
}

/** The level that a clause takes when the one that it stands under goes from *was* to *is*. */
function following(level, was, is, by) {
  if (isBullet(level)) {
    if (isBullet(is)) return "plus";
    return isBullet(was) ? "dash" : level;
  }
  return clamp(rank(level) + by);
}

/** Where the clause and all that is below it come to: [pos, level], in the order of the text. */
function unitShifted(block, by) {
  const own = shifted(block, by);
  if (block.inCell || block.node.attrs.level === "para" || own === block.node.attrs.level) return [[block.pos, own]];
  const above = [{was: block.node.attrs.level, is: own}];
  const moves = [[block.pos, own]];
  for (const {pos, level} of below(block)) {
    while (above.length > 1 && rank(above[above.length - 1].was) >= rank(level)) above.pop();
    const {was, is} = above[above.length - 1];
    const next = following(level, was, is, by);
    above.push({was: level, is: next});
    moves.push([pos, next]);
  }
  return moves;
}

function shift(by) {
  return (state, dispatch) => {
    const moves = new Map();
    for (const block of blocksOf(state).filter(each => each.node.type === clause)) {
      if (moves.has(block.pos)) continue;
      for (const [pos, level] of unitShifted(block, by)) if (!moves.has(pos)) moves.set(pos, level);
    }
    const changed = [...moves].filter(([pos, level]) => state.doc.nodeAt(pos).attrs.level !== level);
    if (!changed.length) return false;
    if (dispatch) {
      const tr = state.tr;
      for (const [pos, level] of changed) tr.setNodeAttribute(pos, "level", level);
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

/** One level further out, or in, with all that stands below. */
export const promote = shift(-1);
export const demote = shift(1);

/** The level outside of the one the cursor is in, as the blocks above have it. */
export function outerLevel($pos) {
  const block = blockAround($pos);
  const {level} = block.node.attrs;
  if (block.inCell) return level === "plus" ? "dash" : "para";
  const rank = OUTWARD.indexOf(level);
  for (const above of levelsBefore(block.container, block.index)) {
    if (OUTWARD.indexOf(above) < rank) return above;
  }
  return "para";
}

/** Whether all selected blocks are of this type and level: what a pressed button shows. */
export function isKind(state, type, level) {
  const blocks = blocksOf(state);
  return blocks.length > 0 && blocks.every(({node}) => node.type === type && (!level || node.attrs.level === level));
}
