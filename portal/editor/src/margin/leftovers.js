/** The list of remarks and answers that were begun and not sent, offered to be gone on with. */
import {confirmed} from "../dialog.js";
import {button, el, excerpt, moment} from "../dom.js";
import {_} from "../words.js";

const KINDS = {
  new: () => _("Góp ý viết dở"),
  reply: () => _("Trả lời viết dở"),
  answer: () => _("Giải trình viết dở"),
};

export class Leftovers {
  /** *resume(kept)* opens the form again. */
  constructor({unfinished, resume}) {
    Object.assign(this, {unfinished, resume});
    this.element = el("section", {class: "leftovers", "aria-label": _("Nội dung viết dở"), hidden: true});
  }

  async show() {
    const left = await this.unfinished.left();
    this.element.hidden = !left.length;
    const written = JSON.stringify(left);
    if (this.written === written) return;
    this.written = written;
    this.element.replaceChildren(...left.map(kept => this.line(kept)));
  }

  line(kept) {
    const {what, words, at} = kept;
    return el(
      "div",
      {class: "leftover"},
      el("p", {class: "mb-1"}, el("span", {class: "fw-medium"}, KINDS[what.kind]?.() || ""), ` · ${moment(at)}`),
      el("p", {class: "mb-1"}, excerpt(words.text)),
      el(
        "div",
        {class: "card-moves"},
        button(_("Viết tiếp"), () => this.resume(kept)),
        button(_("Bỏ"), () => this.drop(kept)),
      ),
    );
  }

  async drop({id}) {
    const sentence = _("Phần này sẽ mất hẳn, không lấy lại được.");
    if (!(await confirmed(_("Bỏ nội dung viết dở?"), sentence, {yes: _("Bỏ"), no: _("Giữ lại")}))) return;
    this.unfinished.drop(id);
    await this.show();
  }
}
