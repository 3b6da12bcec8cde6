/** The forms of a discussion: a new remark, a reply, an answer. What is typed in them is kept until it is sent. */
import {el, excerpt} from "../dom.js";
import {_} from "../words.js";
import {choice, sendingForm, textField} from "./cards.js";
import {mentionField} from "./mentions.js";

export const ANSWERS = {
  accepted: () => _("Tiếp thu"),
  partly: () => _("Tiếp thu một phần"),
  rejected: () => _("Không tiếp thu"),
};

const AUDIENCES = {
  writers: () => _("Chỉ người soạn thảo thấy."),
  readers: () => _("Mọi người được đọc kế hoạch đều thấy."),
};

export class ThreadForms {
  constructor({server, unfinished}) {
    Object.assign(this, {server, unfinished, held: new Map()});
  }

  /** *kept* are words of an earlier time; *sent()* and *cancel()* end the form. */
  reply({id, audience}, {kept, sent, cancel}) {
    const remark = mentionField({label: _("Trả lời"), server: this.server, audience, rows: 2, kept: kept?.words});
    const send = async () => {
      if (!remark.value()) return _("Bạn chưa viết câu trả lời.");
      await this.server.post(`threads/${id}/replies`, {text: remark.value(), key: keeper.sendAs()});
      return this.sent(keeper, sent);
    };
    const form = sendingForm({
      fields: [remark.element, toldTo(audience)],
      field: remark.field,
      send,
      words: _("Gửi trả lời"),
      cancel,
    });
    const keeper = this.hold(form, {kind: "reply", threadId: id}, () => remark.kept(), kept);
    return form;
  }

  answer(thread, {kept, sent, cancel}) {
    const name = `answer-${thread.id}`;
    const given = kept?.words || {answer: thread.answer, text: thread.answerReason};
    const radios = Object.entries(ANSWERS).map(([value, words]) =>
      choice("radio", words(), {name, value, checked: given.answer === value}),
    );
    const reason = textField(_("Giải trình"), 3);
    reason.field.value = given.text || "";
    const chosen = () => radios.find(({input}) => input.checked)?.input.value;
    const send = async () => {
      const answer = chosen();
      if (!answer) return _("Bạn chọn một trong ba cách trả lời.");
      if (answer !== "accepted" && !reason.field.value.trim()) return _("Bạn nêu lý do.");
      const written = reason.field.value.trim().normalize("NFC");
      await this.server.post(`threads/${thread.id}/answer`, {answer, reason: written});
      return this.sent(keeper, sent);
    };
    const group = el(
      "fieldset",
      {},
      el("legend", {}, _("Trả lời góp ý này")),
      radios.map(({element}) => element),
    );
    const form = sendingForm({
      fields: [group, reason.element],
      field: radios[0].input,
      send,
      words: _("Ghi nhận"),
      cancel,
    });
    const words = () => ({text: reason.field.value, answer: chosen()});
    const keeper = this.hold(form, {kind: "answer", threadId: thread.id}, words, kept);
    return form;
  }

  /** A new remark on *quoted*, the passage at *where*; *post({text, demandsAnswer, key})* sends it. */
  remark({quoted, where, audience, post, cancel, kept}) {
    const remark = mentionField({
      label: _("Góp ý của bạn"),
      server: this.server,
      audience,
      rows: 4,
      kept: kept?.words,
    });
    const demands = choice("checkbox", _("Yêu cầu tiếp thu, giải trình"), {checked: kept?.words.demandsAnswer});
    const send = async () => {
      if (!remark.value()) return _("Bạn chưa viết góp ý.");
      const given = {text: remark.value(), demandsAnswer: demands.input.checked};
      return post({...given, key: keeper.sendAs()}, () => this.sent(keeper));
    };
    const fields = [
      el("p", {class: "quote-still"}, excerpt(quoted) || _("Về cả văn bản")),
      remark.element,
      demands.element,
      toldTo(audience),
    ];
    const form = sendingForm({fields, field: remark.field, send, words: _("Gửi góp ý"), cancel});
    const words = () => ({...remark.kept(), demandsAnswer: demands.input.checked});
    const keeper = this.hold(form, {kind: "new", quoted: quoted.slice(0, 1000), ...where}, words, kept);
    return form;
  }

  hold(form, what, words, kept) {
    const keeper = this.unfinished.begin(what, kept);
    for (const kind of ["input", "change"]) form.element.addEventListener(kind, () => keeper.keep(words()));
    this.held.set(keeper, form.element);
    return keeper;
  }

  sent(keeper, after = () => "") {
    this.held.delete(keeper);
    keeper.done();
    return after();
  }

  /** Let go of the words of every form that is no longer on the page, however it went. */
  sweep() {
    for (const [keeper, element] of this.held) {
      if (element.isConnected) continue;
      keeper.close();
      this.held.delete(keeper);
    }
  }
}

/** Before words are sent: who will see them. */
function toldTo(audience) {
  const sentence = [AUDIENCES[audience](), " ", _("Gõ @ để nhắc một người.")];
  return el("p", {class: "small text-body-secondary mb-1"}, sentence);
}
