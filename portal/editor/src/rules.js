/** Turns a typed number at the start of a plain paragraph, or alone in a clause, into its level: “I. ”, “1. ”, “1.1 ”, “a) ”, “- ”, “+ ”. */
import {InputRule, inputRules, undoInputRule} from "prosemirror-inputrules";
import {schema} from "./schema.js";
import {blockAround} from "./places.js";
import {roman} from "./numbering.js";

const FIGURES = new Set(Array.from({length: 200}, (_none, at) => roman(at + 1)));
// One of A., B., C., D., and never the fiftieth or hundredth part.
const LETTERS = new Set(["C", "D", "L", "M"]);

function rule(pattern, level, isMeant = () => true) {
  return new InputRule(pattern, (state, match, start, end) => {
    const block = blockAround(state.doc.resolve(start));
    if (!block || block.node.type !== schema.nodes.clause) return null;
    // After Enter a new clause has its neighbour's level; who types another number there means that one.
    const isBare = block.node.content.size === end - start;
    if (block.node.attrs.level !== "para" && !isBare) return null;
    if (!isMeant(match[1]) || (block.inCell && level !== "dash" && level !== "plus")) return null;
    return state.tr.delete(start, end).setNodeAttribute(block.before, "level", level);
  });
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
