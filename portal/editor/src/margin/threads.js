/** Remarks on passages: say something, reply, settle, and answer what must be answered. */
import {button, el, excerpt, moment} from "../dom.js";
import {_} from "../words.js";
import {showUnsent} from "../dialog.js";
import {CardList, act, closeForm, heading, openForm, quote} from "./cards.js";
import {Leftovers} from "./leftovers.js";
import {readMentions} from "./mentions.js";
import {ANSWERS, ThreadForms} from "./threadforms.js";
import {Unfinished} from "./unfinished.js";
import {Walk} from "./walk.js";

/** Which threads the list can be narrowed to. */
const KINDS = {
  open: {words: () => _("Chưa đóng"), has: ({isResolved}) => !isResolved},
  due: {words: () => _("Chờ trả lời"), has: each => each.demandsAnswer && !each.answer && !each.isResolved},
  mine: {words: () => _("Của tôi"), has: ({isMine}) => isMine},
  resolved: {words: () => _("Đã đóng"), has: ({isResolved}) => isResolved},
  all: {words: () => _("Tất cả"), has: () => true},
};

/** *page* = {server, me, jump(key), goTo(card), refresh(), say(sentence), resume(kept)}; `show(threads)` draws. */
export class Threads {
  constructor(page) {
    this.page = page;
    this.all = [];
    this.list = new CardList({
      label: _("Góp ý"),
      content: (thread, card) => this.content(thread, card),
      keyOf: ({id}) => `thread:${id}`,
      onFocus: page.focused,
    });
    const unfinished = new Unfinished({
      plan: page.server.planUrl,
      person: page.me.id,
      changed: () => this.leftovers.show(),
    });
    this.forms = new ThreadForms({server: page.server, unfinished});
    this.leftovers = new Leftovers({unfinished, resume: kept => this.resume(kept)});
    this.newSlot = el("li", {class: "card-form new-remark"});
    this.empty = el("p", {class: "margin-empty mb-0"});
    this.kind = el("select", {class: "form-select form-select-sm", "aria-label": _("Hiện các góp ý")});
    this.kind.addEventListener("change", () => this.show(this.all));
    this.general = button(_("Góp ý chung"), () => page.beginGeneral());
    this.general.hidden = !page.can.comment;
    const top = el("div", {class: "panel-top is-staying"}, this.kind);
    this.walk = new Walk({
      list: this.list,
      bar: top,
      go: card => page.goTo(card),
      words: {
        outside: _("Góp ý ngoài màn hình"),
        above: count => _("%(count)s góp ý ở trên", {count}),
        below: count => _("%(count)s góp ý ở dưới", {count}),
      },
    });
    top.append(this.walk.element, this.general, this.empty);
    this.panel = el("div", {}, top, this.leftovers.element, this.list.element);
  }

  show(threads) {
    this.all = threads;
    this.offerKinds();
    const {has} = KINDS[this.kind.value];
    const shown = threads.filter(each => has(each) || this.isWrittenIn(each));
    shown.sort((a, b) => Number(a.isPlaced) - Number(b.isPlaced) || a.start - b.start);
    this.list.show(shown, this.isAsking ? this.asked(shown) : null);
    if (!this.isAsking) this.newSlot.remove();
    this.empty.hidden = shown.length > 0 || this.isAsking;
    this.empty.textContent = this.nothing();
    this.sweep();
    this.walk.later();
  }

  /** How many there are of each kind; what was chosen stays chosen. */
  offerKinds() {
    const chosen = this.kind.value || "open";
    const options = Object.entries(KINDS).map(([value, {words, has}]) =>
      el("option", {value}, `${words()} (${this.all.filter(has).length})`),
    );
    this.kind.replaceChildren(...options);
    this.kind.value = chosen;
  }

  nothing() {
    if (this.all.length) return _("Không có góp ý nào thuộc loại này.");
    const how = this.page.can.comment ? _("Bạn chọn một đoạn rồi bấm “Góp ý” (Ctrl+Alt+M).") : "";
    return `${_("Chưa có góp ý.")} ${how}`;
  }

  get isAsking() {
    return this.newSlot.childElementCount > 0;
  }

  /** The form for a new remark among the cards, where its passage is. */
  asked(shown) {
    const later = shown.findIndex(({isPlaced, start}) => isPlaced && start > (this.askedAt ?? -1));
    return {card: {element: this.newSlot, key: "pending"}, at: later < 0 ? shown.length : later};
  }

  /** A card with words of the reader's own in it stays until they are sent or put away. */
  isWrittenIn({id}) {
    return Boolean(this.list.cards.get(id)?.slot.childElementCount);
  }

  /** Have the card of this thread in the list; false when there is none. */
  reveal(id) {
    const thread = this.all.find(each => each.id === id);
    if (thread && !KINDS[this.kind.value].has(thread)) this.kind.value = "all";
    this.show(this.all);
    return Boolean(thread);
  }

  content(thread, card) {
    const [first, ...replies] = thread.comments;
    return [
      heading(first.who, first.position),
      marks(thread),
      this.passage(thread, card),
      said(first, thread.versionNumber),
      replies.length
        ? el(
            "ul",
            {class: "replies"},
            replies.map(reply => el("li", {}, heading(reply.who, reply.position), said(reply))),
          )
        : null,
      answered(thread),
      turns(thread),
      this.moves(thread, card),
    ];
  }

  passage({quote: words, isGone, isPlaced}, card) {
    if (isGone || isPlaced) return quote(excerpt(words), isGone, () => this.page.jump(card.key));
    return words ? el("p", {class: "quote-still"}, excerpt(words)) : el("p", {class: "marks"}, _("Về cả văn bản"));
  }

  moves(thread, card) {
    const {can, id} = thread;
    const settle = path => async () => {
      await this.page.server.post(`threads/${id}/${path}`, {});
      await this.page.refresh();
      this.page.returnTo(card);
    };
    const moves = [
      can.reply && button(_("Trả lời"), () => this.reply(thread, card), {title: _("Trao đổi thêm, chưa phải tiếp thu, giải trình")}),
      can.answer && button(_("Tiếp thu, giải trình"), () => this.answer(thread, card)),
      can.resolve && !thread.isResolved && act(_("Đã giải quyết"), settle("resolve"), this.page.say),
      can.resolve && thread.isResolved && act(_("Mở lại"), settle("reopen"), this.page.say),
    ].filter(Boolean);
    return moves.length ? el("div", {class: "card-moves"}, moves) : null;
  }

  reply(thread, card, kept = null) {
    this.open(card, this.forms.reply(thread, this.ends(card, kept)));
  }

  answer(thread, card, kept = null) {
    this.open(card, this.forms.answer(thread, this.ends(card, kept)));
  }

  ends(card, kept) {
    const sent = () => {
      closeForm(card);
      return this.page.refresh();
    };
    return {kept, sent, cancel: () => this.close(card)};
  }

  open(card, form) {
    openForm(card, form);
    this.sweep();
  }

  close(card) {
    closeForm(card);
    this.sweep();
  }

  /** Put a form for a new remark into its place. */
  begin(given) {
    const form = this.forms.remark(given);
    this.newSlot.replaceChildren(form.element);
    this.askedAt = given.start;
    this.show(this.all);
    form.field.focus();
  }

  end() {
    this.newSlot.replaceChildren();
    this.show(this.all);
  }

  /** What no form holds any more is offered again. */
  sweep() {
    this.forms.sweep();
    this.leftovers.show();
  }

  /** Go on with words of an earlier time. */
  resume(kept) {
    const {kind, threadId} = kept.what;
    if (kind === "new") return this.page.resume(kept);
    const thread = this.all.find(({id}) => id === threadId);
    const isOpen = thread && (kind === "reply" ? thread.can.reply : thread.can.answer);
    if (!isOpen) return this.tellUnsendable(kept);
    this.reveal(threadId);
    this[kind](thread, this.list.cards.get(threadId), kept);
  }

  tellUnsendable({words}) {
    return showUnsent({
      title: _("Không gửi tiếp được"),
      sentence: _("Góp ý này không còn hoặc không trả lời được nữa. Bạn sao chép nội dung nếu còn cần."),
      text: words.text,
      choices: [{value: "seen", words: _("Đã xem"), kind: "primary"}],
    });
  }
}

function said({text, at}, versionNumber = 0) {
  const version = versionNumber ? ` · ${_("phiên bản %(number)s", {number: versionNumber})}` : "";
  return el(
    "div",
    {class: "said-words"},
    el("p", {}, readMentions(text)),
    el("time", {datetime: at}, moment(at)),
    el("small", {}, version),
  );
}

/** Who settled it or took it up again; who has to answer. */
function turns({answerFrom, isResolved, resolvedBy, resolvedAt, reopenedBy, reopenedAt}) {
  const told = [
    answerFrom && _("Chờ %(who)s hoặc người cùng soạn trả lời.", {who: answerFrom}),
    isResolved && resolvedBy && _("%(who)s đóng góp ý lúc %(at)s.", {who: resolvedBy, at: moment(resolvedAt)}),
    !isResolved && reopenedBy && _("%(who)s mở lại lúc %(at)s.", {who: reopenedBy, at: moment(reopenedAt)}),
  ].filter(Boolean);
  return told.map(sentence => el("p", {class: "turn"}, sentence));
}

function marks({audience, demandsAnswer, answer, isResolved}) {
  const badges = [
    audience === "writers" && el("span", {class: "mark mark-inside"}, _("Chỉ người soạn thảo thấy")),
    demandsAnswer && !answer && el("span", {class: "mark mark-due"}, _("Cần tiếp thu, giải trình")),
    isResolved && el("span", {class: "mark mark-done"}, _("Đã giải quyết")),
  ].filter(Boolean);
  return badges.length ? el("p", {class: "marks"}, badges) : null;
}

function answered({answer, answerReason, answeredBy}) {
  if (!answer) return null;
  return el(
    "div",
    {class: "answer"},
    el(
      "p",
      {class: "fw-medium mb-0"},
      ANSWERS[answer]?.() || answer,
      answeredBy ? el("span", {class: "fw-normal"}, ` – ${nameOf(answeredBy)}`) : null,
    ),
    answerReason ? el("p", {class: "mb-0"}, answerReason) : null,
  );
}

const nameOf = who => (typeof who === "string" ? who : who.name || who.who || "");
