/** A remark being written: on what is selected, on the block with the cursor, or on the whole text. */
import {say} from "../said.js";
import {_} from "../words.js";
import {topOf} from "./alignment.js";
import {placeOf, setPlaces} from "./anchors.js";

export class NewRemark {
  /** *beside* has view, text, server, can, margin, threads, align() and refresh(). */
  constructor(beside) {
    this.beside = beside;
  }

  /** Whoever remarks on the draft speaks to those who write it. */
  get isDraft() {
    return this.beside.which === "draft";
  }

  begin() {
    const {can, view} = this.beside;
    if (!can.comment) return say(_("Bạn không góp ý được cho văn bản này."));
    const range = selectedRange(view.state);
    return range ? this.ask(range) : say(_("Bạn chọn một đoạn chữ rồi mới góp ý."));
  }

  /** Ask for the remark on a range; null: on the whole text. */
  ask(range) {
    const {view, margin, threads} = this.beside;
    setPlaces(view, "pending", range ? [{key: "pending", ...range}] : []);
    margin.select("thread");
    margin.openSheet(view.dom);
    threads.begin({
      audience: this.isDraft ? "writers" : "readers",
      quoted: range ? view.state.doc.textBetween(range.start, range.end, "\n", "\n") : "",
      post: remark => this.post(remark),
      cancel: () => this.end(),
    });
    this.beside.align();
    requestAnimationFrame(() => threads.newSlot.scrollIntoView({block: "nearest"}));
  }

  /** Send it; gives the sentence why not, or nothing. What was typed before must be saved first. */
  async post(remark) {
    const {text, view, server} = this.beside;
    if (!(await text.ready())) {
      return _("Nội dung bạn vừa gõ chưa lưu được, nên chưa gửi được góp ý. Bạn thử lại sau ít phút.");
    }
    const {start, end, isGone} = placeOf(view.state, "pending") || {start: null, end: null};
    if (isGone) return _("Đoạn bạn góp ý vừa bị người khác xoá. Bạn sao chép nội dung góp ý rồi chọn đoạn khác.");
    await server.post("threads", {version: text.version(), start, end, isDraft: this.isDraft, ...remark});
    this.end();
    await this.beside.refresh();
    say(_("Đã gửi góp ý."));
    return "";
  }

  end() {
    const {view, threads, margin} = this.beside;
    setPlaces(view, "pending", []);
    threads.end();
    margin.closeSheet();
    view.dom.focus();
    this.beside.align();
  }

  /** Beside its passage where there is room, else at the top of the sheet. */
  align(isWide) {
    const {view, threads} = this.beside;
    if (!isWide) {
      threads.newSlot.style.removeProperty("top");
      return;
    }
    const origin = threads.panel.getBoundingClientRect().top;
    threads.newSlot.style.top = `${topOf(view, "pending", origin) || 0}px`;
  }
}

/** What is selected; a cursor stands for its whole block; null when that is empty. */
export function selectedRange({selection}) {
  if (!selection.empty) return {start: selection.from, end: selection.to};
  const {$from} = selection;
  if (!$from.parent.isTextblock || !$from.parent.content.size) return null;
  return {start: $from.start(), end: $from.end()};
}
