/** Puts pasted blocks into the text, as what may stand where the cursor is. */
import {Fragment, Slice} from "prosemirror-model";
import {TextSelection} from "prosemirror-state";
import {newId} from "../ids.js";
import {clean} from "../normal.js";
import {blockAround, orderOf} from "../places.js";
import {schema} from "../schema.js";
import {MAX_PIECES} from "./bounds.js";
import {BREAK} from "./collector.js";
import {contentStart, groups, regionEnd} from "./heads.js";
import {flat} from "./html.js";

const {title, basis, clause, table, table_row, table_cell, table_header, hard_break, recipient} = schema.nodes;
const CELL_LEVELS = new Set(["para", "dash", "plus"]);
// The limit of workflows/domain/content/checks.py; a longer run of words is cut at a space.
const MAX_BLOCK = 20000;
const MAX_PURPOSE = 200;

function inline(runs) {
  return Fragment.from(runs.map(run => (run === BREAK ? hard_break.create() : words(run))));
}

function words({text, strong, em}) {
  const marks = [strong && schema.marks.strong.create(), em && schema.marks.em.create()].filter(Boolean);
  return schema.text(text, marks);
}

const plainOf = block => block.runs.map(run => (run === BREAK ? " " : run.text)).join("");
const withTyped = block => (block.typed
  ? [{text: `${block.typed} `, strong: false, em: false}, ...block.runs]
  : block.runs);

/** Cut a block that is longer than one may be. */
function* cut(block) {
  let length = 0;
  let runs = [];
  for (let run of block.runs) {
    while (run !== BREAK && length + run.text.length > MAX_BLOCK) {
      const room = MAX_BLOCK - length;
      const space = run.text.lastIndexOf(" ", room);
      const at = space > 0 ? space : runs.length ? 0 : room;
      if (at) runs.push({...run, text: run.text.slice(0, at)});
      yield {...block, runs};
      run = {...run, text: run.text.slice(at).trimStart()};
      [runs, length] = [[], 0];
    }
    if (runs.length === MAX_PIECES) {
      yield {...block, runs};
      [runs, length] = [[], 0];
    }
    runs.push(run);
    length += run === BREAK ? 1 : run.text.length;
  }
  if (runs.length) yield {...block, runs: runs.filter(run => run === BREAK || run.text)};
}

/** Only what this editor itself wrote bears a name, and it keeps it unless somebody has it already. */
function named(taken, id) {
  const isFree = /^[a-z0-9]{10,40}$/.test(id || "") && !taken.has(id);
  const own = isFree ? id : newId();
  taken.add(own);
  return own;
}

/** In a cell numbers are just words, for no place of the plan is cited by them. */
function cellClauses(blocks, taken) {
  const clauses = blocks.flatMap(block => [...cut(block)]).map(block => {
    const isLevel = CELL_LEVELS.has(block.level);
    const runs = isLevel ? block.runs : withTyped(block);
    return clause.create({id: named(taken, block.id), level: isLevel ? block.level : "para"}, inline(runs));
  });
  return clauses.length ? clauses : [clause.create({id: newId()})];
}

function tableOf({rows}, taken) {
  return table.create({id: newId()}, rows.map(row => table_row.create(null, row.map(cell => {
    const type = cell.isHeader ? table_header : table_cell;
    return type.create({colspan: cell.colspan, rowspan: cell.rowspan}, cellClauses(cell.blocks, taken));
  }))));
}

/** The table that *blocks* are, where they are nothing else; of the cursor's table they fill the cells. */
export function onlyTable(doc, blocks) {
  return blocks.length === 1 && blocks[0].kind === "table" ? tableOf(blocks[0], idsOf(doc)) : null;
}

const flattened = blocks => blocks.flatMap(block => (block.kind === "table" ? flat(block.rows) : [block]));

/** The nodes that *blocks* become beside the block of the cursor. */
function nodesFor(blocks, {node, inCell}, taken) {
  const {type} = node;
  if (type === clause && inCell) return cellClauses(flattened(blocks), taken);
  if (type === clause) {
    return blocks.flatMap(block => (block.kind === "table" ? [tableOf(block, taken)] : [...cut(block)].map(each =>
      clause.create({id: named(taken, each.id), level: each.level || "para"}, inline(each.runs)))));
  }
  const pieces = flattened(blocks).flatMap(block => [...cut(block)]);
  if (type === recipient) return pieces.map(block => recipientOf(block, taken));
  return pieces.map(block => {
    const runs = withTyped({...block, typed: block.level === "dash" ? "" : block.typed});
    return type.create({id: named(taken, block.id)}, inline(type === basis ? upright(runs) : runs));
  });
}

// As workflows/domain/content/schema.py has it: one off the pattern would be refused with all that is pasted.
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The link of a line that was copied from an editor of ours; any page may claim to be one. */
function linkOf({target, purpose}) {
  const told = clean(purpose || "").trim().slice(0, MAX_PURPOSE);
  return {target: CODE.test(target || "") ? target : null, purpose: told || null};
}

/** A căn cứ is printed in italics: where all of it came so, none of it stands out. */
const upright = runs => (runs.every(run => run === BREAK || run.em) ? runs.map(run => run && {...run, em: false}) : runs);

function recipientOf(block, taken) {
  const name = plainOf(block).replace(/[;.]\s*$/, "");
  const attrs = block.kind === "recipient" ? linkOf(block) : {};
  return recipient.create({id: named(taken, block.id), ...attrs}, name ? schema.text(name) : null);
}

function idsOf(doc) {
  const taken = new Set();
  doc.descendants(node => {
    if (node.attrs.id) taken.add(node.attrs.id);
    return !node.isTextblock;
  });
  return taken;
}

/** A title has one line: all words in one. */
function pasteLine(tr, blocks) {
  const text = flattened(blocks).map(block => plainOf({runs: withTyped(block)})).join(" ");
  return text ? tr.insertText(text) : tr;
}

/** Words that go into the middle of a block: a number typed before them is just words there. */
function pasteInline(tr, block) {
  const node = tr.selection.$from.parent;
  if (!node.type.contentMatch.matchType(hard_break)) return tr.insertText(plainOf({runs: withTyped(block)}));
  const {pos} = tr.selection.$from;
  const content = inline(block.isOwn ? block.runs : withTyped(block));
  tr.replaceWith(pos, pos, content);
  return tr.setSelection(TextSelection.create(tr.doc, pos + content.size));
}

function endOf(tr, pos) {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(pos, tr.doc.content.size)), -1));
}

function pasteBlocks(tr, block, blocks) {
  const {pos, parentOffset} = tr.selection.$from;
  const nodes = nodesFor(blocks, block, idsOf(tr.doc));
  const size = nodes.reduce((sum, node) => sum + node.nodeSize, 0);
  if (block.node.content.size === 0) {
    return endOf(tr.replaceWith(block.before, block.after, nodes), block.before + size);
  }
  if (parentOffset === 0) return endOf(tr.insert(block.before, nodes), block.before + size);
  if (parentOffset === block.node.content.size) {
    if (joins(blocks[0], nodes[0])) return pasteAfter(tr, nodes, pos);
    return endOf(tr.insert(block.after, nodes), block.after + size);
  }
  return pasteWithin(tr, block, blocks, nodes, pos);
}

/** Whether the first pasted block goes on in the block of the cursor. */
function joins(first, node) {
  return node.isTextblock && (first.isPartial || (first.level || "para") === "para") && !first.typed;
}

/** Words go on in the cursor's block, the other blocks follow it. */
function pasteAfter(tr, nodes, pos) {
  const [first, ...others] = nodes;
  tr.replaceWith(pos, pos, first.content);
  const end = pos + first.content.size;
  if (!others.length) return tr.setSelection(TextSelection.create(tr.doc, end));
  tr.insert(end + 1, others);
  return endOf(tr, end + 1 + others.reduce((sum, node) => sum + node.nodeSize, 0));
}

/** Cut the cursor's block in two and put the new ones between; the ends join where they are words. */
function pasteWithin(tr, block, blocks, nodes, pos) {
  const {node} = block;
  const head = joins(blocks[0], nodes[0]) ? [] : [node.type.create(node.attrs)];
  const isTailJoined = nodes[nodes.length - 1].isTextblock && head.length + nodes.length > 1;
  const tail = isTailJoined ? [] : [node.type.create({id: newId()})];
  tr.replace(pos, pos, new Slice(Fragment.from([...head, ...nodes, ...tail]), 1, 1));
  const end = tr.mapping.map(pos, 1);
  return tr.setSelection(TextSelection.create(tr.doc, end));
}

/** Put *blocks* where the cursor of *tr* is; its selection must be empty. */
export function paste(tr, blocks) {
  const block = blockAround(tr.selection.$from);
  if (!block || !blocks.length) return tr;
  const sorted = groups(tr.doc, block, blocks);
  if (sorted) return pasteSorted(tr, block, sorted);
  const isLine = orderOf(block.node.type) === undefined && block.node.type !== recipient;
  if (isLine) return pasteLine(tr, blocks);
  const [only] = blocks;
  const isWords = blocks.length === 1 && only.kind !== "table";
  const isCurrentEmpty = block.node.content.size === 0;
  if (isWords && (!isCurrentEmpty || only.isPartial || only.level === "para")) {
    const isShort = plainOf(only).length <= MAX_BLOCK && only.runs.length <= MAX_PIECES;
    const isNewItem = only.typed && tr.selection.$from.parentOffset === block.node.content.size;
    if (isShort && !isNewItem) return pasteInline(tr, only);
  }
  return pasteBlocks(tr, block, blocks);
}

/** A document's căn cứ and mở đầu go where they belong, what is of the cursor's kind goes to the cursor. */
function pasteSorted(tr, block, sorted) {
  const {type} = block.node;
  const own = (type !== title && sorted.get(type)) || [];
  if (own.length) pasteBlocks(tr, block, own);
  for (const [kind, blocks] of sorted) {
    if (blocks === own || !blocks.length) continue;
    if (kind === title) {
      tr.insertText(blocks.map(plainOf).join(" "), 1);
      continue;
    }
    const nodes = nodesFor(blocks, {node: {type: kind}, inCell: false}, idsOf(tr.doc));
    if (kind !== clause) tr.insert(regionEnd(tr.doc, kind), nodes);
    else {
      const start = contentStart(tr.doc);
      const next = tr.doc.nodeAt(start);
      const isBlank = next.type === clause && next.content.size === 0;
      tr.replaceWith(start, isBlank ? start + next.nodeSize : start, nodes);
      endOf(tr, start + nodes.reduce((sum, node) => sum + node.nodeSize, 0));
    }
  }
  return tr;
}

