/** Finds the head of a pasted document: căn cứ and mở đầu, which have places of their own in a plan. */
import {orderOf} from "../places.js";
import {schema} from "../schema.js";

const {title, basis, opening, clause, closing, recipient} = schema.nodes;
// The name of the kind of document, which a plan bears anyhow.
const NAME = /^kế hoạch$/i;
const MAX_TITLE = 500;
const BASIS = /^căn cứ[\s:]/i;

const textOf = block => (block.runs || []).map(run => (run ? run.text : " ")).join("");
const isBasis = block => block.kind === "basis" || (block.kind === "clause" && BASIS.test(textOf(block)));
const isPlain = block => block.kind === "basis" || block.kind === "opening" || (block.kind === "clause" && block.level === "para");

/** Whether nothing but what comes before the content stands before the block. */
function isInFront(doc, {index}) {
  for (let at = 0; at < index; at++) {
    if (orderOf(doc.child(at).type) === 2 && doc.child(at).content.size) return false;
  }
  return true;
}

/** Where in *head* the căn cứ begin and end: a line that ends with a semicolon goes with those above it. */
function basesOf(head) {
  const first = head.findIndex(isBasis);
  if (first < 0) return null;
  let end = head.length - [...head].reverse().findIndex(isBasis);
  while (end < head.length && /;\s*$/.test(textOf(head[end])) && head[end].kind !== "opening") end++;
  return [first, end];
}

/** What was copied from a plan of ours, by the kinds that it had there; null where it is no whole plan. */
function groupsOfPlan(doc, blocks) {
  if (!blocks.some(each => each.isOwn && (each.kind === "title" || each.kind === "basis"))) return null;
  const hasTitle = doc.firstChild.content.size > 0;
  const found = new Map([title, basis, opening, clause, closing, recipient].map(type => [type, []]));
  for (const block of blocks) {
    const type = schema.nodes[block.kind];
    found.get(found.has(type) && !(type === title && hasTitle) ? type : clause).push(block);
  }
  return found;
}

/** Take the trích yếu out of what stands before the căn cứ: the lines below “KẾ HOẠCH”, or the only line. */
function titleOf(front) {
  const name = front.findIndex(each => NAME.test(textOf(each).trim()));
  const lines = name < 0 ? front : front.slice(name + 1);
  const isSure = name >= 0 ? lines.length > 0 : lines.length === 1;
  const length = lines.reduce((sum, each) => sum + textOf(each).length + 1, 0);
  return isSure && length <= MAX_TITLE ? {lines, others: front.slice(0, name + 1)} : {lines: [], others: front};
}

/** What a foreign document is made of, or null where it has no căn cứ at its head and no parts below. */
function groupsOfDocument(doc, blocks) {
  const numbered = blocks.findIndex(each => !isPlain(each));
  const head = numbered < 0 ? blocks : blocks.slice(0, numbered);
  const rest = numbered < 0 ? [] : blocks.slice(numbered);
  const bases = basesOf(head);
  if (!bases && !rest.some(each => each.level === "part" || each.level === "sec")) return null;
  const [first, end] = bases || [head.length, head.length];
  const {lines, others} = doc.firstChild.content.size ? {lines: [], others: head.slice(0, first)} : titleOf(head.slice(0, first));
  return new Map([
    [title, lines],
    [basis, head.slice(first, end)],
    [opening, head.slice(end)],
    [clause, [...others, ...rest]],
  ]);
}

/**
 * The blocks by the kind that they become, or null where all become what the cursor's block is.
 *
 * Only a paste at the front of a plan that has căn cứ at its head, or one of parts and mục into căn cứ,
 * mở đầu or the empty trích yếu, is a document; all else is taken as it comes.
 */
export function groups(doc, block, blocks) {
  const {type} = block.node;
  if (block.container !== doc || blocks.length < 2) return null;
  if (type === title) return block.node.content.size ? null : groupsOfPlan(doc, blocks) || groupsOfDocument(doc, blocks);
  if (type === clause) {
    if (!isInFront(doc, block)) return null;
    return groupsOfPlan(doc, blocks) || (blocks.some(isBasis) ? groupsOfDocument(doc, blocks) : null);
  }
  if (type !== basis && type !== opening) return null;
  const sorted = groupsOfDocument(doc, blocks);
  if (!sorted || sorted.get(basis).length || !sorted.get(clause).length) return sorted;
  // Without any căn cứ among them, what stands before the first part is what the cursor's block is.
  const from = blocks.findIndex(each => !isPlain(each));
  return new Map([[type, blocks.slice(0, from)], [clause, blocks.slice(from)]]);
}

/** The position after the last block of this kind, or where its first one belongs. */
export function regionEnd(doc, kind) {
  let end = 0;
  doc.forEach((node, pos) => {
    if (kind === recipient) {
      if (node.type === schema.nodes.recipients) end = pos + node.nodeSize - 1;
      return;
    }
    const order = orderOf(node.type);
    if (node.type === schema.nodes.title || (order !== undefined && order <= orderOf(kind))) end = pos + node.nodeSize;
  });
  return end;
}

/** The position at which the content begins. */
export const contentStart = doc => regionEnd(doc, opening);
