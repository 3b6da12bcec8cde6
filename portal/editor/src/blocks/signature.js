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
    const {position} = node.attrs;
    if (!this.node || this.node.attrs.position !== position) this.offer(position);
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

  /**
   * What would be printed: TM. and KT. and the title, and below them the name.
   *
   * While the text is written it follows the choice; a text that was submitted has its own lines.
   */
  printed() {
    const {position, lines, name} = this.node.attrs;
    const chosen = this.signers.find(each => each.key === position);
    const isKnown = Boolean(chosen?.lines?.length);
    if (lines.length && !(isKnown && this.view.editable)) return {lines, name};
    if (isKnown) return chosen;
    return {lines: chosen ? [chosen.label] : [], name: ""};
  }

  refresh() {
    const {lines, name} = this.printed();
    this.lines.replaceChildren(...lines.map(line => el("div", {}, line)));
    this.name.textContent = name;
    this.field.disabled = !this.view.editable;
  }

  stopEvent(event) {
    return this.field.contains(event.target);
  }

  ignoreMutation(record) {
    return record.type !== "selection";
  }
}
