/** Stable names of blocks: whoever makes a block names it, once, and no two blocks share a name. */
import {Plugin, PluginKey} from "prosemirror-state";
import {sendableSteps} from "prosemirror-collab";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 12;

/** A new name: 12 signs of [a-z0-9], about 62 bits. */
export function newId() {
  let id = "";
  while (id.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH))) {
      // 252 is the greatest multiple of 36 in a byte: above it, some letters would be likelier.
      if (byte < 252 && id.length < LENGTH) id += LETTERS[byte % 36];
    }
  }
  return id;
}

/** The name of one open page: the server takes it only from the person whose number it begins with. */
export const pageName = personId => `${personId}p${newId()}`;

const hasId = node => "id" in (node.type.spec.attrs || {});

/** Call *visit*(node, pos) for every block that bears a name. */
export function eachNamed(doc, visit) {
  doc.descendants((node, pos) => {
    if (hasId(node)) visit(node, pos);
    return !node.isTextblock;
  });
}

/** The ranges of the present document that our unconfirmed steps have put there. */
function unconfirmed(state) {
  const hasCollab = state.plugins.some(each => each.key === "collab$");
  const own = hasCollab ? sendableSteps(state) : null;
  if (!own) return [];
  const maps = own.steps.map(step => step.getMap());
  const ranges = [];
  maps.forEach((map, at) => map.forEach((_from, _to, start, end) => {
    const after = maps.slice(at + 1);
    const mapped = (pos, side) => after.reduce((place, each) => each.map(place, side), pos);
    ranges.push([mapped(start, 1), mapped(end, -1)]);
  }));
  return ranges;
}

/** The places whose name is missing or taken; of two with one name, *isOurs* says which must yield. */
function misnamed(doc, isOurs) {
  const holders = new Map();
  const found = [];
  eachNamed(doc, (node, pos) => {
    const {id} = node.attrs;
    if (!id) found.push(pos);
    else if (!holders.has(id)) holders.set(id, pos);
    else if (isOurs(pos) || !isOurs(holders.get(id))) found.push(pos);
    else {
      found.push(holders.get(id));
      holders.set(id, pos);
    }
  });
  return found;
}

export const blockIdsKey = new PluginKey("blockIds");

/**
 * Names new blocks, on this side's own changes only: else two readers would name one block twice.
 *
 * When others' steps arrive while ours are under way, both sides may have brought back the same
 * block; ours then takes a new name, before the server has to refuse it.
 */
export function blockIds() {
  return new Plugin({
    key: blockIdsKey,
    appendTransaction(transactions, _old, state) {
      const changes = transactions.filter(each => each.docChanged);
      if (!changes.length) return null;
      let isOurs = () => true;
      if (changes.every(each => each.getMeta("collab$"))) {
        const ranges = unconfirmed(state);
        if (!ranges.length) return null;
        isOurs = pos => ranges.some(([start, end]) => start <= pos && pos < end);
      }
      const tr = state.tr;
      for (const pos of misnamed(state.doc, isOurs)) {
        if (isOurs(pos)) tr.setNodeAttribute(pos, "id", newId());
      }
      return tr.docChanged ? tr.setMeta("addToHistory", false) : null;
    },
  });
}
