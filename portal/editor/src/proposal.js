/** A copy of a text in which a reviewer writes what should change; it is sent whole, the server compares. */
import {ask, confirmed} from "./dialog.js";
import {anchorsKey, setPlaces} from "./margin/anchors.js";
import {textField} from "./margin/cards.js";
import {button, el} from "./dom.js";
import {Keeping} from "./halfwritten.js";
import {openSurface} from "./surface.js";
import {countChanges, ownChanges} from "./ownchanges.js";
import {sentenceOf} from "./server.js";
import {say} from "./said.js";
import {_} from "./words.js";

export class Proposal {
  /**
   * *page* is the review page; *base* is the text of *version* that the copy is made from, *number* says
   * which text that is, *steps* lead to what was written in the copy before. `ended(isSent)` brings the
   * page back to reading.
   */
  constructor({page, beside, base, version, number, steps = [], note = "", ended}) {
    Object.assign(this, {page, beside, base, version, number, ended});
    const places = anchorsKey.getState(page.view.state).places.filter(({kind}) => kind === "thread");
    this.count = el("span", {class: "small text-body-secondary", role: "status"});
    this.note = textField(_("Lời gửi kèm (không bắt buộc)"), 3);
    this.note.field.value = note;
    this.keeping = new Keeping(this);
    this.note.field.addEventListener("input", () => this.keeping.changed());
    this.open(steps);
    // On an older text the passages of the page stand elsewhere.
    setPlaces(this.view, "thread", version === page.text().version() ? places : []);
    this.leaving = event => {
      this.keeping.now();
      if (countChanges(this.view.state)) event.preventDefault();
    };
    window.addEventListener("beforeunload", this.leaving);
  }

  open(steps) {
    const {page, beside} = this;
    this.surface = openSurface(page.desk.paper, {
      doc: this.base.toJSON(),
      plugins: [beside.plugin(), ownChanges(this.base)],
      editable: true,
      signers: page.data.signers,
      findRecipients: async query => (await page.server.get(`text/recipients?q=${encodeURIComponent(query)}`)).found,
      onChange: (_state, transaction) => this.surface && transaction.docChanged && this.changed(),
      onRefusal: say,
      label: _("Bản để đề xuất sửa"),
    });
    this.view = this.surface.view;
    beside.attach(this.view);
    page.desk.take(this.surface, {hasTools: true});
    page.desk.offer(
      this.count,
      button(_("Gửi đề xuất"), () => this.send(), {kind: "primary"}),
      button(_("Bỏ"), () => this.giveUp()),
    );
    this.restore(steps);
    this.tellCount();
    this.view.focus();
  }

  /** What was written in this copy before, and neither sent nor given up; kept under this page's name at once. */
  restore(steps) {
    const {tr} = this.view.state;
    steps.forEach(step => tr.step(step));
    if (!tr.docChanged) return;
    this.view.dispatch(tr);
    this.keeping.now();
    say(_("Đã mở lại bản đề xuất bạn đang sửa dở."));
  }

  changed() {
    this.tellCount();
    this.beside.moved();
    this.keeping.changed();
    if (this.keeping.stash.isFailing && !this.wasTold) {
      this.wasTold = true;
      say(_("Trình duyệt không giữ tạm được bản này. Bạn gửi đề xuất trước khi đóng trang."));
    }
  }

  tellCount() {
    this.count.textContent = _("%(count)s chỗ sửa", {count: countChanges(this.view.state)});
  }

  async send() {
    if (!countChanges(this.view.state)) return say(_("Bạn chưa sửa gì trong bản này."));
    const answer = await ask({
      title: _("Gửi đề xuất sửa"),
      body: [this.note.element],
      choices: [
        {value: "send", words: _("Gửi đề xuất"), kind: "primary"},
        {value: "no", words: _("Sửa tiếp")},
      ],
    });
    return answer === "send" ? this.post() : undefined;
  }

  async post() {
    if (this.isSending) return undefined;
    this.isSending = true;
    const note = this.note.field.value.trim().normalize("NFC");
    try {
      await this.page.server.post("suggestions", {
        version: this.version,
        doc: this.view.state.doc.toJSON(),
        note,
        isDraft: this.number === "draft",
      });
      say(_("Đã gửi đề xuất sửa."));
    } catch (error) {
      this.isSending = false;
      return say(sentenceOf(error));
    }
    return this.close(true);
  }

  async giveUp() {
    const isSure =
      !countChanges(this.view.state) ||
      (await confirmed(_("Bỏ bản đề xuất?"), _("Những chỗ bạn đã sửa trong bản riêng này sẽ mất."), {
        yes: _("Bỏ bản này"),
        no: _("Sửa tiếp"),
      }));
    if (isSure) this.close(false);
  }

  close(isSent) {
    this.keeping.end();
    window.removeEventListener("beforeunload", this.leaving);
    this.surface.destroy();
    this.ended(isSent);
  }
}
