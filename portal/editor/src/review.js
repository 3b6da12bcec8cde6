/** The page on which a text is read and remarked on, and on which a changed copy of it is proposed. */
import {Mapping} from "prosemirror-transform";
import {Beside} from "./margin/beside.js";
import {Collaboration} from "./collab.js";
import {Desk} from "./desk.js";
import {Wire, socketAddress} from "./socket.js";
import {button} from "./dom.js";
import {pageName} from "./ids.js";
import {openSurface} from "./surface.js";
import {stepsOf} from "./ownchanges.js";
import {Proposal} from "./proposal.js";
import {readingKeys} from "./readingkeys.js";
import {say} from "./said.js";
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
    this.proposeButton = button(_("Đề xuất sửa"), () => this.propose(), {kind: "outline-primary"});
    this.acts = [data.can.comment && this.remarkButton, data.can.suggest && this.proposeButton].filter(Boolean);
    this.desk = new Desk(mount, {margin: this.beside.margin, acts: this.acts});
    listenForShortcuts(this.beside);
    this.read();
    this.beside.refresh();
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
    const steady = version === this.data.version ? new Mapping() : null;
    const mapping = this.collaboration ? this.collaboration.since(version) : steady;
    const own = this.proposal?.view ? stepsOf(this.proposal.view.state) : [];
    if (mapping) own.forEach(step => mapping.appendMap(step.getMap()));
    return mapping;
  }

  read() {
    const {data, beside} = this;
    this.collaboration = this.isLiving ? this.newCollaboration() : null;
    const plugins = [this.collaboration?.plugin(), beside.plugin(), readingKeys(say)].filter(Boolean);
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
    const tell = {status() {}, stopped: ({sentence}) => this.desk.warn(sentence), moved() {}, lost() {}, kept() {}};
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
  }

  async look() {
    if (this.proposal) return;
    await this.collaboration.pull();
    if (!this.wire.isOpen) await this.beside.refresh();
  }

  /** A frozen text does not change; what is said about it does. */
  watch() {
    const look = () => document.visibilityState === "visible" && !this.proposal && this.beside.refresh();
    setInterval(look, 15000);
    document.addEventListener("visibilitychange", look);
    return null;
  }

  /** Change to a copy that may be edited; comments wait until it is sent or given up. */
  propose() {
    const {view, beside} = this;
    const doc = view.state.doc;
    const version = this.text().version();
    this.acts.forEach(each => {
      each.hidden = true;
    });
    this.surface.destroy();
    beside.isAway = true;
    this.proposal = new Proposal({page: this, beside, doc, version, ended: isSent => this.proposalEnded(isSent)});
  }

  async proposalEnded(isSent) {
    this.proposal = null;
    this.beside.isAway = false;
    await this.fetchAnew();
    this.desk.calm();
    this.read();
    if (isSent) this.beside.margin.select("suggestion");
    await this.beside.refresh();
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
