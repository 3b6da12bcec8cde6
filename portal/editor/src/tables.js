/** Tables: inserting, changing rows and columns, merging cells, and going from cell to cell. */
import {Fragment, Slice} from "prosemirror-model";
import {Plugin, TextSelection} from "prosemirror-state";
import {sendableSteps} from "prosemirror-collab";
import * as pm from "prosemirror-tables";
import {schema} from "./schema.js";
import {newId} from "./ids.js";
import {depthOf, orderOf} from "./places.js";

const {clause, table, table_row, table_cell, table_header} = schema.nodes;
// The limits of workflows/domain/content/tables.py.
export const MAX_COLUMNS = 40;
export const MAX_ROWS = 1000;

const emptyCell = type => type.create(null, clause.create({id: newId()}));

export function newTable(rows, columns) {
  const row = type => table_row.create(null, Array.from({length: columns}, () => emptyCell(type)));
  const lines = Array.from({length: rows}, (_none, at) => row(at ? table_cell : table_header));
  return table.create({id: newId()}, lines);
}

/** Where a table may be put: after the clause or table of the cursor, in the body or an annex. */
function placeOf($from) {
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    const parent = $from.node(depth - 1);
    const isOpen = parent.type === schema.topNodeType || parent.type === schema.nodes.annex;
    if (isOpen && (orderOf(node.type) === 2 || node.type === schema.nodes.annex_title)) return depth;
  }
  return 0;
}

/** Insert a table; an empty paragraph gives way to it. */
export const insertTable = (rows, columns) => (state, dispatch) => {
  const {$from} = state.selection;
  const depth = placeOf($from);
  if (!depth) return false;
  if (dispatch) {
    const block = $from.node(depth);
    const isEmpty = block.type === clause && block.content.size === 0;
    const from = isEmpty ? $from.before(depth) : $from.after(depth);
    const tr = state.tr.replaceWith(from, $from.after(depth), newTable(rows, columns));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(from + 1))).scrollIntoView());
  }
  return true;
};

/** A paragraph before or after the table, where no other key can reach. */
export const paragraphBeside = by => (state, dispatch) => {
  const {$from} = state.selection;
  const depth = depthOf($from, table);
  if (!depth) return false;
  if (dispatch) {
    const pos = by > 0 ? $from.after(depth) : $from.before(depth);
    const tr = state.tr.insert(pos, clause.create({id: newId()}));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1)).scrollIntoView());
  }
  return true;
};

const size = state => {
  const depth = depthOf(state.selection.$from, table);
  return depth ? pm.TableMap.get(state.selection.$from.node(depth)) : null;
};
// More steps than this become one, which names its new blocks: the server takes 500 at a time.
const MANY = 100;

/** Write a table anew in one step when a command on a long one made hundreds. */
function atOnce(state, tr) {
  if (tr.steps.length < MANY) return tr;
  const {$from} = state.selection;
  const before = $from.before(depthOf($from, table));
  const old = state.doc.nodeAt(before);
  const grown = tr.doc.nodeAt(before);
  const name = node => {
    if (node.isText) return node;
    const attrs = node.type === clause && !node.attrs.id ? {...node.attrs, id: newId()} : node.attrs;
    const children = [];
    node.forEach(child => children.push(name(child)));
    return node.type.create(attrs, children);
  };
  const whole = state.tr.replaceWith(before + 1, before + old.nodeSize - 1, name(grown).content);
  return whole.setSelection(TextSelection.near(whole.doc.resolve($from.pos)));
}

const within = (dimension, most, command) => (state, dispatch) => {
  const map = size(state);
  if (!map || map[dimension] >= most) return false;
  return command(state, dispatch && (tr => dispatch(atOnce(state, tr))));
};

export const addRowBefore = within("height", MAX_ROWS, pm.addRowBefore);
export const addRowAfter = within("height", MAX_ROWS, pm.addRowAfter);
export const addColumnBefore = within("width", MAX_COLUMNS, pm.addColumnBefore);
export const addColumnAfter = within("width", MAX_COLUMNS, pm.addColumnAfter);
export const {deleteTable, mergeCells, splitCell} = pm;

/** Delete what is selected, unless nothing of the table would be left: that is another tool's. */
const leaving = (start, end, dimension, command) => (state, dispatch) => {
  if (!pm.isInTable(state)) return false;
  const rect = pm.selectedRect(state);
  if (rect[start] === 0 && rect[end] === rect.map[dimension]) return false;
  return command(state, dispatch);
};

export const deleteRow = leaving("top", "bottom", "height", pm.deleteRow);
export const deleteColumn = leaving("left", "right", "width", pm.deleteColumn);
export const toggleHeaderRow = pm.toggleHeader("row", {useDeprecatedLogic: false});
export const isInTable = state => depthOf(state.selection.$from, table) > 0;

const isBlank = cell => !cell.textContent && cell.childCount === 1;

/** The area of the table that *width* × *height* pasted cells would cover. */
function areaOf({left, top, map}, {width, height}) {
  return {left, top, right: Math.min(map.width, left + width), bottom: Math.min(map.height, top + height)};
}

/** Cells are header cells where they come into a header row, and plain ones elsewhere. */
function suited(rows, {table: whole, map, left, top}) {
  return rows.map((row, order) => {
    const at = top + order < map.height ? map.map[(top + order) * map.width + Math.min(left, map.width - 1)] : null;
    const type = at === null ? table_cell : whole.nodeAt(at).type;
    const cells = [];
    row.forEach(cell => cells.push(type.create(cell.attrs, cell.content)));
    return Fragment.from(cells);
  });
}

/**
 * Spread the cells of *pasted* over the table, from the cursor's cell on; it grows where it must.
 *
 * Null where that would overwrite words that nobody has selected, or make the table too large.
 */
export function fillCells(state, pasted) {
  if (!pm.isInTable(state)) return null;
  const rect = pm.selectedRect(state);
  const cells = pm.__pastedCells(new Slice(Fragment.from(pasted), 0, 0));
  if (!cells || rect.left + cells.width > MAX_COLUMNS || rect.top + cells.height > MAX_ROWS) return null;
  const covered = rect.map.cellsInRect(areaOf(rect, cells)).map(pos => rect.table.nodeAt(pos));
  if (!(state.selection instanceof pm.CellSelection) && !covered.every(isBlank)) return null;
  let found = null;
  pm.__insertCells(state, tr => { found = tr; }, rect.tableStart, rect, {...cells, rows: suited(cells.rows, rect)});
  const end = found.selection.$headCell.pos + found.selection.$headCell.nodeAfter.nodeSize - 1;
  const whole = atOnce(state, found);
  return whole === found ? found.setSelection(TextSelection.near(found.doc.resolve(end), -1)) : whole;
}

/** Put the cursor of *tr* into the first of the cells that were selected. */
export function cursorInFirstCell({selection}, tr) {
  if (!(selection instanceof pm.CellSelection)) return tr;
  const first = Math.min(...selection.ranges.map(({$from}) => $from.pos));
  return tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(first, -1))));
}

/** Go to the next cell; after the last one a row is added. */
export const nextCell = by => (state, dispatch) => {
  if (!pm.isInTable(state)) return false;
  if (pm.goToNextCell(by)(state, dispatch)) return true;
  if (by < 0) return true;
  let grown = null;
  addRowAfter(state, tr => { grown = tr; });
  if (grown && dispatch) {
    const next = state.apply(grown);
    let selection = null;
    pm.goToNextCell(1)(next, tr => { selection = tr.selection; });
    if (selection) grown.setSelection(TextSelection.create(grown.doc, selection.from, selection.to));
    dispatch(grown.scrollIntoView());
  }
  return true;
};

/**
 * prosemirror-tables' plugin, which also mends broken tables.
 *
 * After other people's steps it mends only where our own unconfirmed ones may have clashed with
 * them: if every reader mended the same table, the mending would be done twice.
 */
export function tables() {
  const base = pm.tableEditing();
  return new Plugin({
    ...base.spec,
    appendTransaction(transactions, old, state) {
      const isOthers = transactions.every(each => each.getMeta("collab$") || !each.docChanged);
      if (transactions.some(each => each.docChanged) && isOthers && !hasUnsent(state)) return null;
      return base.spec.appendTransaction(transactions, old, state);
    },
  });
}

/** Whether the collaboration plugin, if there is one, holds steps that nobody else has. */
export function hasUnsent(state) {
  return state.plugins.some(each => each.key === "collab$") && sendableSteps(state) !== null;
}
