/** Keeps what was typed and not yet sent in this browser, so that a crash or a closed page loses nothing. */
import {Mapping, Step} from "prosemirror-transform";

const prefixOf = (kind, ...names) => [`trinh-ky:${kind}`, ...names].join(":");
const PACE_MS = 200;

/** The blocks that *steps* touched, as they read now: what a person would copy. */
export function touchedText(doc, steps) {
  const maps = steps.map(step => step.getMap());
  const found = new Map();
  maps.forEach((map, index) => {
    const rest = new Mapping(maps.slice(index + 1));
    map.forEach((_from, _to, start, end) => {
      const [from, to] = [rest.map(start, -1), rest.map(end, 1)];
      doc.nodesBetween(Math.max(0, from), Math.min(doc.content.size, to), (node, pos) => {
        if (node.isTextblock) found.set(pos, node.textBetween(0, node.content.size, "\n", "\n"));
      });
    });
  });
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join("\n");
}

/**
 * One page's stash of one plan and person; *name* is different in every page that is open. *kind* is
 * "unsent" for what goes into the text, "proposal" for a copy in which a proposal is written.
 */
export class Stash {
  constructor({planId, personId, name, kind = "unsent", storage = localStorage}) {
    this.key = prefixOf(kind, planId, personId, name);
    this.storage = storage;
    this.isEmpty = true;
    // Held as long as this page lives: by it others know that the stash is not a dead page's.
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  /** Call after every change; *take()* gives what is to be kept, or null when all is sent. */
  changed(take) {
    this.take = take;
    if (this.timer) return;
    this.timer = setTimeout(() => this.write(), PACE_MS);
  }

  write() {
    clearTimeout(this.timer);
    this.timer = null;
    const kept = this.take?.();
    if (!kept && this.isEmpty) return;
    this.isEmpty = !kept;
    try {
      if (kept) this.storage.setItem(this.key, JSON.stringify({...kept, at: new Date().toISOString()}));
      else this.storage.removeItem(this.key);
      this.isFailing = false;
    } catch (error) {
      // A full or forbidden store: the text is still on the page, and the page is held until it is sent.
      this.isFailing = true;
      console.warn(error);
    }
  }
}

/** What pages that are no longer open left behind: [{key, base, steps, clientId, text, isRefused, at}]. */
export async function leftBehind({planId, personId, own = null, kind = "unsent", storage = localStorage}) {
  const prefix = prefixOf(kind, planId, personId, "");
  const found = Object.keys(storage).filter(key => key.startsWith(prefix) && key !== own);
  const held = new Set((await navigator.locks?.query())?.held?.map(lock => lock.name) || []);
  return found
    .filter(key => !held.has(key))
    .map(key => ({key, ...read(storage.getItem(key))}))
    .filter(kept => Array.isArray(kept.steps))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

function read(written) {
  try {
    return JSON.parse(written);
  } catch {
    return {};
  }
}

/**
 * Carry stashed steps over *batch*, the log since their base, and put them into *tr*, whose text is at
 * the batch's end. Returns how many could not be carried over. Leading steps of the same page in the
 * batch had reached the server: only their reply was lost.
 */
export function replay(tr, kept, batch) {
  const schema = tr.doc.type.schema;
  const arrived = batch.clientIds.findIndex(client => client !== kept.clientId);
  const known = Math.min(arrived < 0 ? batch.clientIds.length : arrived, kept.steps.length);
  const steps = kept.steps.slice(known).map(step => Step.fromJSON(schema, step));
  const over = batch.steps.slice(known).map(step => Step.fromJSON(schema, step).getMap());
  const mapping = new Mapping([...steps.map(step => step.getMap().invert()).reverse(), ...over]);
  let lost = 0;
  steps.forEach((step, index) => {
    const undone = steps.length - index;
    const moved = step.map(mapping.slice(undone));
    if (!moved || tr.maybeStep(moved).failed) lost += 1;
    else mapping.appendMap(moved.getMap(), undone - 1);
  });
  return lost;
}
