/** The page on which a text is read and remarked on, and on which a changed copy of it is proposed. */
import {Mapping} from "prosemirror-transform";
import {Beside} from "./margin/beside.js";
import {Collaboration} from "./collab.js";
import {Desk} from "./desk.js";
import {Wire, socketAddress} from "./socket.js";
import {askWhich, forget, halfWritten, isStillKept, offerOf, opened, showKept} from "./halfwritten.js";
import {newerVersion} from "./newer.js";
import {button} from "./dom.js";
import {pageName} from "./ids.js";
import {openSurface} from "./surface.js";
import {stepsOf} from "./ownchanges.js";
import {Proposal} from "./proposal.js";
import {readingKeys} from "./readingkeys.js";
import {say, sayUnseen} from "./said.js";
import {listenForShortcuts} from "./shortcuts.js";
import {_} from "./words.js";

export class Review {
  /** *which* is the number of the frozen version, or "draft": a living text, which is followed. */
  constructor({mount, server, data, planId, which, textUrl}) {
    Object.assign(this, {server, data, planId, which, textUrl, clientId: pageName(data.me.id)});
    this.isLiving = which === "draft";
    this.beside = new Beside({
      server,
      which,
      me: data.me,
      can: {...data.can, edit: false},
      text: this.text(),
      // Whoever decides on a frozen version sees what its form lacks; a living text is its writers' to mend.
      has: {findings: !this.isLiving, history: false},
    });
    this.remarkButton = button(_("Góp ý"), () => this.beside.begin(), {title: "Ctrl+Alt+M", kind: "outline-primary"});
    this.proposeButton = button(_("Đề xuất sửa"), () => this.beginProposal(), {kind: "outline-primary"});
    this.acts = [data.can.comment && this.remarkButton, data.can.suggest && this.proposeButton].filter(Boolean);
    this.desk = new Desk(mount, {margin: this.beside.margin, acts: this.acts});
    listenForShortcuts(this.beside);
    this.read();
    this.offer();
    this.beside.refresh().then(() => this.tell());
    this.wire = this.isLiving ? this.follow() : this.watch();
  }

  text() {
    return {
      version: () => (this.collaboration ? this.collaboration.version : this.data.version),
      since: version => this.since(version),
      catchUp: async () => (this.proposal ? undefined : this.collaboration?.pull()),
      ready: async () => true,
    };
  }

  /** How places of *version* stand on the screen: a frozen text has only one version, a copy has its changes. */
  since(version) {
    if (this.proposal && this.proposal.version !== this.text().version()) return null;
    const steady = version === this.data.version ? new Mapping() : null;
    const mapping = this.collaboration ? this.collaboration.since(version) : steady;
    const own = this.proposal?.view ? stepsOf(this.proposal.view.state) : [];
    if (mapping) own.forEach(step => mapping.appendMap(step.getMap()));
    return mapping;
  }

  read() {
    const {data, beside} = this;
    this.collaboration = this.isLiving ? this.newCollaboration() : null;
    const plugins = [this.collaboration?.plugin(), beside.plugin(), readingKeys(sayUnseen)].filter(Boolean);
    this.surface = openSurface(this.desk.paper, {
      doc: data.doc,
      plugins,
      editable: false,
      signers: data.signers,
      onChange: (_state, transaction) => transaction.docChanged && this.surface && beside.moved(),
      onRefusal: say,
      label: this.isLiving ? _("Dự thảo đang soạn") : _("Văn bản trình"),
    });
    this.view = this.surface.view;
    this.collaboration?.attach(this.view);
    this.desk.take(this.surface, {hasTools: false});
    beside.attach(this.view);
    this.acts.forEach(each => {
      each.hidden = false;
    });
    beside.findings?.later(0);
  }

  newCollaboration() {
    const {server, clientId, data} = this;
    const nothing = () => {};
    const stopped = ({sentence}) => this.tell({stopped: sentence});
    const tell = {status: nothing, stopped, moved: nothing, lost: nothing, homeless: nothing, kept: nothing};
    return new Collaboration({server, clientId, version: data.version, tell, isReader: true});
  }

  /** A living text: its steps come in as its writers make them. */
  follow() {
    return new Wire({
      address: () => socketAddress(this.server.planUrl, this.text().version(), this.clientId),
      heard: message => this.heard(message),
      look: () => this.look(),
    });
  }

  heard(message) {
    if (this.proposal) return;
    if (message.kind === "steps") this.collaboration.receive(message);
    else if (message.kind === "discussion") this.beside.refresh();
    else if (message.kind === "told") say(message.sentence);
  }

  async look() {
    if (this.proposal) return;
    await this.collaboration.pull();
    if (!this.wire.isOpen) await this.beside.refresh();
  }

  /** A frozen text does not change; what is said about it does, and a newer version may take its place. */
  watch() {
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      await this.beside.refresh();
      this.tell();
    };
    setInterval(look, 15000);
    document.addEventListener("visibilitychange", look);
    return null;
  }

  /** The text on the screen: its place on the time line, and which one it is. */
  get now() {
    return {version: this.text().version(), number: this.which};
  }

  /** What this person left half written is offered until it is sent or given up. */
  async offer() {
    this.kept = await halfWritten(this);
    this.tell();
  }

  /** The notices above the text, as things stand. */
  tell({stopped = this.stopped} = {}) {
    this.stopped = stopped;
    this.newest = this.beside.discussion.newest ?? this.newest;
    const newer = newerVersion({
      newest: this.newest,
      shown: this.proposal?.number ?? this.which,
      isProposing: Boolean(this.proposal),
      planUrl: this.server.planUrl,
    });
    const rows = this.proposal
      ? [[_("Bạn đang sửa một bản riêng để đề xuất. Văn bản chỉ đổi khi người soạn chấp nhận.")]]
      : (this.kept || []).map(kept => offerOf(kept, {
          now: this.now,
          mayPropose: this.data.can.suggest,
          goOn: () => this.goOn(kept),
          changed: () => this.offer(),
        }));
    this.desk.warnAll([stopped && [stopped], newer, ...rows].filter(Boolean));
  }

  async beginProposal() {
    const kept = this.kept?.at(-1);
    if (!kept) return this.propose({base: this.view.state.doc, ...this.now});
    const answer = await askWhich(kept, this.now);
    if (answer === "on") return this.goOn(kept);
    return answer === "new" ? this.propose({base: this.view.state.doc, ...this.now}) : undefined;
  }

  goOn(kept) {
    if (!isStillKept(kept)) {
      say(_("Bản này đã được mở lại ở trang khác, hoặc đã bỏ."));
      return this.offer();
    }
    const copy = opened(kept);
    if (!copy) return showKept(kept, _("Không mở lại được bản này. Bạn sao chép những gì còn cần."));
    this.propose(copy);
    // Only once it is kept under this page's own name.
    return this.proposal.keeping.now() ? forget(kept) : undefined;
  }

  /** Change to a copy that may be edited; comments wait until it is sent or given up. */
  propose(copy) {
    const {beside} = this;
    this.acts.forEach(each => {
      each.hidden = true;
    });
    this.surface.destroy();
    beside.isAway = true;
    this.proposal = new Proposal({page: this, beside, ...copy, ended: isSent => this.proposalEnded(isSent)});
    this.tell();
  }

  async proposalEnded(isSent) {
    this.proposal = null;
    this.beside.isAway = false;
    await this.fetchAnew();
    this.desk.calm();
    this.read();
    if (isSent) this.beside.margin.select("suggestion");
    await this.beside.refresh();
    await this.offer();
    this.view.focus();
  }

  /** A living text has moved on meanwhile; without the server the old state still reads. */
  async fetchAnew() {
    if (!this.isLiving) return;
    try {
      this.data = {...this.data, ...(await this.server.get(this.textUrl.slice(this.server.planUrl.length)))};
    } catch (error) {
      console.warn(error);
    }
  }
}
