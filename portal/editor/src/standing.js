/** Where the cursor is, by the block's name: the block may be taken away and brought back under it. */
import {TextSelection} from "prosemirror-state";
import {placeOf} from "./places.js";

export class Standing {
  constructor({selection: {$head, head}}) {
    this.head = head;
    this.id = $head.parent.isTextblock ? $head.parent.attrs.id : null;
    this.offset = $head.parentOffset;
  }

  /** Whether the block is no longer in *doc*. */
  isGoneFrom(doc) {
    return Boolean(this.id) && placeOf(doc, this.id) === null;
  }

  /** Put the cursor of *tr* back into its block, if that was taken away and is there again. */
  restore(tr, mapping) {
    const place = this.id ? placeOf(tr.doc, this.id) : null;
    if (place === null || !mapping.mapResult(this.head, -1).deleted) return tr;
    const at = place + 1 + Math.min(this.offset, tr.doc.nodeAt(place).content.size);
    return tr.setSelection(TextSelection.near(tr.doc.resolve(at)));
  }
}
