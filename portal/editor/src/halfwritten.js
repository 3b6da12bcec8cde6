/** A proposal that was begun and neither sent nor given up: kept in this browser, and offered again. */
import {Node} from "prosemirror-model";
import {Step} from "prosemirror-transform";
import {Stash, leftBehind, touchedText} from "./stash.js";
import {ask, confirmed, showUnsent} from "./dialog.js";
import {button, moment} from "./dom.js";
import {countChanges, stepsOf} from "./ownchanges.js";
import {newId} from "./ids.js";
import {olderCopy} from "./newer.js";
import {schema} from "./schema.js";
import {_} from "./words.js";

const KIND = "proposal";

/** Keeps one copy, also the text that it was made from: that text may not be had again from the server. */
export class Keeping {
  /** *copy* is the proposal: its page, version, number, base (the text it began with), view and note. */
  constructor(copy) {
    const {planId, data} = copy.page;
    this.stash = new Stash({kind: KIND, planId, personId: data.me.id, name: newId()});
    this.copy = copy;
    this.doc = copy.base.toJSON();
  }

  /** Call after every change. */
  changed() {
    this.stash.changed(() => this.taken());
  }

  taken() {
    const {version, number, view} = this.copy;
    const count = this.isOver ? 0 : countChanges(view.state);
    if (!count) return null;
    const steps = stepsOf(view.state);
    return {
      version,
      number,
      count,
      doc: this.doc,
      steps: steps.map(step => step.toJSON()),
      note: this.copy.note.field.value,
      text: touchedText(view.state.doc, steps),
    };
  }

  /** Write at once; false when this browser keeps nothing. */
  now() {
    this.stash.changed(() => this.taken());
    this.stash.write();
    return !this.stash.isFailing;
  }

  /** Sent or given up. */
  end() {
    this.isOver = true;
    this.now();
  }
}

/** What this person began for this plan in pages that are no longer open, the newest last. */
export function halfWritten({planId, data}) {
  return leftBehind({kind: KIND, planId, personId: data.me.id});
}

/** The text that a kept copy was made from, and the steps to what it was; null when they do not fit any more. */
export function opened(kept) {
  try {
    const base = Node.fromJSON(schema, kept.doc);
    const steps = kept.steps.map(step => Step.fromJSON(schema, step));
    const end = steps.reduce((doc, step) => doc && step.apply(doc).doc, base);
    return end && {base, steps, version: kept.version, number: kept.number, note: kept.note || ""};
  } catch (error) {
    console.warn(error);
    return null;
  }
}

/** Whether no other page has opened it again, or given it up, since it was offered here. */
export function isStillKept(kept) {
  return localStorage.getItem(kept.key) !== null;
}

/** Forget a kept copy: it is open again elsewhere, or given up. */
export function forget(kept) {
  localStorage.removeItem(kept.key);
}

/** A notice of one kept copy: a sentence, then its buttons. `goOn(kept)` opens it, `changed()` asks anew. */
export function offerOf(kept, {now, mayPropose, goOn, changed}) {
  const drop = async () => {
    const isSure = await confirmed(_("Bỏ bản đề xuất?"), _("Những chỗ bạn đã sửa trong bản viết dở này sẽ mất."), {
      yes: _("Bỏ bản này"),
      no: _("Giữ lại"),
    });
    if (isSure) forget(kept);
    changed();
  };
  return [
    [said(kept), mayPropose ? olderCopy(kept, now) : _("Hiện nay bạn không gửi được đề xuất cho kế hoạch này.")]
      .filter(Boolean)
      .join(" "),
    mayPropose && button(_("Viết tiếp"), () => goOn(kept), {kind: "primary"}),
    button(_("Xem để sao chép"), () => showKept(kept)),
    button(_("Bỏ bản này"), drop),
  ].filter(Boolean);
}

/** Go on with what was begun, or begin anew: "on", "new", or neither. */
export function askWhich(kept, now) {
  return ask({
    title: _("Bạn có bản đề xuất viết dở"),
    body: [said(kept), " ", olderCopy(kept, now)],
    choices: [
      {value: "on", words: _("Viết tiếp bản dở"), kind: "primary"},
      {value: "new", words: _("Viết bản mới")},
      {value: "neither", words: _("Thôi")},
    ],
  });
}

/** The words of a copy that does not open any more, or is not to be opened. */
export function showKept(kept, sentence = said(kept)) {
  return showUnsent({
    title: _("Bản đề xuất viết dở"),
    sentence,
    text: kept.text,
    choices: [{value: "seen", words: _("Đóng"), kind: "primary"}],
  });
}

function said({at, count}) {
  return _("Bạn có bản đề xuất viết dở lúc %(at)s (%(count)s chỗ sửa), chưa gửi.", {at: moment(at), count});
}
