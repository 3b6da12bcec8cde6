/** The outline: the plan's parts and sections as buttons that lead to them. */
import {TextSelection} from "prosemirror-state";
import {_} from "./words.js";
import {el, excerpt} from "./dom.js";
import {eachLabel} from "./numbering.js";
import {placeOf} from "./places.js";

const SHOWN = new Set(["part", "sec"]);
const PAUSE = 250;

/** What the outline shows: {id, depth, words} for each part, section and annex. */
export function outlineOf(doc) {
  const found = [];
  eachLabel(doc, (node, pos, label) => {
    const {level, id} = node.attrs;
    if (node.type.name === "annex") found.push({id, depth: 1, words: `${label}: ${node.firstChild.textContent}`, pos});
    else if (SHOWN.has(level)) found.push({id, depth: level === "part" ? 1 : 2, words: `${label} ${node.textContent}`, pos});
  });
  return found;
}

export class Outline {
  constructor(view) {
    this.view = view;
    this.list = el("ol", {class: "ed-outline-list"});
    this.empty = el("p", {class: "small text-body-secondary"}, _("Các phần và mục của kế hoạch hiện ở đây."));
    this.dom = el("nav", {class: "ed-outline", "aria-label": _("Mục lục")}, this.list, this.empty);
    this.draw();
  }

  /** Draw anew a moment after the last change; typing must not wait for it. */
  update(isDocChanged) {
    if (isDocChanged) this.isStale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isStale ? this.draw() : this.mark()), PAUSE);
  }

  draw() {
    this.isStale = false;
    this.entries = outlineOf(this.view.state.doc);
    const items = this.entries.map(({id, depth, words}) => el(
      "li",
      {class: `ed-outline-${depth}`},
      el("button", {type: "button", on: {click: () => this.go(id)}}, excerpt(words, 90)),
    ));
    // The focus of somebody who is on the list stays where it is.
    const at = [...this.list.children].findIndex(each => each.contains(document.activeElement));
    this.list.replaceChildren(...items);
    if (at >= 0 && items[at]) items[at].firstChild.focus();
    this.empty.hidden = items.length > 0;
    this.mark();
  }

  mark() {
    const {head} = this.view.state.selection;
    let current = -1;
    this.entries.forEach(({pos}, order) => { if (pos < head) current = order; });
    [...this.list.children].forEach((item, order) => {
      if (order === current) item.firstChild.setAttribute("aria-current", "location");
      else item.firstChild.removeAttribute("aria-current");
    });
  }

  go(id) {
    const {view} = this;
    const pos = placeOf(view.state.doc, id);
    if (pos === null) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(pos + 1))));
    const dom = view.nodeDOM(pos);
    if (dom) dom.scrollIntoView({block: "start"});
    view.focus();
  }

  destroy() {
    clearTimeout(this.timer);
    this.dom.remove();
  }
}
