/** The margin: four lists beside the text, one shown at a time; on a small screen a sheet over it. */
import {button, el, uniqueId} from "../dom.js";
import {_} from "../words.js";

export class Margin {
  /** *tabs* = [{name, words, panel, isSteady}]; `onShow(name)` follows every change of what can be seen. */
  constructor({tabs, onShow}) {
    this.onShow = onShow;
    this.tabs = tabs.map(tab => this.tab(tab));
    const list = el(
      "div",
      {class: "margin-tabs", role: "tablist", "aria-label": _("Bên lề")},
      this.tabs.map(({head}) => head),
    );
    list.addEventListener("keydown", event => this.pressed(event));
    const close = button(_("Đóng"), () => this.closeSheet(), {class: "btn btn-sm btn-outline-secondary margin-close"});
    this.element = el(
      "aside",
      {class: "margin", "aria-label": _("Góp ý và kiểm tra"), on: {keydown: event => this.escaped(event)}},
      el("div", {class: "margin-head"}, list, close),
      this.tabs.map(({panel}) => panel),
    );
    this.select(tabs[0].name);
  }

  tab({name, words, panel, isSteady = false}) {
    const id = uniqueId("tab");
    const count = el("span", {class: "tab-count", hidden: true});
    const head = el(
      "button",
      {
        type: "button",
        role: "tab",
        id,
        "aria-controls": `${id}-panel`,
        on: {click: () => this.select(name)},
      },
      words,
      count,
    );
    Object.assign(panel, {id: `${id}-panel`});
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    panel.classList.add("margin-panel");
    panel.classList.toggle("is-steady", isSteady);
    return {name, head, panel, count};
  }

  select(name) {
    this.shown = name;
    for (const tab of this.tabs) {
      const isShown = tab.name === name;
      tab.head.setAttribute("aria-selected", String(isShown));
      tab.head.tabIndex = isShown ? 0 : -1;
      tab.panel.hidden = !isShown;
    }
    this.onShow(name);
  }

  /** *told* is a number, or nodes and words that say more. */
  count(name, told) {
    const {count} = this.tabs.find(tab => tab.name === name);
    count.replaceChildren(...[told].flat());
    count.hidden = !told;
  }

  pressed(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const at = this.tabs.findIndex(({name}) => name === this.shown);
    const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
    this.select(next.name);
    next.head.focus();
  }

  /** On a small screen the margin is closed until it is asked for. */
  openSheet(opener, isEntered = false) {
    this.opener = opener;
    this.element.classList.add("is-open");
    if (isEntered) this.tabs.find(({name}) => name === this.shown).head.focus();
    this.onShow(this.shown);
  }

  closeSheet() {
    if (!this.element.classList.contains("is-open")) return;
    this.element.classList.remove("is-open");
    this.opener?.focus();
  }

  escaped(event) {
    if (event.key === "Escape" && !event.defaultPrevented) this.closeSheet();
  }
}
