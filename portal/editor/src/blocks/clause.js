/** Draws a clause: its computed number outside the editable text, where a screen reader still reads it. */
import {el} from "../dom.js";
import {labelOf} from "../numbering.js";

export class ClauseView {
  constructor(node, _view, _getPos, decorations) {
    this.number = el("span", {class: "ed-number", contenteditable: "false"});
    this.contentDOM = el("div", {class: "ed-text"});
    this.dom = el("div", {class: "ed-clause"}, this.number, this.contentDOM);
    this.update(node, decorations);
  }

  update(node, decorations) {
    if (this.node && node.type !== this.node.type) return false;
    const label = labelOf(decorations);
    if (this.number.textContent.trim() !== label) this.number.textContent = label && `${label} `;
    this.number.hidden = !label;
    if (!this.node || this.node.attrs.level !== node.attrs.level) this.setLevel(node.attrs.level);
    this.dom.dataset.id = node.attrs.id || "";
    this.node = node;
    return true;
  }

  setLevel(level) {
    this.dom.dataset.level = level;
    const depth = {part: "2", sec: "3"}[level];
    this.dom.setAttribute("role", depth ? "heading" : "paragraph");
    if (depth) this.dom.setAttribute("aria-level", depth);
    else this.dom.removeAttribute("aria-level");
  }

  ignoreMutation(record) {
    return record.type !== "selection" && !this.contentDOM.contains(record.target);
  }
}
