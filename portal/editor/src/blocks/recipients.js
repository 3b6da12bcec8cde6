/** Draws Nơi nhận: the lines with what is linked to each, and the filing line as a field. */
import {_} from "../words.js";
import {el, uniqueId} from "../dom.js";
import {takesLines} from "../linefield.js";
import {clean} from "../normal.js";

export class RecipientsView {
  constructor(node, view, getPos, {addRecipient}) {
    Object.assign(this, {view, getPos});
    const caption = uniqueId("recipients");
    const field = uniqueId("filing");
    this.contentDOM = el("div", {class: "ed-recipient-list", role: "list", "aria-labelledby": caption});
    this.filing = takesLines(el("input", {
      id: field,
      class: "ed-filing-field",
      type: "text",
      maxlength: "200",
      placeholder: "VT, …",
      on: {change: () => this.save(), keydown: event => this.onKey(event)},
    }));
    this.add = el("button", {
      type: "button",
      class: "ed-add",
      on: {click: () => addRecipient()},
    }, _("Thêm nơi nhận"));
    this.dom = el(
      "section",
      {class: "ed-recipients"},
      el("p", {id: caption, class: "ed-recipients-caption", contenteditable: "false"}, _("Nơi nhận:")),
      this.contentDOM,
      el(
        "div",
        {class: "ed-filing", contenteditable: "false"},
        el("label", {for: field}, _("- Lưu:")),
        this.filing,
      ),
      el("div", {class: "ed-recipients-acts", contenteditable: "false"}, this.add),
    );
    this.update(node);
  }

  save() {
    const filing = clean(this.filing.value).trim();
    if (filing === this.node.attrs.filing) return;
    this.view.dispatch(this.view.state.tr.setNodeAttribute(this.getPos(), "filing", filing));
  }

  onKey(event) {
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      this.save();
      this.view.focus();
    }
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    const isTyping = this.filing.ownerDocument.activeElement === this.filing;
    const isNews = !this.node || this.node.attrs.filing !== node.attrs.filing;
    if (isNews && !(isTyping && this.filing.value !== this.node?.attrs.filing)) this.filing.value = node.attrs.filing;
    this.node = node;
    this.refresh();
    return true;
  }

  refresh() {
    this.filing.readOnly = !this.view.editable;
    this.add.hidden = !this.view.editable;
  }

  stopEvent(event) {
    return this.filing.contains(event.target) || this.add.contains(event.target);
  }

  ignoreMutation(record) {
    return record.type !== "selection" && !this.contentDOM.contains(record.target);
  }
}

export class RecipientView {
  constructor(node, view, getPos, {editRecipient}) {
    this.view = view;
    this.contentDOM = el("span", {class: "ed-text"});
    this.purpose = el("span", {class: "ed-purpose"});
    this.target = el("span", {class: "ed-target"});
    this.choose = el("button", {
      type: "button",
      class: "ed-choose",
      on: {click: () => editRecipient(getPos())},
    }, _("Chọn…"));
    this.dom = el(
      "div",
      {class: "ed-recipient", role: "listitem"},
      el("span", {class: "ed-number", contenteditable: "false"}, "- "),
      this.contentDOM,
      el("span", {class: "ed-recipient-side", contenteditable: "false"}, this.purpose, this.target, this.choose),
    );
    this.update(node);
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    const {purpose, target} = node.attrs;
    this.purpose.textContent = purpose ? `(${purpose})` : "";
    this.target.textContent = target || "";
    this.target.hidden = !target;
    this.target.title = _("Văn bản sẽ được gửi tới đơn vị có mã này");
    this.choose.setAttribute("aria-label", _("Chọn nơi nhận và mục đích cho dòng “%(line)s”", {line: node.textContent}));
    this.dom.dataset.id = node.attrs.id || "";
    this.node = node;
    this.refresh();
    return true;
  }

  refresh() {
    this.choose.hidden = !this.view.editable;
  }

  stopEvent(event) {
    return this.choose.contains(event.target);
  }

  ignoreMutation(record) {
    return record.type !== "selection" && !this.contentDOM.contains(record.target);
  }
}
