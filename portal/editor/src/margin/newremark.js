/** A remark being written: on what is selected, on the block with the cursor, or on the whole text. */
import {say} from "../said.js";
import {_} from "../words.js";
import {placeOf, setPlaces} from "./anchors.js";
import {blockCalled} from "./blocks.js";

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
  ask(range, kept = null) {
    const {view, margin, threads} = this.beside;
    setPlaces(view, "pending", range ? [{key: "pending", ...range}] : []);
    margin.select("thread");
    margin.openSheet(view.dom);
    threads.begin({
      audience: this.isDraft ? "writers" : "readers",
      quoted: range ? view.state.doc.textBetween(range.start, range.end, "\n", "\n") : "",
      where: range && whereIs(view.state.doc, range),
      start: range ? range.start : null,
      kept,
      post: (remark, arrived) => this.post(remark, arrived),
      cancel: () => this.end(),
    });
    this.beside.align();
    requestAnimationFrame(() => threads.newSlot.scrollIntoView({block: "nearest", behavior: "instant"}));
  }

  /** Send it; gives the sentence why not, or nothing. What was typed before must be saved first. */
  async post(remark, arrived) {
    const {text, view, server} = this.beside;
    if (!(await text.ready())) {
      return _("Nội dung bạn vừa gõ chưa lưu được, nên chưa gửi được góp ý. Bạn thử lại sau ít phút.");
    }
    const {start, end, isGone} = placeOf(view.state, "pending") || {start: null, end: null};
    if (isGone) return _("Đoạn bạn góp ý vừa bị người khác xoá. Bạn sao chép nội dung góp ý rồi chọn đoạn khác.");
    await server.post("threads", {version: text.version(), start, end, isDraft: this.isDraft, ...remark});
    arrived();
    this.end();
    await this.beside.refresh();
    say(_("Đã gửi góp ý."));
    return "";
  }

  /** Go on with a remark of an earlier time, on its passage if that is still there. */
  resume(kept) {
    const range = foundAgain(this.beside.view.state.doc, kept.what);
    if (!range && kept.what.quoted) {
      say(_("Đoạn bạn định góp ý không còn trong văn bản, nên góp ý này là góp ý chung."));
    }
    this.ask(range, kept);
  }

  end() {
    const {view, threads, margin} = this.beside;
    setPlaces(view, "pending", []);
    threads.end();
    margin.closeSheet();
    view.dom.focus();
    this.beside.align();
  }
}

/** The block that a range begins in, and how far from its beginning. */
function whereIs(doc, {start}) {
  const $start = doc.resolve(start);
  for (let depth = $start.depth; depth > 0; depth -= 1) {
    const {id} = $start.node(depth).attrs;
    if (id) return {blockId: id, offset: start - $start.start(depth)};
  }
  return {};
}

/** The range of a remark that was begun in another state of the text: its words, else its whole block. */
export function foundAgain(doc, {blockId, offset, quoted}) {
  const block = blockId && blockCalled(doc, blockId);
  if (!block || !block.node.content.size) return null;
  const inside = block.pos + 1;
  const text = block.node.textBetween(0, block.node.content.size, "\n", "\n");
  const steady = text.startsWith(quoted, offset) ? offset : text.indexOf(quoted);
  if (block.node.isTextblock && steady >= 0) return {start: inside + steady, end: inside + steady + quoted.length};
  return {start: inside, end: inside + block.node.content.size};
}

/** What is selected; a cursor stands for its whole block; null when that is empty. */
export function selectedRange({selection}) {
  if (!selection.empty) return {start: selection.from, end: selection.to};
  const {$from} = selection;
  if (!$from.parent.isTextblock || !$from.parent.content.size) return null;
  return {start: $from.start(), end: $from.end()};
}
