/** The way from card to card: how many are above and below what is in view, and a step to the next. */
import {button, el} from "../dom.js";

/** Which cards are above and which below the part of the window in view, by their *boxes* in order. */
export function aroundView(boxes, top, bottom) {
  const above = boxes.filter(box => box.bottom <= top);
  const below = boxes.filter(box => box.top >= bottom);
  return {above, below};
}

export class Walk {
  /**
   * *bar* covers the cards above its lower edge; *go(card)* brings one into view; *words* = {outside,
   * above(count), below(count)} say what is there.
   */
  constructor({list, bar, go, words}) {
    Object.assign(this, {list, bar, go, words});
    this.up = button("", () => this.step("above"));
    this.down = button("", () => this.step("below"));
    this.element = el("div", {class: "walk", role: "group", "aria-label": words.outside}, this.up, this.down);
    window.addEventListener("scroll", () => this.later(), {passive: true});
  }

  later() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.update();
    });
  }

  update() {
    const {above, below} = this.around();
    this.write(this.up, `↑ ${above.length}`, above.length, this.words.above(above.length));
    this.write(this.down, `↓ ${below.length}`, below.length, this.words.below(below.length));
  }

  write(press, sign, count, words) {
    // Whoever stands on it keeps standing there: it only says that there is nothing more.
    press.hidden = !count && press !== document.activeElement;
    press.textContent = sign;
    press.title = words;
    press.setAttribute("aria-label", words);
  }

  around() {
    if (!this.list.element.offsetParent) return {above: [], below: []};
    const boxes = this.list.ordered.map(card => {
      const {top, bottom} = card.element.getBoundingClientRect();
      return {card, top, bottom};
    });
    return aroundView(boxes, this.bar.getBoundingClientRect().bottom, window.innerHeight);
  }

  step(way) {
    const found = this.around()[way];
    const next = way === "above" ? found.at(-1) : found[0];
    if (next) this.go(next.card);
  }
}
