/** Knows which words others have written since the page was opened, so that undoing never takes them away. */
import {Plugin, PluginKey} from "prosemirror-state";
import {placeOf} from "./places.js";
import {schema} from "./schema.js";

export const othersKey = new PluginKey("others");
const HISTORY = "history$";
// A long sitting: the oldest are forgotten, and what is undone is mostly new.
const MOST = 3000;

/** *tell* hears when words were kept that an undo would have taken. */
export function others(tell = () => {}) {
  return new Plugin({
    key: othersKey,
    state: {init: () => [], apply: (tr, ranges) => (tr.docChanged ? follow(tr, ranges) : ranges)},
    appendTransaction(transactions, before, after) {
      const [undone, ...rest] = transactions.filter(({docChanged}) => docChanged);
      if (!undone?.getMeta(HISTORY) || rest.length) return null;
      const lost = othersKey.getState(before).filter(range => isTaken(range, undone.mapping));
      const tr = bringBack(after.tr, lost, before.doc, undone.mapping);
      if (!tr.docChanged) return null;
      tell();
      return tr.setMeta("addToHistory", false);
    },
  });
}

function follow(tr, ranges) {
  const moved = ranges.map(range => mapped(range, tr.mapping)).filter(({from, to}) => from < to);
  return joined([...moved, ...(tr.getMeta(othersKey) || [])]).slice(-MOST);
}

const mapped = ({from, to}, mapping) => ({from: mapping.map(from, 1), to: mapping.map(to, -1)});

function isTaken(range, mapping) {
  const {from, to} = mapped(range, mapping);
  return from >= to;
}

/** Letters typed one after the other are one range. */
function joined(ranges) {
  const found = [];
  for (const range of ranges.sort((one, other) => one.from - other.from)) {
    const last = found[found.length - 1];
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else found.push({...range});
  }
  return found;
}

/** Put the words in *ranges* of *doc* back into *tr*: into their block, or into one like it. */
function bringBack(tr, ranges, doc, mapping) {
  for (const range of ranges) {
    doc.nodesBetween(range.from, range.to, (node, pos) => {
      if (!node.isTextblock) return true;
      const content = node.content.cut(Math.max(0, range.from - pos - 1), Math.max(0, range.to - pos - 1));
      if (content.size) putBack(tr, node, content, {start: mapping.map(pos), at: mapping.map(range.from)});
      return false;
    });
  }
  return tr;
}

function putBack(tr, block, content, {start, at}) {
  const here = placeOf(tr.doc, block.attrs.id);
  const place = pos => tr.mapping.map(pos);
  if (here === null) insertBlock(tr, block.copy(content), place(start));
  else {
    const inside = {from: here + 1, to: here + tr.doc.nodeAt(here).nodeSize - 1};
    tr.insert(Math.min(Math.max(place(at), inside.from), inside.to), content);
  }
}

/** At the border of a block nearest to *pos* that takes the node, else as a paragraph. */
function insertBlock(tr, node, pos) {
  const $pos = tr.doc.resolve(pos);
  const nodes = [node, schema.nodes.clause.create({id: node.attrs.id, level: "para"}, node.content)];
  for (const each of nodes) {
    for (let depth = $pos.depth; depth >= 0; depth--) {
      const index = $pos.indexAfter(depth);
      const border = depth === $pos.depth ? pos : $pos.after(depth + 1);
      if (!$pos.node(depth).canReplaceWith(index, index, each.type)) continue;
      tr.insert(border, each);
      return;
    }
  }
}
