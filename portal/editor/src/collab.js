/** Keeps this page and the server's list of steps alike: sends what was typed, takes in what others typed. */
import {collab, getVersion, sendableSteps} from "prosemirror-collab";
import {Step} from "prosemirror-transform";
import {Composing} from "./composing.js";
import {Refusal, Unreachable} from "./server.js";
import {Standing} from "./standing.js";
import {Timeline} from "./timeline.js";
import {deleteBut, receive} from "./receiving.js";
import {lostOf, putBack, waitingAfter} from "./losses.js";
import {othersKey} from "./others.js";
import {schema} from "./schema.js";
import {_} from "./words.js";

const CALM_MS = 50;
const AGAIN_MS = 4;
const BATCH = 200;
// Three megabytes are the most that the server reads of one request; a paste alone may be two.
const BATCH_BYTES = 500_000;
// Letters that change their face in one request; the server takes four times as many.
const BATCH_MARKED = 900_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;

/** The first of *steps* that go in one request, as they are written: always one, and no more than fit. */
function batchOf(steps) {
  const written = [];
  let [bytes, marked] = [0, 0];
  for (const step of steps.slice(0, BATCH)) {
    const each = step.toJSON();
    bytes += new TextEncoder().encode(JSON.stringify(each)).length;
    marked += each.mark ? each.to - each.from : 0;
    if (written.length && (bytes > BATCH_BYTES || marked > BATCH_MARKED)) break;
    written.push(each);
  }
  return written;
}

/**
 * *tell* = {status(kind, count), stopped({status, sentence}), moved(), lost(words), homeless(), kept(isRefused)}:
 * kind is saved, saving, offline or stopped; `moved` follows every batch of confirmed steps; `lost` are words
 * that were typed here, in what others deleted before they were sent; `homeless` tells that the block of the
 * cursor was taken away, and the cursor stands in another; `kept` tells that words of others stayed
 * that we had deleted unseen, or that an act of ours was not done for their sake.
 */
export class Collaboration {
  constructor({server, clientId, version, tell, isReader = false}) {
    Object.assign(this, {server, clientId, tell, isReader});
    this.timeline = new Timeline(version);
    this.acknowledged = version;
    this.wait = 0;
    this.isSending = false;
    this.stop = null;
    this.settling = [];
  }

  plugin() {
    return collab({version: this.timeline.first, clientID: this.clientId});
  }

  attach(view) {
    this.view = view;
    this.composing = new Composing(view, () => this.resume());
    this.report();
  }

  /** An input method has let go of its word: what others did meanwhile may come in. */
  resume() {
    this.isWaiting = false;
    this.pull();
    this.changed();
  }

  get version() {
    return getVersion(this.view.state);
  }

  get unsentSteps() {
    return sendableSteps(this.view.state)?.steps || [];
  }

  get unsent() {
    return this.unsentSteps.length;
  }

  /** How places of a confirmed *version* stand in the text as it is on the screen. */
  since(version) {
    return this.timeline.since(
      version,
      this.unsentSteps.map(step => step.getMap()),
    );
  }

  /** Call after every transaction that changed the text. */
  changed() {
    this.report();
    if (this.unsent) this.plan(this.wait || CALM_MS);
  }

  /** Try at once, as when the network is back. */
  hurry() {
    this.wait = 0;
    clearTimeout(this.timer);
    this.timer = null;
    return this.push();
  }

  plan(delay) {
    if (this.timer || this.isSending || this.isWaiting || this.stop || this.isReader) return;
    // Pages that lost the same server must not all come back in the same moment.
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.push();
      },
      delay * (0.8 + 0.4 * Math.random()),
    );
  }

  /** Who was behind has just caught up: waiting would only let the others get ahead again. */
  again() {
    clearTimeout(this.timer);
    this.timer = null;
    this.plan(AGAIN_MS);
  }

  async push() {
    const waiting = sendableSteps(this.view.state);
    if (!waiting || this.isSending || this.stop || this.isReader) return;
    this.isSending = true;
    this.wasBehind = false;
    try {
      await this.send(waiting.version, batchOf(waiting.steps));
      this.wait = 0;
      this.isOffline = false;
    } catch (error) {
      this.failed(error);
    } finally {
      this.isSending = false;
    }
    if (this.wasBehind) this.again();
    else this.changed();
  }

  /** A retry after a lost reply is safe: the server hands our own steps back, and they count as sent. */
  async send(version, written) {
    const body = {version, clientId: this.clientId, steps: written};
    const {status, data} = await this.server.offer("text/steps", body, [409]);
    this.wasBehind = status === 409;
    if (this.wasBehind) return this.receive(data);
    return this.receive({from: version, steps: written, clientIds: written.map(() => this.clientId)});
  }

  /** Every batch passes here, by whatever way it came; its version makes it count once. */
  async receive({from, steps, clientIds, isMore}) {
    if (from > this.version) return this.pull();
    const known = this.version - from;
    if (known >= steps.length || this.stop) return undefined;
    const made = steps.slice(known).map(step => Step.fromJSON(schema, step));
    if (this.composing.isTouchedBy(made, this.unsentSteps, clientIds.slice(known), this.clientId)) {
      this.isWaiting = true;
      return undefined;
    }
    this.takeIn(made, clientIds.slice(known));
    if (clientIds.slice(known).includes(this.clientId)) this.acknowledged = this.version;
    this.tell.moved();
    this.report();
    // What happened during a long absence comes in several answers.
    return isMore ? this.pull() : undefined;
  }

  takeIn(steps, clientIds) {
    try {
      const others = clientIds.findIndex(client => client !== this.clientId);
      const before = waitingAfter(this.view.state, others < 0 ? clientIds.length : others);
      const standing = new Standing(this.view.state);
      const received = receive(this.view.state, steps, clientIds, this.clientId);
      this.timeline.add(steps.map(step => step.getMap()));
      this.view.dispatch(received.tr);
      this.makeGood(received, standing, lostOf(before, waitingAfter(this.view.state, 0)));
    } catch (error) {
      console.error(error);
      this.end({status: 0, sentence: _("Trang này không còn khớp với văn bản trên máy chủ. Bạn tải lại trang.")});
    }
  }

  /** What could not simply go on top of the others' changes: our deletions, our cursor, our words. */
  makeGood({tr, aside, isRefused}, standing, lost) {
    const {view} = this;
    if (aside.length && view.state.doc.eq(tr.doc)) {
      const {tr: rest} = view.state;
      const written = othersKey.getState(view.state) || [];
      const now = ({from, to}) => ({from: rest.mapping.map(from, 1), to: rest.mapping.map(to, -1)});
      for (const range of aside) deleteBut(rest, now(range), written.map(now));
      if (rest.docChanged) view.dispatch(rest);
    }
    if (aside.length || isRefused) this.tell.kept(isRefused);
    const back = view.state.tr;
    const words = putBack(back, lost, tr.mapping);
    standing.restore(back, tr.mapping);
    if (back.docChanged || back.selectionSet) view.dispatch(back);
    if (words.trim()) this.tell.lost(words);
    if (standing.isGoneFrom(view.state.doc)) this.tell.homeless();
  }

  async pull() {
    if (this.isPulling || this.stop) return;
    this.isPulling = true;
    try {
      const batch = await this.server.get(`text/steps?since=${this.version}`);
      this.isOffline = false;
      this.isPulling = false;
      if (batch.from <= this.version) await this.receive(batch);
      this.report();
    } catch (error) {
      this.failed(error);
    } finally {
      this.isPulling = false;
    }
  }

  failed(error) {
    if (error instanceof Refusal) return this.end(error);
    if (!(error instanceof Unreachable)) throw error;
    const longer = Math.min(LONGEST_WAIT_MS, (this.wait || FIRST_WAIT_MS / 2) * 2);
    this.wait = Math.max(error.wait, longer);
    this.isOffline = true;
    this.isBusy = Boolean(error.sentence);
    return this.report();
  }

  /** No more is sent or taken in; what was not sent stays on the page. */
  end({status, sentence}) {
    if (this.stop) return;
    this.stop = {status, sentence};
    clearTimeout(this.timer);
    this.report();
    this.tell.stopped(this.stop);
  }

  report() {
    const count = this.unsent;
    if (!count) this.settling.splice(0).forEach(resolve => resolve(true));
    if (this.stop) return this.tell.status("stopped", count);
    if (this.isOffline || this.wait) return this.tell.status(this.isBusy ? "busy" : "offline", count);
    return this.tell.status(count ? "saving" : "saved", count);
  }

  /** Wait until everything typed is with the server; false when that takes too long. */
  settled(patience = 6000) {
    if (!this.unsent) return Promise.resolve(true);
    this.hurry();
    return new Promise(resolve => {
      this.settling.push(resolve);
      setTimeout(() => resolve(!this.unsent), patience);
    });
  }
}
