/** Turns a typed number at the start of a paragraph, or alone in a clause, into its level: “I. ”, “1. ”, “1.1 ”, “a) ”, “- ”, “+ ”. */
import {InputRule, inputRules, undoInputRule} from "prosemirror-inputrules";
import {schema} from "./schema.js";
import {mayTurn} from "./levels.js";
import {blockAround} from "./places.js";
import {roman} from "./numbering.js";

const {clause} = schema.nodes;
const FIGURES = new Set(Array.from({length: 200}, (_none, at) => roman(at + 1)));
// One of A., B., C., D., and never the fiftieth or hundredth part.
const LETTERS = new Set(["C", "D", "L", "M"]);

function rule(pattern, level, isMeant = () => true) {
  return new InputRule(pattern, (state, match, start, end) => {
    const block = blockAround(state.doc.resolve(start));
    if (!block || !mayBegin(block, end - start)) return null;
    if (!isMeant(match[1]) || (block.inCell && level !== "dash" && level !== "plus")) return null;
    const tr = state.tr.delete(start, end);
    if (block.node.type === clause) return tr.setNodeAttribute(block.before, "level", level);
    return tr.setNodeMarkup(block.before, clause, {id: block.node.attrs.id, level});
  });
}

/** Whether a number of *size* signs, typed at the start of the block, begins a clause. */
function mayBegin(block, size) {
  // The content of a plan begins where somebody types its first number, whatever stood there so far.
  if (block.node.type !== clause) return mayTurn(block, clause);
  // After Enter a new clause has its neighbour's level; who types another number there means that one.
  return block.node.attrs.level === "para" || block.node.content.size === size;
}

export const rules = () => inputRules({
  rules: [
    rule(/^([IVXLC]{1,8})\.\s$/, "part", figure => FIGURES.has(figure) && !LETTERS.has(figure)),
    rule(/^(\d{1,3})\.\s$/, "sec"),
    rule(/^(\d{1,3}\.\d{1,3})\.?\s$/, "sub"),
    rule(/^([a-zđ])\)\s$/, "pt"),
    rule(/^([-–•])\s$/, "dash"),
    rule(/^(\+)\s$/, "plus"),
  ],
});

/**
 * Right after a sign became a level: put the typed sign back.
 *
 * It joins the rule's own event of the history, so that the next undo does not bring the level back.
 */
export const takeBack = (state, dispatch) =>
  undoInputRule(state, dispatch && (tr => dispatch(tr.setMeta("appendedTransaction", tr))));
