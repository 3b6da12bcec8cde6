/** Deletes what is selected without ever tearing the parts of a plan: title, recipients, signature stay. */
import {Plugin, PluginKey, NodeSelection, TextSelection} from "prosemirror-state";
import {CellSelection} from "prosemirror-tables";
import {schema} from "./schema.js";
import {blockAround, isOneRun, orderOf} from "./places.js";

const {table, annex, recipient} = schema.nodes;

const isCell = node => Boolean(node.type.spec.tableRole) && node.type.spec.tableRole.endsWith("cell");
const mayGoWhole = (node, parent) =>
  node.type === table || node.type === annex || node.type === recipient
  || (orderOf(node.type) !== undefined && !isCell(parent));

/** Empty [from, to): whole blocks go, of others only the covered text; from the end, so that positions hold. */
function deleteAcross(tr, from, to) {
  const cuts = [];
  tr.doc.nodesBetween(from, to, (node, pos, parent) => {
    const isWhole = from <= pos && to >= pos + node.nodeSize;
    if (isWhole && mayGoWhole(node, parent)) cuts.push([pos, pos + node.nodeSize]);
    else if (node.isTextblock) cuts.push([Math.max(from, pos + 1), Math.min(to, pos + node.nodeSize - 1)]);
    else return !node.isLeaf;
    return false;
  });
  for (const [start, end] of cuts.reverse()) if (end > start) tr.delete(start, end);
  return tr;
}

/** Delete the selection; null when there is nothing to delete or nothing may go. */
export function deleteSelected(state, tr = state.tr) {
  const {selection} = state;
  if (selection.empty) return null;
  if (selection instanceof NodeSelection) {
    return selection.node.type === table ? tr.deleteSelection() : null;
  }
  if (selection instanceof CellSelection) return tr.deleteSelection();
  const {$from, $to} = selection;
  if (isOneRun($from, $to)) return tr.deleteSelection();
  deleteAcross(tr, selection.from, selection.to);
  const near = tr.doc.resolve(tr.mapping.map(selection.from));
  return tr.setSelection(TextSelection.near(near, near.parent.isTextblock ? 1 : -1));
}

/** Put *text* in the place of the selection. */
export function typeOver(state, text) {
  const tr = deleteSelected(state);
  if (tr && tr.selection.$from.parent.isTextblock) tr.insertText(text);
  return tr;
}

const isAcross = ({selection}) =>
  !selection.empty && !(selection instanceof CellSelection)
  && (selection instanceof NodeSelection || !isOneRun(selection.$from, selection.$to));

/** The blocks before and after the cursor's own, in the same container. */
function beside(block, by) {
  const index = block.index + by;
  return index >= 0 && index < block.container.childCount ? block.container.child(index) : null;
}

const mayVanish = block =>
  block.node.content.size === 0 && block.container.childCount > 1 && mayGoWhole(block.node, {type: {spec: {}}})
  && (!block.inCell || block.container.childCount > 1);

function removeBlock(state, block, near) {
  const tr = state.tr.delete(block.before, block.after);
  const at = tr.doc.resolve(near > 0 ? Math.min(block.before, tr.doc.content.size) : block.before);
  return tr.setSelection(TextSelection.near(at, near));
}

/** Join the block with the one before it (or, from that one's end, with the one after it). */
function join(state, block, by) {
  const other = beside(block, by);
  const isKin = other && other.isTextblock && other.type !== schema.nodes.annex_title
    && (orderOf(other.type) !== undefined || other.type === recipient)
    && (orderOf(other.type) !== undefined) === (orderOf(block.node.type) !== undefined);
  if (!isKin) return mayVanish(block) ? removeBlock(state, block, by) : null;
  const cut = by < 0 ? block.before : block.after;
  const [first, second] = by < 0 ? [other, block.node] : [block.node, other];
  // The block that has words keeps its name and level.
  if (first.content.size === 0) return state.tr.delete(cut - first.nodeSize, cut);
  if (second.content.size === 0) {
    const tr = state.tr.delete(cut, cut + second.nodeSize);
    return tr.setSelection(TextSelection.create(tr.doc, cut - 1));
  }
  return state.tr.join(cut);
}

function atBoundary(by) {
  return (state, dispatch, view) => {
    const {$cursor} = state.selection;
    const block = $cursor && blockAround($cursor);
    if (!block) return false;
    const isThere = view ? view.endOfTextblock(by < 0 ? "backward" : "forward", state) : true;
    if ($cursor.parentOffset !== (by < 0 ? 0 : $cursor.parent.content.size) || !isThere) return false;
    if (dispatch) {
      const level = block.node.attrs.level;
      const tr = by < 0 && level && level !== "para"
        ? state.tr.setNodeAttribute(block.before, "level", "para")
        : join(state, block, by);
      if (tr) dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

function overSelection(state, dispatch) {
  if (state.selection.empty || state.selection instanceof CellSelection) return false;
  const tr = deleteSelected(state);
  if (tr && dispatch) dispatch(tr.scrollIntoView());
  return true;
}

const first = commands => (state, dispatch, view) => commands.some(command => command(state, dispatch, view));

export const backspace = first([overSelection, atBoundary(-1)]);
export const forwardDelete = first([overSelection, atBoundary(1)]);

const keptKey = new PluginKey("keptParts");

/** The last guard: no local change may exchange the title or the signature for a new one. */
export function keptParts() {
  const named = (doc, name) => {
    let id = null;
    doc.forEach(node => { if (node.type.name === name) id = node.attrs.id; });
    return id;
  };
  return new Plugin({
    key: keptKey,
    filterTransaction(tr, state) {
      if (!tr.docChanged || tr.getMeta("collab$")) return true;
      return ["title", "signature"].every(name => {
        const id = named(state.doc, name);
        return !id || id === named(tr.doc, name);
      });
    },
    props: {
      handleTextInput(view, _from, _to, text) {
        if (!isAcross(view.state)) return false;
        const tr = typeOver(view.state, text);
        if (tr) view.dispatch(tr.scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        // An input method writes into the page itself: the selection must be gone before it does.
        compositionstart(view) {
          if (isAcross(view.state)) {
            const tr = deleteSelected(view.state);
            if (tr) view.dispatch(tr);
          }
          return false;
        },
        dragstart(_view, event) {
          event.preventDefault();
          return true;
        },
      },
    },
  });
}
