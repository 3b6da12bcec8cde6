/** Holds others' changes back while an input method composes a word in the very block that they touch. */

// Whoever rests in the middle of a word, or never leaves one: the method is made to let go of it.
const REST_MS = 3000;
const MOST_MS = 10000;

export class Composing {
  /** *done* is called when changes that were held back may come in. */
  constructor(view, done) {
    this.view = view;
    this.done = done;
    this.since = null;
    this.isLongEnough = false;
    view.dom?.addEventListener("compositionstart", () => {
      this.isLongEnough = false;
    });
    // The next word may be begun in the same moment; between two words others' changes come in.
    view.dom?.addEventListener("compositionend", () => this.later(0, () => !view.composing && this.release()));
    view.dom?.addEventListener("compositionupdate", () => this.rest());
  }

  get isHolding() {
    return this.since !== null;
  }

  /** Whether the steps of others, on top of the confirmed text, touch the block being composed in. */
  isTouchedBy(steps, unsent, clientIds, clientId) {
    if (!this.view.composing || this.isLongEnough || clientIds.every(client => client === clientId)) return false;
    const {$head} = this.view.state.selection;
    const confirmed = place => unsent.reduceRight((at, step) => step.getMap().invert().map(at), place);
    const isTouched = touches(steps, confirmed($head.start()), confirmed($head.end()));
    if (isTouched && !this.isHolding) {
      this.since = Date.now();
      this.rest();
    }
    return isTouched;
  }

  rest() {
    if (!this.isHolding) return;
    const left = Math.max(0, this.since + MOST_MS - Date.now());
    this.later(Math.min(REST_MS, left), () => this.interrupt());
  }

  later(delay, act) {
    if (!this.isHolding) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(act, delay);
  }

  /** Leaving the field ends the composition with what stands there. */
  interrupt() {
    if (this.view.composing && this.view.hasFocus()) {
      this.view.dom.blur();
      this.view.focus();
    }
    this.later(0, () => this.release());
  }

  /** A composition that does not end even so, as on a page without focus, holds back nothing more. */
  release() {
    clearTimeout(this.timer);
    this.since = null;
    this.isLongEnough = this.view.composing;
    this.done();
  }
}

/** Whether any of the steps changes something from *start* to *end*. */
function touches(steps, start, end) {
  let [from, to] = [start, end];
  return steps.some(step => {
    const map = step.getMap();
    let isTouching = false;
    map.forEach((first, last) => {
      isTouching ||= first <= to && last >= from;
    });
    [from, to] = [map.map(from, -1), map.map(to, 1)];
    return isTouching;
  });
}
