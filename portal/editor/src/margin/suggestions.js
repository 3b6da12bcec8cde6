/** Proposed wordings: what would change, who proposes it, and taking or refusing them, one or all. */
import {button, el, moment} from "../dom.js";
import {confirmed} from "../dialog.js";
import {proposalWords} from "../discussion.js";
import {_} from "../words.js";
import {CardList, act, choice, heading, textField} from "./cards.js";

const STATES = {
  accepted: () => _("Đã chấp nhận"),
  rejected: () => _("Không chấp nhận"),
  withdrawn: () => _("Đã rút"),
};

/** *page* as in Threads, and `ready()`: everything typed has reached the server. */
export class Suggestions {
  constructor(page) {
    this.page = page;
    this.all = [];
    this.conflicts = new Map();
    this.answers = new Map();
    this.list = new CardList({
      label: _("Đề xuất sửa"),
      content: (suggestion, card) => this.content(suggestion, card),
      keyOf: ({id}) => `suggestion:${id}`,
      onFocus: page.focused,
    });
    this.byPerson = el("div", {class: "by-person"});
    this.empty = el("p", {class: "margin-empty"}, _("Chưa có đề xuất sửa nào."));
    const settled = choice("checkbox", _("Hiện cả đề xuất đã xử lý"));
    this.settled = settled.input;
    this.settledRow = settled.element;
    this.settled.addEventListener("change", () => this.show(this.all));
    this.panel = el("div", {}, this.byPerson, this.settledRow, this.empty, this.list.element);
  }

  show(suggestions) {
    this.all = suggestions;
    const open = suggestions.filter(({state}) => state === "open");
    const shown = this.settled.checked ? suggestions : open;
    this.settledRow.hidden = open.length === suggestions.length;
    this.empty.hidden = shown.length > 0;
    this.showPeople(open);
    const told = shown.map(each => ({...each, conflict: this.conflicts.get(each.id) || null}));
    this.list.show(told.sort((a, b) => a.start - b.start));
  }

  showPeople(open) {
    const mine = Map.groupBy ? Map.groupBy(open, ({who}) => who) : grouped(open);
    const rows = [...mine].filter(([, all]) => all.length > 1 && all.some(({can}) => can.settle));
    this.byPerson.replaceChildren(
      ...rows.map(([who, all]) =>
        el(
          "div",
          {class: "person-row", role: "group", "aria-label": who},
          el("span", {}, _("%(who)s: %(count)s đề xuất", {who, count: all.length})),
          act(_("Chấp nhận tất cả"), () => this.settleAll(who, all, "accept"), this.page.say),
          act(_("Từ chối tất cả"), () => this.settleAll(who, all, "reject"), this.page.say),
        ),
      ),
    );
  }

  async settleAll(who, all, verdict) {
    const values = {count: all.length, who};
    const isSure =
      verdict === "accept"
        ? await confirmed(_("Chấp nhận tất cả?"), _("%(count)s đề xuất của %(who)s sẽ được đưa vào văn bản.", values), {
            yes: _("Chấp nhận tất cả"),
          })
        : await confirmed(
            _("Từ chối tất cả?"),
            _("%(count)s đề xuất của %(who)s sẽ không được đưa vào văn bản.", values),
            {yes: _("Từ chối tất cả")},
          );
    if (isSure)
      await this.settle(
        all.map(({id}) => id),
        verdict,
        "",
      );
  }

  content(suggestion, card) {
    const {state, isConflict, conflict, note, at} = suggestion;
    const answer = this.answerField(suggestion);
    return [
      heading(suggestion.who, suggestion.position),
      state === "open"
        ? null
        : el("p", {class: "marks"}, el("span", {class: "mark mark-done"}, STATES[state]?.() || state)),
      change(suggestion),
      isConflict || conflict
        ? el(
            "p",
            {class: "conflict"},
            conflict ||
              _("Đoạn này đã được sửa sau khi có đề xuất: không đưa vào được, bạn sửa tay rồi từ chối hoặc trả lời."),
          )
        : null,
      note ? el("p", {class: "said-words"}, note) : null,
      el("time", {datetime: at}, moment(at)),
      suggestion.answer ? el("div", {class: "answer"}, suggestion.answer) : null,
      state === "open" ? this.moves(suggestion, card, answer) : null,
    ];
  }

  /** What is being typed as an answer stays when the card is drawn anew. */
  answerField({id, can}) {
    if (!can.settle) return null;
    if (!this.answers.has(id)) this.answers.set(id, textField(_("Ý kiến trả lời (không bắt buộc)")));
    return this.answers.get(id);
  }

  moves(suggestion, card, answer) {
    const {id, can, isConflict} = suggestion;
    const settle = verdict => () => this.settle([id], verdict, answer.field.value.trim().normalize("NFC"), card);
    const withdraw = async () => {
      await this.page.server.post(`suggestions/${id}/withdraw`, {});
      await this.page.refresh();
    };
    const moves = [
      can.settle && !isConflict && act(_("Chấp nhận"), settle("accept"), this.page.say, {kind: "primary"}),
      can.settle && act(_("Từ chối"), settle("reject"), this.page.say),
      can.settle && this.answerToggle(answer),
      can.withdraw && act(_("Rút đề xuất"), withdraw, this.page.say),
      suggestion.isPlaced && button(_("Đến đoạn này"), () => this.page.jump(card.key), {kind: "link"}),
    ].filter(Boolean);
    return [el("div", {class: "card-moves"}, moves), answer && answer.element];
  }

  answerToggle({element, field}) {
    element.hidden = !field.value;
    const toggle = button(
      _("Kèm trả lời…"),
      () => {
        element.hidden = !element.hidden;
        toggle.setAttribute("aria-expanded", String(!element.hidden));
        if (!element.hidden) field.focus();
      },
      {"aria-expanded": String(!element.hidden)},
    );
    return toggle;
  }

  async settle(ids, verdict, answer, card) {
    if (!(await this.page.ready())) {
      this.page.say(_("Nội dung bạn vừa gõ chưa lưu được, nên chưa xử lý được đề xuất. Bạn thử lại sau ít phút."));
      return;
    }
    const {settled, conflicts} = await this.page.server.post("suggestions/settle", {ids, verdict, answer});
    conflicts.forEach(({id, detail}) => this.conflicts.set(id, detail));
    await this.page.refresh();
    this.page.returnTo(card);
    this.page.say(
      conflicts.length
        ? _("Đã xử lý %(done)s đề xuất; %(left)s đề xuất không đưa vào được vì đoạn đó đã sửa.", {
            done: settled.length,
            left: conflicts.length,
          })
        : _("Đã xử lý %(done)s đề xuất.", {done: settled.length}),
    );
  }
}

function grouped(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.who, [...(groups.get(item.who) || []), item]);
  return groups;
}

function change(suggestion) {
  if (suggestion.kind === "level") return el("p", {class: "change-words"}, proposalWords(suggestion));
  const {before, after} = suggestion;
  return el(
    "dl",
    {class: "change-words"},
    before ? [el("dt", {}, after ? _("Hiện nay") : _("Bỏ")), el("dd", {}, el("del", {}, before))] : null,
    after ? [el("dt", {}, before ? _("Đề xuất") : _("Thêm")), el("dd", {}, el("ins", {}, after))] : null,
  );
}
