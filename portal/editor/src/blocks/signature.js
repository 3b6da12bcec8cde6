/** Draws the signature block: who is to sign is chosen, what stands on the paper is generated. */
import {_} from "../words.js";
import {el, uniqueId} from "../dom.js";

export class SignatureView {
  constructor(node, view, getPos, {signers}) {
    Object.assign(this, {view, getPos, signers});
    const id = uniqueId("signer");
    this.field = el("select", {id, class: "form-select ed-signer", on: {change: () => this.save()}});
    this.lines = el("div", {class: "ed-signature-lines"});
    this.name = el("div", {class: "ed-signature-name"});
    this.dom = el(
      "section",
      {class: "ed-signature", contenteditable: "false"},
      el("label", {for: id, class: "ed-caption"}, _("Chức vụ người ký")),
      this.field,
      this.lines,
      this.name,
    );
    this.update(node);
  }

  save() {
    const position = this.field.value || null;
    if (position === this.node.attrs.position) return;
    this.view.dispatch(this.view.state.tr.setNodeAttribute(this.getPos(), "position", position));
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    const {position, lines, name} = node.attrs;
    if (!this.node || this.node.attrs.position !== position) this.offer(position);
    const label = this.signers.find(each => each.key === position)?.label;
    const shown = lines.length ? lines : label ? [label] : [];
    this.lines.replaceChildren(...shown.map(line => el("div", {}, line)));
    this.name.textContent = name;
    this.dom.dataset.id = node.attrs.id || "";
    this.node = node;
    this.refresh();
    return true;
  }

  offer(position) {
    const isKnown = !position || this.signers.some(each => each.key === position);
    const choices = [
      {key: "", label: _("Chưa chọn")},
      ...this.signers,
      ...(isKnown ? [] : [{key: position, label: position}]),
    ];
    this.field.replaceChildren(...choices.map(({key, label}) => el("option", {value: key}, label)));
    this.field.value = position || "";
  }

  refresh() {
    this.field.disabled = !this.view.editable;
  }

  stopEvent(event) {
    return this.field.contains(event.target);
  }

  ignoreMutation(record) {
    return record.type !== "selection";
  }
}
