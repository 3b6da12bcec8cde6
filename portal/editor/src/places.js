/** Where in a plan a position lies, and which blocks may stand beside which. */
import {schema} from "./schema.js";

const {clause, table, basis, opening, closing} = schema.nodes;

// The order of the schema: căn cứ, mở đầu, nội dung, kết.
const ORDER = new Map([[basis, 0], [opening, 1], [clause, 2], [table, 2], [closing, 3]]);

export const orderOf = type => ORDER.get(type);

const isCell = node => node.type.spec.tableRole === "cell" || node.type.spec.tableRole === "header_cell";

/** The text block around a position: node, its container, its index there, and where it begins. */
export function blockAround($pos) {
  if (!$pos.parent.isTextblock) return null;
  const depth = $pos.depth - 1;
  return {
    node: $pos.parent,
    container: $pos.node(depth),
    index: $pos.index(depth),
    before: $pos.before(),
    after: $pos.after(),
    inCell: isCell($pos.node(depth)),
  };
}

/** Whether two positions lie in one run of blocks that may be joined: only căn cứ, only nội dung …. */
export function isOneRun($from, $to) {
  if ($from.sameParent($to)) return $from.parent.isTextblock;
  const one = blockAround($from);
  const other = blockAround($to);
  if (!one || !other || one.container !== other.container) return false;
  if ($from.start($from.depth - 1) !== $to.start($to.depth - 1)) return false;
  const order = orderOf(one.node.type);
  return order !== undefined && order === orderOf(other.node.type);
}

/** The text blocks that a selection touches, each with its position and container. */
export function blocksOf(state) {
  const found = [];
  const seen = new Set();
  for (const {$from, $to} of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos, parent, index) => {
      if (!node.isTextblock) return true;
      if (!seen.has(pos)) found.push({node, pos, container: parent, index, inCell: isCell(parent)});
      seen.add(pos);
      return false;
    });
  }
  return found;
}

/** The depth at which an ancestor of this type stands, or 0. */
export function depthOf($pos, type) {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type === type) return depth;
  }
  return 0;
}

/** The position of a block by its id: others may have typed above it while a dialog was open. */
export function placeOf(doc, id) {
  let found = null;
  doc.descendants((node, pos) => {
    if (found === null && node.attrs.id === id) found = pos;
    return found === null && !node.isTextblock;
  });
  return found;
}
