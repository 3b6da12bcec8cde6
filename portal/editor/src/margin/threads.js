/** Remarks on passages: say something, reply, settle, and answer what must be answered. */
import {button, el, excerpt, moment} from "../dom.js";
import {_} from "../words.js";
import {CardList, act, choice, closeForm, heading, openForm, quote, sendingForm, textField} from "./cards.js";
import {mentionField, readMentions} from "./mentions.js";

const ANSWERS = {
  accepted: () => _("Tiếp thu"),
  partly: () => _("Tiếp thu một phần"),
  rejected: () => _("Không tiếp thu"),
};

const AUDIENCES = {
  writers: () => _("Chỉ người soạn thảo thấy."),
  readers: () => _("Mọi người được đọc kế hoạch đều thấy."),
};

/** *page* = {server, jump(key), refresh(), say(sentence)}; `show(threads)` draws. */
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
    this.newSlot = el("div", {class: "card-form new-remark"});
    const how = page.can.comment ? _("Bạn chọn một đoạn rồi bấm “Góp ý” (Ctrl+Alt+M).") : "";
    this.empty = el("p", {class: "margin-empty"}, _("Chưa có góp ý."), " ", how);
    const resolved = choice("checkbox", _("Hiện cả góp ý đã giải quyết"));
    this.resolved = resolved.input;
    this.resolvedRow = resolved.element;
    this.resolved.addEventListener("change", () => this.show(this.all));
    this.general = button(_("Góp ý chung"), () => page.beginGeneral());
    this.general.hidden = !page.can.comment;
    const top = el("div", {class: "panel-top"}, this.resolvedRow, this.general);
    this.panel = el("div", {}, this.newSlot, top, this.empty, this.list.element);
  }

  show(threads) {
    this.all = threads;
    const open = threads.filter(({isResolved}) => !isResolved);
    const shown = this.resolved.checked ? threads : open;
    this.resolvedRow.hidden = open.length === threads.length;
    this.empty.hidden = shown.length > 0 || this.newSlot.childElementCount > 0;
    this.list.show([...shown].sort((a, b) => Number(a.isPlaced) - Number(b.isPlaced) || a.start - b.start));
  }

  /** Have the card of this thread in the list; false when there is none. */
  reveal(id) {
    const thread = this.all.find(each => each.id === id);
    if (thread?.isResolved) this.resolved.checked = true;
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
      can.reply && button(_("Trả lời"), () => openForm(card, this.replyForm(thread, card))),
      can.answer && button(_("Tiếp thu, giải trình"), () => openForm(card, this.answerForm(thread, card))),
      can.resolve && !thread.isResolved && act(_("Đã giải quyết"), settle("resolve"), this.page.say),
      can.resolve && thread.isResolved && act(_("Mở lại"), settle("reopen"), this.page.say),
    ].filter(Boolean);
    return moves.length ? el("div", {class: "card-moves"}, moves) : null;
  }

  replyForm({id, audience}, card) {
    const remark = mentionField({label: _("Trả lời"), server: this.page.server, audience, rows: 2});
    const send = async () => {
      if (!remark.value()) return _("Bạn chưa viết câu trả lời.");
      await this.page.server.post(`threads/${id}/replies`, {text: remark.value()});
      closeForm(card);
      return this.page.refresh();
    };
    return sendingForm({
      fields: [remark.element, toldTo(audience)],
      field: remark.field,
      send,
      words: _("Gửi trả lời"),
      cancel: () => closeForm(card),
    });
  }

  answerForm(thread, card) {
    const name = `answer-${thread.id}`;
    const radios = Object.entries(ANSWERS).map(([value, words]) =>
      choice("radio", words(), {name, value, checked: thread.answer === value}),
    );
    const reason = textField(_("Giải trình"), 3);
    reason.field.value = thread.answerReason || "";
    const send = async () => {
      const answer = radios.find(({input}) => input.checked)?.input.value;
      if (!answer) return _("Bạn chọn một trong ba cách trả lời.");
      if (answer !== "accepted" && !reason.field.value.trim()) return _("Bạn nêu lý do.");
      const written = reason.field.value.trim().normalize("NFC");
      await this.page.server.post(`threads/${thread.id}/answer`, {answer, reason: written});
      closeForm(card);
      return this.page.refresh();
    };
    const group = el(
      "fieldset",
      {},
      el("legend", {}, _("Trả lời góp ý này")),
      radios.map(({element}) => element),
    );
    return sendingForm({
      fields: [group, reason.element],
      field: radios[0].input,
      send,
      words: _("Ghi nhận"),
      cancel: () => closeForm(card),
    });
  }

  /** The form for a new remark on *quoted*; *post({text, demandsAnswer})* sends it. */
  begin({quoted, audience, post, cancel}) {
    const remark = mentionField({label: _("Góp ý của bạn"), server: this.page.server, audience, rows: 4});
    const demands = choice("checkbox", _("Yêu cầu tiếp thu, giải trình"));
    const send = async () => {
      if (!remark.value()) return _("Bạn chưa viết góp ý.");
      return post({text: remark.value(), demandsAnswer: demands.input.checked});
    };
    const fields = [
      el("p", {class: "quote-still"}, excerpt(quoted) || _("Về cả văn bản")),
      remark.element,
      demands.element,
      toldTo(audience),
    ];
    const form = sendingForm({fields, field: remark.field, send, words: _("Gửi góp ý"), cancel});
    this.newSlot.replaceChildren(form.element);
    this.empty.hidden = true;
    remark.field.focus();
    return remark;
  }

  end() {
    this.newSlot.replaceChildren();
    this.show(this.all);
  }
}

/** Before words are sent: who will see them. */
function toldTo(audience) {
  const sentence = [AUDIENCES[audience](), " ", _("Gõ @ để nhắc một người.")];
  return el("p", {class: "small text-body-secondary mb-1"}, sentence);
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
