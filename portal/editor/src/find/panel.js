/** The panel for finding and replacing, above the sheet. */
import {_} from "../words.js";
import {button, el, uniqueId} from "../dom.js";
import {excess} from "../paste/bounds.js";
import {say} from "../said.js";
import {MOST} from "./matches.js";
import {foundIn, goTo, look, replaceAll, replaceOne, step} from "./finding.js";

const LONGEST_GUESS = 80;

export class FindPanel {
  constructor(getView) {
    this.getView = getView;
    this.words = this.field(_("Tìm"), {on: {input: () => this.look()}});
    this.other = this.field(_("Thay bằng"));
    this.marks = this.choice(_("Phân biệt dấu"), true);
    this.letters = this.choice(_("Phân biệt hoa thường"), false);
    this.count = el("span", {class: "ed-find-count", role: "status"});
    this.replacing = el(
      "div",
      {class: "ed-find-row"},
      this.other.dom,
      button(_("Thay"), () => this.replaceOne()),
      button(_("Thay tất cả"), () => this.replaceAll()),
    );
    this.dom = el(
      "div",
      {class: "ed-find", role: "search", "aria-label": _("Tìm và thay"), hidden: true, on: {keydown: event => this.onKey(event)}},
      el(
        "div",
        {class: "ed-find-row"},
        this.words.dom,
        button("↑", () => this.go(-1), {"aria-label": _("Chỗ trước"), title: "Shift+F3"}),
        button("↓", () => this.go(1), {"aria-label": _("Chỗ sau"), title: "F3"}),
        this.count,
        button("×", () => this.close(), {"aria-label": _("Đóng ô tìm"), class: "btn btn-sm btn-outline-secondary ms-auto"}),
      ),
      this.replacing,
      el("div", {class: "ed-find-row"}, this.marks.dom, this.letters.dom),
    );
  }

  field(label, attributes = {}) {
    const id = uniqueId("find");
    const field = el("input", {id, type: "text", class: "form-control form-control-sm", maxlength: "200", autocomplete: "off", ...attributes});
    return {field, dom: el("div", {class: "ed-find-field"}, el("label", {for: id}, label), field)};
  }

  choice(label, isChecked) {
    const id = uniqueId("find");
    const field = el("input", {id, type: "checkbox", class: "form-check-input", checked: isChecked, on: {change: () => this.look()}});
    return {field, dom: el("div", {class: "form-check"}, field, el("label", {for: id, class: "form-check-label"}, label))};
  }

  /** Open with what is selected; the field for replacing takes the focus once there are words. */
  open(isReplacing) {
    const {state} = this.getView();
    const {from, to, $from, $to} = state.selection;
    const isGuess = !this.dom.contains(document.activeElement) && from < to && $from.sameParent($to) && to - from <= LONGEST_GUESS;
    if (isGuess) this.words.field.value = state.doc.textBetween(from, to, " ", " ");
    this.dom.hidden = false;
    const first = isReplacing && this.words.field.value && this.getView().editable ? this.other.field : this.words.field;
    this.look();
    first.focus();
    first.select();
  }

  close() {
    if (this.dom.hidden) return;
    this.dom.hidden = true;
    const view = this.getView();
    view.dispatch(look(view.state, "", this.options));
    view.focus();
  }

  get options() {
    return {isCaseKept: this.letters.field.checked, areMarksKept: this.marks.field.checked};
  }

  look() {
    const view = this.getView();
    view.dispatch(look(view.state, this.words.field.value, this.options));
    if (foundIn(view.state).found.length) this.show(goTo(view.state, foundIn(view.state).at));
  }

  go(by) {
    if (this.dom.hidden) this.open(false);
    else this.show(step(this.getView().state, by));
  }

  show(tr) {
    if (!tr) return;
    const view = this.getView();
    view.dispatch(tr);
    const {node} = view.domAtPos(view.state.selection.from);
    (node.nodeType === 1 ? node : node.parentElement).scrollIntoView({block: "center"});
  }

  replaceOne() {
    const view = this.getView();
    const tr = view.editable && replaceOne(view.state, this.other.field.value);
    if (!tr) return;
    view.dispatch(tr);
    this.show(goTo(view.state, foundIn(view.state).at));
  }

  replaceAll() {
    const view = this.getView();
    const {length} = foundIn(view.state).found;
    if (!view.editable || !length) return;
    const tr = replaceAll(view.state, this.other.field.value);
    if (excess(tr)) {
      say(_("Sau khi thay, kế hoạch sẽ quá dài; chưa có chỗ nào được thay."));
      return;
    }
    view.dispatch(tr);
    say(_("Đã thay %(count)s chỗ. Ctrl+Z để hoàn tác.", {count: length}));
  }

  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.words.field) this.go(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === this.other.field) this.replaceOne();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Tell how many there are, after every change of the text. */
  update() {
    if (this.dom.hidden) return;
    const {words, found, at} = foundIn(this.getView().state);
    this.replacing.hidden = !this.getView().editable;
    const many = found.length >= MOST ? `${MOST}+` : String(found.length);
    let told = "";
    if (words) told = found.length ? _("Chỗ %(at)s trong %(count)s", {at: at + 1, count: many}) : _("Không tìm thấy");
    if (this.count.textContent !== told) this.count.textContent = told;
  }
}
