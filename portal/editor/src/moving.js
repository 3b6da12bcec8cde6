/**
 * Moving blocks as one step: two neighbours change places, and every place in them goes along.
 *
 * A move as deletion and insertion would carry a copy of the text: what somebody else wrote in it
 * meanwhile would be gone, and their cursor with it. workflows/domain/content/moving.py is its twin.
 */
import {Slice} from "prosemirror-model";
import {MapResult, Step, StepMap, StepResult} from "prosemirror-transform";

/** Nothing is deleted. A place at a border belongs to the block on its *assoc* side. */
export class MoveMap extends StepMap {
  constructor(start, middle, end) {
    // To whom it may concern, all of it was replaced by as much.
    super([start, end - start, end - start]);
    Object.assign(this, {start, middle, end});
  }

  map(pos, assoc = 1) {
    const at = assoc < 0 ? pos - 1 : pos;
    if (at < this.start || at >= this.end) return pos;
    return at < this.middle ? pos + this.end - this.middle : pos - (this.middle - this.start);
  }

  mapResult(pos, assoc = 1) {
    return new MapResult(this.map(pos, assoc), 0, null);
  }

  touches() {
    return false;
  }

  invert() {
    return new MoveMap(this.start, this.start + this.end - this.middle, this.end);
  }

  toString() {
    return `move ${this.start} ${this.middle} ${this.end}`;
  }
}

/** The blocks from *start* to *middle* and those from *middle* to *end* change places. */
export class MoveStep extends Step {
  constructor(start, middle, end) {
    super();
    Object.assign(this, {start, middle, end});
  }

  /** Fails for anything but two rows of whole blocks, side by side. */
  apply(doc) {
    const {start, middle, end} = this;
    if (!(start < middle && middle < end && end <= doc.content.size)) return StepResult.fail("no two rows of blocks");
    const parents = new Set([start, middle, end].map(pos => doc.resolve(pos).parent));
    const rows = [doc.slice(middle, end), doc.slice(start, middle)];
    const isOpen = rows.some(({openStart, openEnd}) => openStart || openEnd);
    if (parents.size > 1 || isOpen || doc.resolve(start).parent.inlineContent) return StepResult.fail("not between blocks");
    return StepResult.fromReplace(doc, start, end, new Slice(rows[0].content.append(rows[1].content), 0, 0));
  }

  getMap() {
    return new MoveMap(this.start, this.middle, this.end);
  }

  invert() {
    return new MoveStep(this.start, this.start + this.end - this.middle, this.end);
  }

  /** The move after others' changes, or null when the rows are no longer neighbours. */
  map(mapping) {
    const [start, middle, end] = [mapping.map(this.start, 1), mapping.map(this.middle, 1), mapping.map(this.end, -1)];
    const isApart = middle !== mapping.map(this.middle, -1);
    return isApart || !(start < middle && middle < end) ? null : new MoveStep(start, middle, end);
  }

  toJSON() {
    return {stepType: "move", start: this.start, middle: this.middle, end: this.end};
  }

  static fromJSON(_schema, {start, middle, end}) {
    return new MoveStep(start, middle, end);
  }
}

Step.jsonID("move", MoveStep);
