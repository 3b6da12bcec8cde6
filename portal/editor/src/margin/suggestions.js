/** Proposed wordings: what would change, who proposes it, and taking or refusing them, one or all. */
import {button, el, excerpt, moment} from "../dom.js";
import {_} from "../words.js";
import {CardList, act, choice, heading, textField} from "./cards.js";
import {confirmAll, tellConflicts} from "./manyproposals.js";
import {doingWords, partWords} from "./proposalwords.js";
import {Walk} from "./walk.js";

const STATES = {
  accepted: () => _("Đã chấp nhận"),
  adopted: () => _("Đã sửa theo"),
  rejected: () => _("Không chấp nhận"),
  withdrawn: () => _("Đã rút"),
};

/** What is moved, split or joined is not read again word by word. */
const TOLD_BY_SENTENCE = new Set(["moved", "split", "joined", "leveled"]);

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
    this.frozen = el(
      "p",
      {class: "small text-body-secondary mb-1", hidden: true},
      _("Kế hoạch đang được trình: đề xuất chỉ đưa vào được khi văn bản trở lại bước soạn thảo."),
    );
    this.many = el("div", {class: "by-person"});
    this.empty = el("p", {class: "margin-empty mb-0"});
    const settled = choice("checkbox", _("Hiện cả đề xuất đã xử lý"));
    this.settled = settled.input;
    this.settledRow = settled.element;
    this.settled.addEventListener("change", () => this.show(this.all));
    const top = el("div", {class: "panel-top is-staying"}, this.empty);
    this.walk = new Walk({
      list: this.list,
      bar: top,
      go: card => page.goTo(card),
      words: {
        outside: _("Đề xuất ngoài màn hình"),
        above: count => _("%(count)s đề xuất ở trên", {count}),
        below: count => _("%(count)s đề xuất ở dưới", {count}),
      },
    });
    top.append(this.walk.element);
    this.panel = el("div", {}, top, this.frozen, this.many, this.settledRow, this.list.element);
  }

  show(suggestions) {
    this.all = suggestions;
    const open = suggestions.filter(({state}) => state === "open");
    const shown = this.settled.checked ? suggestions : open;
    this.settledRow.hidden = open.length === suggestions.length;
    this.empty.hidden = shown.length > 0;
    this.empty.textContent = suggestions.length
      ? _("Không còn đề xuất nào chưa xử lý.")
      : _("Chưa có đề xuất sửa nào.");
    this.frozen.hidden = !open.some(({can}) => can.settle && !can.accept);
    this.showMany(open.filter(({can}) => can.settle));
    const told = shown.map(each => ({...each, conflict: this.conflicts.get(each.id) || null}));
    this.list.show(told.sort((a, b) => a.start - b.start));
    this.walk.later();
  }

  /** Rows with buttons for all at once, and for all of one person where there are several people. */
  showMany(open) {
    const people = new Map();
    for (const each of open) people.set(each.who, [...(people.get(each.who) || []), each]);
    const rows = [[_("Tất cả"), open], ...(people.size > 1 ? people : [])].filter(([, all]) => all.length > 1);
    this.many.replaceChildren(
      ...rows.map(([who, all]) =>
        el(
          "div",
          {class: "person-row", role: "group", "aria-label": who},
          el("span", {}, _("%(who)s: %(count)s đề xuất", {who, count: all.length})),
          all.some(({can}) => can.accept) &&
            act(_("Chấp nhận tất cả"), () => this.settleAll(all, "accept"), this.page.say),
          act(_("Từ chối tất cả"), () => this.settleAll(all, "reject"), this.page.say),
        ),
      ),
    );
  }

  async settleAll(all, verdict) {
    const fitting = verdict === "accept" ? all.filter(({isConflict}) => !isConflict) : all;
    if (!fitting.length) return this.page.say(_("Không đề xuất nào còn khớp với văn bản hiện nay."));
    const answer = await confirmAll({verdict, count: fitting.length, left: all.length - fitting.length});
    if (answer === null) return undefined;
    return this.settle(
      fitting.map(({id}) => id),
      verdict,
      answer,
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
      whereabouts(suggestion),
      ...change(suggestion),
      isConflict || conflict
        ? el(
            "p",
            {class: "conflict"},
            conflict ||
              _(
                "Đoạn này đã được sửa sau khi có đề xuất, nên không đưa vào được. Nếu bạn đã sửa theo ý này thì bấm “Đã sửa theo”, không thì từ chối.",
              ),
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
      can.accept && !isConflict && act(_("Chấp nhận"), settle("accept"), this.page.say, {kind: "primary"}),
      can.settle &&
        act(_("Đã sửa theo"), settle("adopt"), this.page.say, {title: _("Bạn đã tự sửa văn bản theo ý này")}),
      can.settle && act(_("Từ chối"), settle("reject"), this.page.say),
      can.settle && this.answerToggle(answer),
      can.withdraw && act(_("Rút đề xuất"), withdraw, this.page.say),
      suggestion.isPlaced && !isConflict && button(_("Đến đoạn này"), () => this.page.jump(card.key), {kind: "link"}),
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
    const result = await this.page.server.post("suggestions/settle", {ids, verdict, answer});
    const why = new Map(result.conflicts.map(({id, detail}) => [id, detail]));
    const refused = this.all.filter(({parts}) => parts.some(({id}) => why.has(id)));
    for (const {id, parts} of refused) this.conflicts.set(id, parts.map(part => why.get(part.id)).find(Boolean));
    await this.page.refresh();
    this.page.returnTo(card);
    const done = ids.length - refused.length;
    this.page.say(
      result.kept
        ? _("Đã xử lý %(done)s đề xuất. Văn bản trước đó được ghi lại là “%(kept)s”.", {done, kept: result.kept})
        : _("Đã xử lý %(done)s đề xuất.", {done}),
    );
    // What somebody else, or an earlier press, has settled already needs no dialog.
    const left = refused.filter(({id}) => this.all.some(each => each.id === id && each.state === "open"));
    if (left.length) await tellConflicts(left.map(each => [toldOf(each), this.conflicts.get(each.id)]));
  }
}

/** Where it is; of what has no place in the text any more, where it was. */
function whereabouts({where, doing, state, isConflict}) {
  if (!where || doingWords(doing)) return null;
  const isPast = state !== "open" || isConflict;
  const words = isPast ? _("%(where)s (lúc đề xuất)", {where}) : where;
  return el("p", {class: "small text-body-secondary mb-1"}, words);
}

/** A proposal in one line. */
function toldOf(suggestion) {
  const {doing, parts} = suggestion;
  return doingWords(doing) || excerpt(parts.map(part => part.after || part.before || partWords(part)).join("; "));
}

function change({doing, parts}) {
  const sentence = doingWords(doing);
  const words = sentence && TOLD_BY_SENTENCE.has(doing.kind) && !doing.isReworded ? [] : parts.map(partChange);
  const moved = sentence && doing.kind === "moved" && !doing.isReworded ? parts.find(({after}) => after) : null;
  return [
    sentence ? el("p", {class: "change-words fw-medium"}, sentence) : null,
    moved ? el("p", {class: "quote-still"}, excerpt(moved.after)) : null,
    ...words,
  ];
}

function partChange(part) {
  if (part.kind === "level") return el("p", {class: "change-words"}, partWords(part));
  const {before, after} = part;
  return el(
    "dl",
    {class: "change-words"},
    before ? [el("dt", {}, after ? _("Hiện nay") : _("Bỏ")), el("dd", {}, el("del", {}, before))] : null,
    after ? [el("dt", {}, before ? _("Đề xuất") : _("Thêm")), el("dd", {}, el("ins", {}, after))] : null,
  );
}
