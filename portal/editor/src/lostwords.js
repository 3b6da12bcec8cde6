/** Shows words of one's own that have no place in the text any more, beside the work and not in its way. */
import {Stash} from "./stash.js";
import {button, el, uniqueId} from "./dom.js";
import {_} from "./words.js";

/**
 * A card that comes up while somebody types. It takes the focus only from who was typing in the very block
 * that is gone: the next letters belong to what stood there, and to no other clause. The words are kept in
 * this browser until their writer has seen them.
 */
export class LostWords {
  /** *leave()* takes the focus back to the text. */
  constructor(place, {planId, personId, name, leave}) {
    this.words = "";
    this.stash = new Stash({planId, personId, name: `${name}-lost`});
    this.field = el("textarea", {
      id: uniqueId("lost"),
      class: "form-control",
      rows: "3",
      on: {input: () => this.written()},
    });
    this.said = el("span", {class: "small", role: "status"});
    this.place = place;
    this.leave = leave;
  }

  add(words) {
    this.words += this.words ? `\n${words}` : words;
    this.field.value = this.words;
    this.keep();
    this.show();
  }

  /** What is typed next goes on behind the lost words. */
  goOn() {
    this.show();
    this.field.focus();
    this.field.setSelectionRange(this.words.length, this.words.length);
  }

  written() {
    this.words = this.field.value;
    this.keep();
  }

  show() {
    if (!this.place.hasChildNodes()) this.place.append(this.card());
  }

  card() {
    const sentence = _(
      "Đoạn bạn đang sửa vừa bị người khác xoá. Phần bạn gõ vào đoạn đó được giữ ở đây; bạn viết nốt rồi sao chép nếu còn cần.",
    );
    return el(
      "div",
      {class: "alert alert-warning py-2 px-3"},
      el("p", {class: "mb-2", role: "alert"}, sentence),
      el("label", {class: "form-label fw-medium", for: this.field.id}, _("Nội dung của bạn không còn trong văn bản")),
      this.field,
      el(
        "div",
        {class: "d-flex gap-2 align-items-center mt-2"},
        button(_("Sao chép"), () => this.copy()),
        button(_("Đã xem"), () => this.seen()),
        this.said,
      ),
    );
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.words);
      this.said.textContent = _("Đã sao chép.");
    } catch {
      this.field.select();
      this.said.textContent = _("Trình duyệt không cho sao chép: bạn nhấn Ctrl+C.");
    }
  }

  seen() {
    this.words = this.field.value = "";
    this.said.textContent = "";
    this.keep();
    this.place.replaceChildren();
    this.leave();
  }

  keep() {
    const {words} = this;
    this.stash.changed(() => (words ? {base: 0, clientId: "", steps: [], text: words, isRefused: true} : null));
    this.stash.write();
  }
}
