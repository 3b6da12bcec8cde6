/** Lets a text that cannot be edited be selected from the keyboard: block by block, then word by word. */
import {Plugin, TextSelection} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";

const WORD_FORWARD = /^\s*\S+/u;
const WORD_BACKWARD = /\S+\s*$/u;

/** *told(text)* hears what is selected, for those who do not see it. */
export function readingKeys(told) {
  return new Plugin({
    props: {
      attributes: {tabindex: "0", "aria-readonly": "true"},
      handleDOMEvents: {keydown: (view, event) => pressed(view, event, told)},
      decorations({doc, selection}) {
        if (selection.empty) return null;
        return DecorationSet.create(doc, [
          Decoration.inline(selection.from, selection.to, {class: "reading-selection"}),
        ]);
      },
    },
  });
}

function pressed(view, event, told) {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const isUpright = event.key === "ArrowDown" || event.key === "ArrowUp";
  const isSideways = event.shiftKey && (event.key === "ArrowRight" || event.key === "ArrowLeft");
  if (!isUpright && !isSideways) return false;
  const {state} = view;
  const selection = isUpright
    ? blockBeside(state, event.key === "ArrowDown" ? 1 : -1)
    : wordMoreOrLess(state, event.key === "ArrowRight");
  event.preventDefault();
  if (!selection) return true;
  view.dispatch(state.tr.setSelection(selection).scrollIntoView());
  told(state.doc.textBetween(selection.from, selection.to, "\n", "\n"));
  return true;
}

function blockBeside({doc, selection}, step) {
  const blocks = [];
  doc.descendants((node, pos) => {
    if (node.isTextblock && node.content.size) blocks.push({from: pos + 1, to: pos + 1 + node.content.size});
    return !node.isTextblock;
  });
  const at = blocks.findIndex(({to}) => to >= selection.from);
  const isWhole = at >= 0 && !selection.empty;
  const next = blocks[isWhole ? at + step : Math.max(0, at)];
  return next ? TextSelection.create(doc, next.from, next.to) : null;
}

function wordMoreOrLess({doc, selection}, isMore) {
  const {$from, $to} = selection;
  if (selection.empty || !$to.parent.isTextblock) return null;
  const block = $to.parent;
  const at = $to.parentOffset;
  const found = isMore
    ? WORD_FORWARD.exec(block.textBetween(at, block.content.size, " ", " "))
    : WORD_BACKWARD.exec(block.textBetween(0, at, " ", " "));
  if (!found) return null;
  const end = $to.pos + (isMore ? found[0].length : -found[0].length);
  return end > $from.pos ? TextSelection.create(doc, $from.pos, end) : null;
}
