/** Shows words of one's own that have no place in the text any more, beside the work and not in its way. */
import {Stash} from "./stash.js";
import {button, el, uniqueId} from "./dom.js";
import {_} from "./words.js";

/**
 * A card that takes no focus: it comes up while somebody types, and the next letters belong to the text.
 * The words are kept in this browser until their writer has seen them.
 */
export class LostWords {
  constructor(place, {planId, personId, name}) {
    this.words = "";
    this.stash = new Stash({planId, personId, name: `${name}-lost`});
    this.field = el("textarea", {id: uniqueId("lost"), class: "form-control", rows: "3", readonly: true});
    this.said = el("span", {class: "small", role: "status"});
    this.place = place;
  }

  add(words) {
    this.words += this.words ? `\n${words}` : words;
    this.field.value = this.words;
    this.keep();
    if (!this.place.hasChildNodes()) this.place.append(this.card());
  }

  card() {
    const sentence = _(
      "Đoạn bạn đang sửa vừa bị người khác xoá. Phần bạn vừa gõ không còn chỗ trong văn bản; bạn sao chép nếu còn cần.",
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
    this.words = "";
    this.said.textContent = "";
    this.keep();
    this.place.replaceChildren();
  }

  keep() {
    const {words} = this;
    this.stash.changed(() => (words ? {base: 0, clientId: "", steps: [], text: words, isRefused: true} : null));
    this.stash.write();
  }
}
