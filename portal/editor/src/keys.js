/** What the keys do in a plan: Enter, Backspace, Tab, moving blocks, faces, and the way out. */
import {Plugin, PluginKey, Selection, TextSelection} from "prosemirror-state";
import {keymap} from "prosemirror-keymap";
import {baseKeymap, toggleMark} from "prosemirror-commands";
import {undo, redo} from "prosemirror-history";
import {_} from "./words.js";
import {schema} from "./schema.js";
import {newId} from "./ids.js";
import {backspace, deleteSelected, forwardDelete} from "./deletion.js";
import {demote, mayTurn, outerLevel, promote, setKind} from "./levels.js";
import {moveDown, moveUp} from "./moves.js";
import {blockAround, isOneRun, orderOf} from "./places.js";
import {takeBack} from "./rules.js";
import * as reasons from "./reasons.js";
import {nextCell} from "./tables.js";
import {orWhy, told} from "./told.js";

const {clause, basis, opening, title, annex_title, recipient, hard_break} = schema.nodes;

const fresh = (node, level) => node.type.create({id: newId(), ...(node.type === clause && {level: level || node.attrs.level})});

function putCursor(tr, pos) {
  return tr.setSelection(TextSelection.create(tr.doc, pos)).scrollIntoView();
}

/** After a title the text goes on in the first block, or in a new one. */
function leaveTitle(state, block) {
  const next = block.index + 1 < block.container.childCount ? block.container.child(block.index + 1) : null;
  const isBlock = next && orderOf(next.type) !== undefined && next.isTextblock;
  if (isBlock && next.content.size === 0) return putCursor(state.tr, block.after + 1);
  const node = isBlock ? fresh(next, "para") : (block.node.type === title ? basis : clause).create({id: newId()});
  return putCursor(state.tr.insert(block.after, node), block.after + 1);
}

/** Enter in an empty block: one level out; the last căn cứ becomes mở đầu, the last mở đầu becomes nội dung. */
function stepOut(state, block) {
  const {node} = block;
  if (node.type === clause) {
    if (node.attrs.level === "para") return null;
    return state.tr.setNodeAttribute(block.before, "level", outerLevel(state.selection.$from));
  }
  const type = node.type === basis ? opening : node.type === opening ? clause : null;
  let found = null;
  if (type) setKind(type)(state, tr => { found = tr; });
  return found;
}

// How the bases of a plan begin: by what was decided, or by whose proposal.
const BASIS = /^\s*(căn cứ|theo|xét)(?!\p{L})/iu;

/** What a căn cứ or mở đầu that was just written is by its words, and what follows it. */
function kindsByWords(node) {
  const words = node.textContent.trim();
  const isLast = words.endsWith(":");
  const isBasis = node.type === basis && (BASIS.test(words) || !/[.:]$/.test(words)) && !isLast;
  return isBasis ? [basis, basis] : [opening, isLast ? clause : opening];
}

/** Enter behind a căn cứ or mở đầu: “… như sau:” ends the opening, and the content follows. */
function goOn(tr, block) {
  const [type, next] = kindsByWords(block.node);
  const turns = type !== block.node.type;
  if ((turns && !mayTurn(block, type)) || !mayFollow(block, next)) return null;
  if (turns) tr.setNodeMarkup(block.before, type, {id: block.node.attrs.id});
  const {id} = fresh(block.node).attrs;
  return putCursor(tr.insert(block.after, next.create(next === clause ? {id, level: "para"} : {id})), block.after + 1);
}

/** Whether a block of *type* may stand right below. */
function mayFollow({container, index}, type) {
  const below = index + 1 < container.childCount ? orderOf(container.child(index + 1).type) : undefined;
  return below === undefined || orderOf(type) <= below;
}

function split(tr, block) {
  const {$from} = tr.selection;
  const node = $from.parent;
  if ($from.parentOffset === 0 && node.content.size) return tr.insert($from.before(), fresh(node));
  const isBefore = node.type === basis || node.type === opening;
  const gone = isBefore && $from.parentOffset === node.content.size && node.content.size ? goOn(tr, block) : null;
  if (gone) return gone;
  const attrs = fresh(node).attrs;
  return tr.split($from.pos, 1, [{type: node.type, attrs: block.node.type === recipient ? {...attrs, target: null} : attrs}]);
}

export function newBlock(state, dispatch) {
  const {$from, $to, empty} = state.selection;
  const block = blockAround($from);
  if (!block || !isOneRun($from, $to)) {
    const tr = deleteSelected(state);
    if (tr && dispatch) dispatch(tr.scrollIntoView());
    return true;
  }
  let tr;
  if (block.node.type === title || block.node.type === annex_title) tr = leaveTitle(state, block);
  else if (empty && block.node.content.size === 0) tr = stepOut(state, block) || (block.node.type === recipient ? null : split(state.tr, block));
  else tr = split(empty ? state.tr : state.tr.deleteSelection(), block);
  if (tr && dispatch) dispatch(tr.scrollIntoView());
  return true;
}

export function breakLine(state, dispatch) {
  const {$from, $to} = state.selection;
  if (!$from.sameParent($to) || !$from.parent.type.contentMatch.matchType(hard_break)) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
}

/** Bold and italic, where the block takes them. */
export const toggle = name => toggleMark(schema.marks[name], undefined, {removeWhenPresent: false});

const first = (...commands) => (state, dispatch, view) => commands.some(command => command(state, dispatch, view));
const always = (...commands) => (state, dispatch, view) => first(...commands)(state, dispatch, view) || true;

/** The acts that are said aloud, by whatever they are called. */
export const acts = {
  undo: told(first(takeBack, undo), name => _("Đã hoàn tác; con trỏ ở %(name)s.", {name})),
  redo: told(redo, name => _("Đã làm lại; con trỏ ở %(name)s.", {name})),
  promote: told(promote, name => _("Đã nâng cấp, nay là %(name)s.", {name})),
  demote: told(demote, name => _("Đã hạ cấp, nay là %(name)s.", {name})),
  up: told(moveUp, name => _("Đã chuyển lên, nay là %(name)s.", {name})),
  down: told(moveDown, name => _("Đã chuyển xuống, nay là %(name)s.", {name})),
};

/** To the first or the last block of text; the browser stops at what cannot be edited. */
const toEnd = (by, isExtending) => (state, dispatch) => {
  const {doc, selection} = state;
  const end = by < 0 ? Selection.findFrom(doc.resolve(0), 1, true) : Selection.findFrom(doc.resolve(doc.content.size), -1, true);
  if (!end) return false;
  const place = by < 0 ? end.$from : end.$to;
  const whole = isExtending ? TextSelection.between(selection.$anchor, place) : TextSelection.create(doc, place.pos);
  if (dispatch) dispatch(state.tr.setSelection(whole).scrollIntoView());
  return true;
};

function keptSpace(state, dispatch) {
  if (dispatch) dispatch(state.tr.insertText("\u00a0").scrollIntoView());
  return true;
}

/** What Tab does, always swallowed: Escape first lets it leave the editor. */
const KEYS = {
  "Mod-z": orWhy(acts.undo, reasons.nothingToUndo),
  "Mod-y": orWhy(acts.redo, reasons.nothingToRedo),
  "Shift-Mod-z": orWhy(acts.redo, reasons.nothingToRedo),
  "Mod-Home": toEnd(-1, false),
  "Mod-End": toEnd(1, false),
  "Shift-Mod-Home": toEnd(-1, true),
  "Shift-Mod-End": toEnd(1, true),
  "Shift-Mod-Space": keptSpace,
  "Mod-b": toggle("strong"),
  "Mod-i": toggle("em"),
  "Enter": newBlock,
  "Shift-Enter": always(orWhy(breakLine, reasons.oneLine)),
  "Mod-Enter": always(orWhy(breakLine, reasons.oneLine)),
  "Backspace": first(takeBack, backspace),
  "Mod-Backspace": backspace,
  "Shift-Backspace": backspace,
  "Delete": forwardDelete,
  "Mod-Delete": forwardDelete,
  "Tab": always(nextCell(1), orWhy(acts.demote, reasons.innermost)),
  "Shift-Tab": always(nextCell(-1), orWhy(acts.promote, reasons.outermost)),
  "Alt-ArrowUp": always(orWhy(acts.up, reasons.nothingAbove)),
  "Alt-ArrowDown": always(orWhy(acts.down, reasons.nothingBelow)),
};

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";

function isReachable(element) {
  return element.tabIndex >= 0 && !element.disabled && element.getClientRects().length > 0;
}

/** Move the focus to what comes after (or before) the editor in the page. */
function leave(view, by) {
  const all = [...view.dom.ownerDocument.querySelectorAll(FOCUSABLE)]
    .filter(each => isReachable(each) && !view.dom.contains(each));
  const side = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = all.filter(each => view.dom.compareDocumentPosition(each) & side);
  const next = by > 0 ? beyond[0] : beyond[beyond.length - 1];
  if (next) next.focus();
  else view.dom.blur();
}

const wayOutKey = new PluginKey("wayOut");

/** Escape, then Tab or Shift-Tab, leaves the editor: nobody is trapped in it (WCAG 2.1.2). */
function wayOut() {
  let isLeaving = false;
  return new Plugin({
    key: wayOutKey,
    props: {
      handleKeyDown(view, event) {
        if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return false;
        const wasLeaving = isLeaving;
        isLeaving = event.key === "Escape" && !view.composing;
        if (!wasLeaving || event.key !== "Tab") return false;
        leave(view, event.shiftKey ? -1 : 1);
        return true;
      },
      handleDOMEvents: {
        blur() {
          isLeaving = false;
          return false;
        },
      },
    },
  });
}

export const keys = () => [wayOut(), keymap(KEYS), keymap(baseKeymap)];
