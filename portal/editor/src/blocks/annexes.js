/** Annexes: drawn under their computed number, added at the end, removed whole. */
import {TextSelection} from "prosemirror-state";
import {_} from "../words.js";
import {el} from "../dom.js";
import {newId} from "../ids.js";
import {labelOf} from "../numbering.js";
import {depthOf} from "../places.js";
import {schema} from "../schema.js";

const {annex, annex_title, clause} = schema.nodes;

export class AnnexView {
  constructor(node, _view, _getPos, decorations) {
    this.label = el("p", {class: "ed-annex-label", contenteditable: "false"});
    this.contentDOM = el("div", {class: "ed-annex-content"});
    this.dom = el("section", {class: "ed-annex"}, this.label, this.contentDOM);
    this.update(node, decorations);
  }

  update(node, decorations) {
    if (this.node && node.type !== this.node.type) return false;
    const label = labelOf(decorations) || _("Phụ lục");
    if (this.label.textContent !== label) this.label.textContent = label;
    this.dom.dataset.id = node.attrs.id || "";
    this.node = node;
    return true;
  }

  ignoreMutation(record) {
    return record.type !== "selection" && !this.contentDOM.contains(record.target);
  }
}

/** Add an empty annex at the end and go to its title. */
export function addAnnex(state, dispatch) {
  if (dispatch) {
    const node = annex.create({id: newId()}, [annex_title.create(), clause.create({id: newId()})]);
    const end = state.doc.content.size;
    const tr = state.tr.insert(end, node);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView());
  }
  return true;
}

/** Remove the annex of the cursor with all that is in it. */
export function removeAnnex(state, dispatch) {
  const {$from} = state.selection;
  const depth = depthOf($from, annex);
  if (!depth) return false;
  if (dispatch) {
    const tr = state.tr.delete($from.before(depth), $from.after(depth));
    tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min($from.before(depth), tr.doc.content.size)), -1));
    dispatch(tr.scrollIntoView());
  }
  return true;
}

export const isInAnnex = state => depthOf(state.selection.$from, annex) > 0;
