/** Words begun and not sent, kept in this browser per person and plan, until they are sent or given up. */
import {newId} from "../ids.js";

const PREFIX = "trinh-ky:unsent-words";

export class Unfinished {
  /** *plan* and *person* name whose words these are; *changed()* hears that another page has kept or sent some. */
  constructor({plan, person, changed = () => {}, storage = localStorage}) {
    Object.assign(this, {storage, prefix: [PREFIX, plan, person, ""].join(":"), own: new Map(), ending: new Set()});
    globalThis.window?.addEventListener("storage", ({key}) => key?.startsWith(this.prefix) && changed());
  }

  /** Keep the words of one form that is open now; *what* says of which. *kept* is one that goes on. */
  begin(what, kept = null) {
    const id = kept?.id || newId();
    // Held as long as the form is open: by it other pages know that nobody has lost these words.
    const hold = {};
    const ended = new Promise(resolve => Object.assign(hold, {end: resolve}));
    hold.released = navigator.locks?.request(this.prefix + id, {ifAvailable: true}, () => ended);
    this.own.set(id, hold);
    return new Keeper(this, id, what, kept);
  }

  end(id) {
    const hold = this.own.get(id);
    if (!hold) return;
    this.own.delete(id);
    this.ending.add(hold.released);
    hold.end();
    hold.released?.finally(() => this.ending.delete(hold.released));
  }

  /** What no open form holds: [{id, what, words, key, at}], the oldest first. */
  async left() {
    await Promise.all(this.ending);
    const held = new Set((await navigator.locks?.query())?.held?.map(lock => lock.name) || []);
    return Object.keys(this.storage)
      .filter(key => key.startsWith(this.prefix) && !held.has(key))
      .map(key => ({id: key.slice(this.prefix.length), ...read(this.storage.getItem(key))}))
      .filter(({id, what, words}) => what && words && !this.own.has(id))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  drop(id) {
    this.storage.removeItem(this.prefix + id);
  }
}

class Keeper {
  constructor(unfinished, id, what, kept) {
    Object.assign(this, {unfinished, id, what, words: kept?.words, key: kept?.key});
  }

  /** Call at every letter: these are few, and a page may end at any moment. */
  keep(words) {
    if (JSON.stringify(words) === JSON.stringify(this.words)) return;
    this.words = words;
    // Other words than those that may have been sent: another remark.
    this.key = null;
    this.write();
  }

  /** The name under which these very words are sent: sent twice, they are said once. */
  sendAs() {
    this.key ||= newId();
    this.write();
    return this.key;
  }

  write() {
    const {unfinished, id, what, words, key} = this;
    if (!words?.text?.trim()) {
      unfinished.drop(id);
      return;
    }
    try {
      const kept = {what, words, key, at: new Date().toISOString()};
      unfinished.storage.setItem(unfinished.prefix + id, JSON.stringify(kept));
    } catch (error) {
      // A full or forbidden store: the words are still on the page.
      console.warn(error);
    }
  }

  /** The form is gone; the words stay for another time. */
  close() {
    this.unfinished.end(this.id);
  }

  /** The words have arrived. */
  done() {
    this.unfinished.drop(this.id);
    this.close();
  }
}

function read(written) {
  try {
    return JSON.parse(written) || {};
  } catch {
    return {};
  }
}
