/** Lets a text that cannot be edited be selected from the keyboard, by blocks and by words, across blocks too. */
import {Plugin, TextSelection} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {_} from "./words.js";

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

/** Arrows choose the block or the word beside; with Shift they move the end of what is chosen. */
const MOVES = {
  ArrowDown: state => blockBeside(state, 1),
  ArrowUp: state => blockBeside(state, -1),
  ArrowRight: state => wordBeside(state, 1),
  ArrowLeft: state => wordBeside(state, -1),
};
const EXTENSIONS = {
  ArrowDown: state => headTo(state, endsOf(blocksOf(state.doc), state, 1)),
  ArrowUp: state => headTo(state, endsOf(blocksOf(state.doc), state, -1)),
  ArrowRight: state => headTo(state, endsOf(wordsOf(state.doc), state, 1)),
  ArrowLeft: state => headTo(state, endsOf(wordsOf(state.doc), state, -1)),
};

function pressed(view, event, told) {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const move = (event.shiftKey ? EXTENSIONS : MOVES)[event.key];
  if (!move) return false;
  event.preventDefault();
  const {state} = view;
  const selection = move(state);
  if (!selection) return true;
  view.dispatch(state.tr.setSelection(selection).scrollIntoView());
  told(event.shiftKey ? difference(state, selection) : wordsIn(state.doc, selection.from, selection.to));
  return true;
}

function blocksOf(doc) {
  const blocks = [];
  doc.descendants((node, pos) => {
    if (node.isTextblock && node.content.size) blocks.push({from: pos + 1, to: pos + 1 + node.content.size, node});
    return !node.isTextblock;
  });
  return blocks;
}

function wordsOf(doc) {
  return blocksOf(doc).flatMap(({from, node}) =>
    [...node.textBetween(0, node.content.size, " ", " ").matchAll(/\S+/gu)].map(({index, 0: word}) => ({
      from: from + index,
      to: from + index + word.length,
    })),
  );
}

function blockBeside({doc, selection}, step) {
  const blocks = blocksOf(doc);
  const at = blocks.findIndex(({to}) => to >= selection.from);
  const isWhole = at >= 0 && !selection.empty;
  const next = blocks[isWhole ? at + step : Math.max(0, at)];
  return next ? TextSelection.create(doc, next.from, next.to) : null;
}

/** Into a whole block first; from a word to the one beside it. */
function wordBeside({doc, selection: {from, to, empty}}, step) {
  const isWhole = !empty && blocksOf(doc).some(block => block.from === from && block.to === to);
  const words = wordsOf(doc);
  const right = isWhole ? from : to;
  const left = isWhole ? to : from;
  const next = step > 0 ? words.find(word => word.from >= right) : words.findLast(word => word.to <= left);
  return next ? TextSelection.create(doc, next.from, next.to) : null;
}

/** Where the moving end of the selection goes: the next end of a word or block, or the one before's beginning. */
function endsOf(parts, {selection: {anchor, head}}, step) {
  const next =
    step > 0
      ? parts.find(({to}) => to > head && to !== anchor)?.to
      : parts.findLast(({from}) => from < head && from !== anchor)?.from;
  return next ?? null;
}

function headTo({doc, selection}, head) {
  return head === null || selection.empty ? null : TextSelection.create(doc, selection.anchor, head);
}

/** What came to the selection or left it: the whole of it would be read out with every word. */
function difference({doc, selection}, {head, from, to}) {
  const [start, end] = [Math.min(selection.head, head), Math.max(selection.head, head)];
  const words = wordsIn(doc, start, end);
  const isMore = from <= start && end <= to;
  return isMore ? _("chọn thêm: %(words)s", {words}) : _("bớt: %(words)s", {words});
}

function wordsIn(doc, from, to) {
  return doc.textBetween(from, to, "\n", "\n").trim();
}
