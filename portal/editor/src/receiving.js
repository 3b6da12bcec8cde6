/**
 * Takes in what others did: our unsent steps go on top of theirs, and none of ours takes away words that
 * they wrote and that we had not seen.
 */
import {Slice} from "prosemirror-model";
import {TextSelection} from "prosemirror-state";
import {ReplaceStep} from "prosemirror-transform";
import {MoveStep} from "./moving.js";
import {othersKey} from "./others.js";

// Where prosemirror-collab keeps {version, unconfirmed: [{step, inverted, origin}]}.
const COLLAB = "collab$";

/**
 * Others' *steps* as a transaction, as receiveTransaction of prosemirror-collab makes it, but for our own
 * deletions of what others wrote: these are left out.
 *
 * Gives {tr, aside, isRefused}: *aside* are the ranges that we had deleted and that now hold words of
 * others ({from, to, kept}); *isRefused* when something else of ours, that would have taken words away,
 * was not done again.
 */
export function receive(state, steps, clientIds, clientId) {
  const {version, unconfirmed} = state[COLLAB];
  const others = clientIds.findIndex(client => client !== clientId);
  const known = others < 0 ? steps.length : others;
  const waiting = unconfirmed.slice(known);
  const over = steps.slice(known);
  const told = {version: version + steps.length, unconfirmed: waiting};
  if (!over.length) return {tr: state.tr.setMeta(COLLAB, told), aside: [], isRefused: false};
  const rebased = rebase(state, waiting, over);
  const {tr} = rebased;
  mapSelection(tr, state.selection);
  tr.setMeta("rebased", waiting.length).setMeta("addToHistory", false);
  tr.setMeta(othersKey, rebased.written).setMeta(COLLAB, {...told, unconfirmed: rebased.kept});
  return {tr, aside: rebased.aside, isRefused: rebased.isRefused};
}

/** What others type at the cursor goes behind it. */
function mapSelection(tr, selection) {
  if (!(selection instanceof TextSelection)) return;
  const [anchor, head] = [selection.anchor, selection.head].map(pos => tr.doc.resolve(tr.mapping.map(pos, -1)));
  tr.setSelection(TextSelection.between(anchor, head, -1));
  // Following the text is no move of the cursor by a person.
  tr.updated &= ~1;
}

/** Again from the start without the acts that clash, until none does. */
function rebase(state, waiting, over) {
  const refused = new Set();
  for (;;) {
    const attempt = attemptWithout(refused, state.tr, waiting, over);
    if (!attempt.clash) return {...attempt, isRefused: refused.size > 0};
    refused.add(attempt.clash);
  }
}

function attemptWithout(refused, tr, waiting, over) {
  for (const {inverted} of [...waiting].reverse()) tr.step(inverted);
  over.forEach(step => tr.step(step));
  const first = waiting.length;
  const written = () => writtenIn(tr, first, first + over.length);
  const kept = [];
  const aside = [];
  let mirror = waiting.length;
  for (const {step, origin} of waiting) {
    const mapped = step.map(tr.mapping.slice(mirror));
    mirror -= 1;
    if (!mapped || refused.has(origin)) continue;
    let taken = mapped;
    if (takesWords(mapped, tr.doc, written())) {
      if (!isPlain(origin)) return {clash: origin};
      taken = mapped.slice.size ? new ReplaceStep(mapped.to, mapped.to, mapped.slice) : null;
      aside.push({from: mapped.from, to: mapped.to, since: tr.steps.length});
    }
    if (!taken || tr.maybeStep(taken).failed) continue;
    tr.mapping.setMirror(mirror, tr.steps.length - 1);
    kept.push({step: taken, inverted: taken.invert(tr.docs[tr.docs.length - 1]), origin});
  }
  return {tr, kept, written: written(), aside: aside.map(range => atTheEnd(range, tr))};
}

function atTheEnd({from, to, since}, tr) {
  const rest = tr.mapping.slice(since);
  return {from: rest.map(from, 1), to: rest.map(to, -1)};
}

/** Where the words stand now that the steps from *first* to *end* of *tr* put in. */
function writtenIn(tr, first, end) {
  const found = [];
  for (let at = first; at < end; at++) {
    if (tr.steps[at] instanceof MoveStep) continue;
    const rest = tr.mapping.slice(at + 1);
    tr.mapping.maps[at].forEach((_from, _to, start, stop) => {
      const range = {from: rest.map(start, 1), to: rest.map(stop, -1)};
      if (start < stop && range.from < range.to) found.push(range);
    });
  }
  return found;
}

/** Whether *step* would delete any of the words *written*. */
function takesWords(step, doc, written) {
  if (step instanceof MoveStep) return false;
  let isTaking = false;
  step.getMap().forEach((start, end) => {
    isTaking ||= written.some(({from, to}) => hasWords(doc, Math.max(from, start), Math.min(to, end)));
  });
  return isTaking;
}

export function hasWords(doc, from, to) {
  return from < to && doc.textBetween(from, to, "", "\ufffc").length > 0;
}

/** Whether an act deletes, or types over, nothing but text and whole blocks: then parts of it can be done. */
function isPlain({steps, docs}) {
  return steps.every((step, index) => {
    if (!(step instanceof ReplaceStep)) return false;
    const {openStart, openEnd, content} = step.slice;
    const isInline = !content.firstChild || content.firstChild.isInline;
    return isInline && !openStart && !openEnd && !docs[index].resolve(step.from).parent.type.spec.tableRole;
  });
}

/** Delete [from, to) of *tr*'s text but for the ranges *kept*; blocks that hold one of them stay. */
export function deleteBut(tr, {from, to}, kept) {
  if (from >= to) return tr;
  const cuts = [];
  const holds = (start, end) => kept.some(range => hasWords(tr.doc, Math.max(range.from, start), Math.min(range.to, end)));
  tr.doc.nodesBetween(from, to, (node, pos) => {
    const end = pos + node.nodeSize;
    if (from <= pos && end <= to && !holds(pos, end)) cuts.push([pos, end]);
    else if (node.isTextblock) cuts.push(...between(Math.max(from, pos + 1), Math.min(to, end - 1), kept));
    // Of a table nothing goes: it would be left with holes.
    else return !node.type.spec.tableRole;
    return false;
  });
  for (const [start, end] of cuts.reverse()) if (start < end) tr.maybeStep(new ReplaceStep(start, end, Slice.empty));
  return tr;
}

/** The pieces of [from, to) that are not *kept*. */
function between(from, to, kept) {
  const pieces = [];
  let at = from;
  for (const range of [...kept].sort((one, other) => one.from - other.from)) {
    if (range.to <= at || range.from >= to) continue;
    pieces.push([at, range.from]);
    at = range.to;
  }
  return [...pieces, [at, to]];
}
