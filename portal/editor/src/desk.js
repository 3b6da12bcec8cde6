/** The page around a text: the bar with its buttons, the outline, the paper and the margin. */
import {button, el} from "./dom.js";
import {_} from "./words.js";

const HEAD_STAYS = window.matchMedia("(min-width: 768px)");
const OUTLINE_KEY = "trinh-ky:outline";

export class Desk {
  /** *acts* are the page's own buttons in the bar. */
  constructor(mount, {margin, acts}) {
    this.tools = el("div", {class: "desk-tools"});
    this.outline = el("div", {class: "desk-outline", id: "desk-outline"});
    this.paper = el("div", {class: "desk-paper"});
    this.notice = el("div", {class: "desk-notice", role: "alert"});
    this.lost = el("div", {class: "desk-lost"});
    this.outlineButton = button(_("Mục lục"), () => this.showOutline(this.outline.hidden, true), {
      "aria-controls": "desk-outline",
    });
    this.marginButton = button(_("Bên lề"), () => margin.openSheet(this.marginButton, true), {
      class: "btn btn-sm btn-outline-secondary desk-margin-button",
    });
    this.offered = el("div", {class: "desk-acts"});
    const bar = el(
      "div",
      {class: "desk-bar"},
      this.outlineButton,
      this.tools,
      el("div", {class: "desk-acts"}, this.offered, acts, this.marginButton),
    );
    const body = el("div", {class: "desk-body"}, this.outline, this.paper, margin.element);
    mount.replaceChildren(this.notice, this.lost, bar, body);
    // On a phone only the bar stays in view, and whether the work is saved must be seen there.
    if (!HEAD_STAYS.matches) this.outlineButton.after(document.getElementById("save-state") || "");
    this.measure(mount, bar);
    this.showOutline(localStorage.getItem(OUTLINE_KEY) === "open", false);
  }

  /** What sticks below the head and the bar must know how high these are: the tools wrap. */
  measure(mount, bar) {
    const head = document.querySelector(".desk-head");
    const page = mount.closest(".drafting") || mount;
    const told = new ResizeObserver(() => {
      const above = head && HEAD_STAYS.matches ? head.offsetHeight : 0;
      page.style.setProperty("--head-height", `${above}px`);
      page.style.setProperty("--bar-height", `${above + bar.offsetHeight}px`);
    });
    [head, bar].filter(Boolean).forEach(each => told.observe(each));
  }

  showOutline(isShown, isChosen) {
    this.outline.hidden = !isShown;
    this.outlineButton.setAttribute("aria-expanded", String(isShown));
    if (isChosen) localStorage.setItem(OUTLINE_KEY, isShown ? "open" : "closed");
  }

  /** Show the parts of a surface where they belong. */
  take({toolbarElement, outlineElement}, {hasTools}) {
    this.tools.replaceChildren(...(hasTools ? [toolbarElement] : []));
    if (!hasTools) toolbarElement.remove();
    this.outline.replaceChildren(outlineElement);
  }

  /** A sentence that stays, with what can be done about it. */
  warn(sentence, ...acts) {
    this.warnAll([[sentence, ...acts]]);
  }

  /** Sentences that stay, each with what can be done about it; those that stood there already are left alone. */
  warnAll(rows) {
    const told = JSON.stringify(rows.map(([sentence]) => sentence));
    if (told === this.told) return;
    this.told = told;
    this.notice.replaceChildren(
      ...rows.map(([sentence, ...acts]) =>
        el("div", {class: "alert alert-warning py-2 px-3"}, el("span", {}, sentence), ...acts),
      ),
    );
  }

  /** Buttons in the bar for what is under way. */
  offer(...acts) {
    this.offered.replaceChildren(...acts);
  }

  calm() {
    this.warnAll([]);
    this.offered.replaceChildren();
  }
}
