/** Finds the head of a pasted document: căn cứ and mở đầu, which have places of their own in a plan. */
import {orderOf} from "../places.js";
import {schema} from "../schema.js";

const {basis, opening, clause} = schema.nodes;
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

/**
 * The blocks by the kind that they become, or null where all become what the cursor's block is.
 *
 * Only a paste that has căn cứ at its head, at the front of a plan, or one of parts and mục into căn cứ
 * or mở đầu, is a document; all else is taken as it comes.
 */
export function groups(doc, block, blocks) {
  const {type} = block.node;
  const isAmongClauses = type === clause;
  if (block.container !== doc || ![basis, opening, clause].includes(type)) return null;
  const numbered = blocks.findIndex(each => !isPlain(each));
  const head = numbered < 0 ? blocks : blocks.slice(0, numbered);
  const rest = numbered < 0 ? [] : blocks.slice(numbered);
  const bases = basesOf(head);
  if (isAmongClauses && (!bases || blocks.length < 2 || !isInFront(doc, block))) return null;
  if (!isAmongClauses && !rest.some(each => each.level === "part" || each.level === "sec")) return null;
  if (!bases) return new Map([[type, head], [clause, rest]]);
  const [first, end] = bases;
  return new Map([
    [basis, head.slice(first, end)],
    [opening, head.slice(end)],
    [clause, [...head.slice(0, first), ...rest]],
  ]);
}

/** The position after the last block of this kind, or where its first one belongs. */
export function regionEnd(doc, kind) {
  let end = 0;
  doc.forEach((node, pos) => {
    const order = orderOf(node.type);
    if (node.type === schema.nodes.title || (order !== undefined && order <= orderOf(kind))) end = pos + node.nodeSize;
  });
  return end;
}

/** The position at which the content begins. */
export const contentStart = doc => regionEnd(doc, opening);
