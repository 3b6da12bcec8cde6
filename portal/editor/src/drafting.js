/** The page on which a text is written together with others. */
import {Selection} from "prosemirror-state";
import {Beside} from "./margin/beside.js";
import {Collaboration} from "./collab.js";
import {Desk} from "./desk.js";
import {LostWords} from "./lostwords.js";
import {OwnCursor, cursors, cursorsKey, seenHere, showPeople} from "./cursors.js";
import {Stash, touchedText} from "./stash.js";
import {Wire, socketAddress} from "./socket.js";
import {StatusLine} from "./status.js";
import {button, el} from "./dom.js";
import {pageName} from "./ids.js";
import {offerLeftBehind} from "./recovery.js";
import {others} from "./others.js";
import {openSurface} from "./surface.js";
import {say} from "./said.js";
import {showUnsent} from "./dialog.js";
import {listenForShortcuts} from "./shortcuts.js";
import {nameAt} from "./told.js";
import {_} from "./words.js";

// Who has typed so lately is about to type on.
const TYPING_MS = 3000;
// After these the same steps would be refused again; after the others they may yet be taken.
const HOPELESS = new Set([400, 413, 422]);

export class Drafting {
  constructor({mount, server, data, planId}) {
    Object.assign(this, {server, data, planId, clientId: pageName(data.me.id)});
    this.status = new StatusLine(document.getElementById("save-state"));
    this.collaboration = this.newCollaboration();
    this.stash = new Stash({planId, personId: data.me.id, name: this.clientId});
    this.beside = this.newBeside();
    const remark = button(_("Góp ý"), () => this.beside.begin(), {title: "Ctrl+Alt+M"});
    this.desk = new Desk(mount, {margin: this.beside.margin, acts: data.can.comment ? [remark] : []});
    this.lost = new LostWords(this.desk.lost, {
      planId,
      personId: data.me.id,
      name: this.clientId,
      leave: () => this.view.focus(),
    });
    listenForShortcuts(this.beside);
    this.open();
  }

  newCollaboration() {
    const {server, clientId, data} = this;
    return new Collaboration({
      server,
      clientId,
      version: data.version,
      tell: {
        status: (kind, count) => this.status.show(kind, count),
        stopped: stop => this.stopped(stop),
        moved: () => this.keep(),
        lost: words => this.lost.add(words),
        homeless: () => this.homeless(),
        kept: isRefused => this.kept(isRefused),
      },
    });
  }

  newBeside() {
    const {collaboration, server, data} = this;
    return new Beside({
      server,
      which: "draft",
      me: data.me,
      can: data.can,
      text: {
        version: () => collaboration.version,
        since: version => collaboration.since(version),
        catchUp: () => collaboration.pull(),
        ready: () => collaboration.settled(),
      },
      has: {findings: true, history: true},
    });
  }

  open() {
    const {data, beside, collaboration} = this;
    this.surface = openSurface(this.desk.paper, {
      doc: data.doc,
      plugins: [collaboration.plugin(), others(() => this.kept(false)), beside.plugin(), cursors()],
      editable: data.can.edit,
      signers: data.signers,
      findRecipients: async query => (await this.server.get(`text/recipients?q=${encodeURIComponent(query)}`)).found,
      onChange: (state, transaction) => this.surface && this.changed(state, transaction),
      onRefusal: say,
      onSave: () => collaboration.settled(),
      label: _("Nội dung dự thảo"),
    });
    this.view = this.surface.view;
    this.view.dom.addEventListener("beforeinput", () => (this.typedAt = Date.now()));
    this.desk.take(this.surface, {hasTools: true});
    collaboration.attach(this.view);
    beside.attach(this.view);
    this.connect();
    collaboration.changed();
    beside.refresh();
    beside.findings.later(200);
    this.showAddressed();
    this.followWhenSaved();
    offerLeftBehind(this);
  }

  /** A link that goes on with the text as it reads here: what is still on its way goes first. */
  followWhenSaved() {
    for (const link of document.querySelectorAll("a[data-when-saved]")) {
      link.addEventListener("click", async event => {
        if (!this.collaboration.unsent) return;
        event.preventDefault();
        if (await this.collaboration.settled()) location.assign(link.href);
        else say(_("Văn bản chưa lưu xong, nên chưa chuyển trang. Bạn đợi kết nối trở lại rồi nhấn lần nữa."));
      });
    }
  }

  /** A link from another page names a block: “#b-…”. */
  showAddressed() {
    const id = /^#b-([a-z0-9]{10,40})$/.exec(location.hash)?.[1];
    let place = null;
    this.view.state.doc.descendants((node, pos) => {
      if (id && node.attrs.id === id) place = pos;
      return place === null;
    });
    if (place === null) return;
    const {tr, doc} = this.view.state;
    this.view.dispatch(tr.setSelection(Selection.near(doc.resolve(place + 1))));
    this.view.nodeDOM(place)?.scrollIntoView({block: "center"});
    this.view.focus();
  }

  changed(state, transaction) {
    // What a plugin added counts too, even to a transaction that itself changed nothing.
    const isDocChanged = state.doc !== this.lastDoc;
    this.lastDoc = state.doc;
    if (isDocChanged) {
      this.collaboration.changed();
      this.keep();
      this.beside.moved();
      this.beside.findings.later();
    }
    if (isDocChanged || transaction.selectionSet) this.ownCursor?.moved();
  }

  /** Another's words stand where we deleted, or undid, without having seen them. */
  kept(isRefused) {
    say(
      isRefused
        ? _("Thay đổi vừa rồi của bạn không được thực hiện, vì người khác vừa viết vào chỗ đó. Bạn xem lại rồi làm lại nếu cần.")
        : _("Chữ người khác vừa viết vào chỗ bạn xoá được giữ lại."),
    );
  }

  /** The block of the cursor is gone; who is typing types on beside the text, and not into its neighbour. */
  homeless() {
    const isTyping = this.view.hasFocus() && Date.now() - (this.typedAt || 0) < TYPING_MS;
    if (isTyping) this.lost.goOn();
    else say(_("Đoạn bạn đang ở vừa bị người khác xoá; con trỏ nay ở %(name)s.", {name: nameAt(this.view.state)}));
  }

  keep() {
    this.stash.changed(() => this.unsent());
  }

  /** What is kept in this browser until the server has it, or null. */
  unsent() {
    const {collaboration, clientId, view} = this;
    const steps = collaboration.unsentSteps;
    if (!steps.length) return null;
    return {
      base: collaboration.version,
      clientId,
      steps: steps.map(step => step.toJSON()),
      text: touchedText(view.state.doc, steps),
      isRefused: HOPELESS.has(collaboration.stop?.status),
    };
  }

  connect() {
    const {collaboration, server, clientId} = this;
    this.wire = new Wire({
      address: () => socketAddress(server.planUrl, collaboration.version, clientId),
      heard: message => this.heard(message),
      look: () => this.look(),
      changed: isOpen => isOpen && this.ownCursor.tell(true),
    });
    this.ownCursor = new OwnCursor(collaboration, message => this.wire.say(message));
    window.addEventListener("online", () => {
      this.wire.hurry();
      collaboration.hurry();
    });
  }

  async look() {
    await this.collaboration.pull();
    const isTimeToAsk = !this.wire.isOpen && Date.now() - (this.askedAt || 0) > 10000;
    if (!isTimeToAsk || this.collaboration.stop) return;
    this.askedAt = Date.now();
    await this.beside.refresh();
  }

  heard(message) {
    if (message.kind === "steps") this.collaboration.receive(message);
    else if (message.kind === "cursors") this.showOthers(message.people);
    else if (message.kind === "discussion") this.beside.refresh();
    else if (message.kind === "told") say(message.sentence);
    else if (message.kind === "locked") this.locked(message.detail);
  }

  showOthers(people) {
    const others = seenHere(people, this.collaboration);
    this.view.dispatch(this.view.state.tr.setMeta(cursorsKey, others).setMeta("addToHistory", false));
    showPeople(document.getElementById("who-is-here"), others);
    this.greet(others.map(({name}) => name));
  }

  /** Says once of each person that they have come; whoever was there before is in the list. */
  greet(names) {
    const isFirst = !this.met;
    this.met ||= new Set();
    const fresh = [...new Set(names)].filter(name => !this.met.has(name));
    fresh.forEach(name => this.met.add(name));
    if (fresh.length && !isFirst) say(_("%(names)s vừa mở văn bản này.", {names: fresh.join(", ")}));
  }

  /** The last steps before the lock are still fetched: the page then shows what was submitted. */
  async locked(detail) {
    await this.collaboration.pull();
    this.collaboration.end({status: 423, sentence: detail || _("Văn bản đã được trình, không sửa được nữa.")});
  }

  async stopped({status, sentence}) {
    this.surface.setEditable(false);
    this.wire.end();
    this.keep();
    this.stash.write();
    const reload = () => this.reload();
    const plan = el("a", {class: "alert-link", href: this.server.planUrl.replace(/\/$/, "")}, _("Xem kế hoạch"));
    this.desk.warn(sentence, button(_("Tải lại trang"), reload), plan);
    const kept = this.unsent();
    if (!kept) return;
    const answer = await showUnsent({
      title: status === 422 ? _("Máy chủ không nhận thay đổi của bạn") : _("Có nội dung chưa được lưu"),
      sentence,
      text: kept.text,
      choices: [
        {value: "reload", words: _("Tải lại trang"), kind: "primary"},
        {value: "stay", words: _("Ở lại trang này")},
      ],
    });
    if (answer === "reload") reload();
  }

  /** What was not sent is in the stash and will be offered again: leaving needs no question. */
  reload() {
    this.stash.write();
    if (!this.stash.isFailing) this.status.count = 0;
    location.reload();
  }
}
