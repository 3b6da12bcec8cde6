/** A copy of a text in which a reviewer writes what should change; it is sent whole, the server compares. */
import {Step} from "prosemirror-transform";
import {ask, confirmed} from "./dialog.js";
import {anchorsKey, setPlaces} from "./margin/anchors.js";
import {textField} from "./margin/cards.js";
import {button, el} from "./dom.js";
import {openSurface} from "./surface.js";
import {countChanges, ownChanges, stepsOf} from "./ownchanges.js";
import {sentenceOf} from "./server.js";
import {say} from "./said.js";
import {_} from "./words.js";

export class Proposal {
  /** *page* is the review page; `ended(isSent)` brings it back to reading. */
  constructor({page, beside, doc, version, ended}) {
    Object.assign(this, {page, beside, doc, version, ended});
    this.key = ["trinh-ky:proposal", page.planId, page.data.me.id, version].join(":");
    const places = anchorsKey.getState(page.view.state).places.filter(({kind}) => kind === "thread");
    this.count = el("span", {class: "small text-body-secondary", role: "status"});
    this.note = textField(_("Lời gửi kèm (không bắt buộc)"), 3);
    this.open();
    setPlaces(this.view, "thread", places);
    this.leaving = event => countChanges(this.view.state) && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
  }

  open() {
    const {page, beside} = this;
    this.surface = openSurface(page.desk.paper, {
      doc: this.doc.toJSON(),
      plugins: [beside.plugin(), ownChanges(this.doc)],
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
    page.desk.warn(_("Bạn đang sửa một bản riêng để đề xuất. Văn bản chỉ đổi khi người soạn chấp nhận."));
    page.desk.offer(
      this.count,
      button(_("Gửi đề xuất"), () => this.send(), {kind: "primary"}),
      button(_("Bỏ"), () => this.giveUp()),
    );
    this.restore();
    this.tellCount();
    this.view.focus();
  }

  /** What was written in this copy before, and neither sent nor given up. */
  restore() {
    const {tr} = this.view.state;
    try {
      const steps = JSON.parse(localStorage.getItem(this.key) || "[]");
      steps.forEach(step => tr.step(Step.fromJSON(tr.doc.type.schema, step)));
    } catch (error) {
      console.warn(error);
      return;
    }
    if (!tr.docChanged) return;
    this.view.dispatch(tr);
    say(_("Đã mở lại bản đề xuất bạn đang sửa dở."));
  }

  changed() {
    this.tellCount();
    this.beside.moved();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 500);
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(stepsOf(this.view.state)));
    } catch (error) {
      console.warn(error);
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
    const note = this.note.field.value.trim().normalize("NFC");
    try {
      const {ids} = await this.page.server.post("suggestions", {
        version: this.version,
        doc: this.view.state.doc.toJSON(),
        note,
      });
      say(_("Đã gửi %(count)s đề xuất sửa.", {count: ids.length}));
    } catch (error) {
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
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
    window.removeEventListener("beforeunload", this.leaving);
    this.surface.destroy();
    this.ended(isSent);
  }
}
