/** Keeps the text in its one spelling: NFC, without invisible or control characters. */
import {Plugin, PluginKey} from "prosemirror-state";
import {schema} from "./schema.js";

// Soft hyphen, zero-width and direction marks, object replacement, private use: left over from
// copying, never meant; controls cannot be printed.
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffc\ue000-\uf8ff]/g;
const BLANKS = /\r\n|[\r\n\t\u2028\u2029]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const PLAIN = /^[\u0020-\u007e\u00a0\u00c0-\u00ff]*$/;

export function clean(text) {
  if (PLAIN.test(text)) return text;
  return text.replace(BLANKS, " ").replace(INVISIBLE, "").replace(LONE, "").normalize("NFC");
}

/** Replace what differs between a text node and its normal spelling, and no more. */
function respell(tr, pos, node, wanted) {
  const text = node.text;
  let start = 0;
  while (start < wanted.length && text[start] === wanted[start]) start++;
  let tail = 0;
  while (tail < wanted.length - start && text[text.length - 1 - tail] === wanted[wanted.length - 1 - tail]) tail++;
  const from = tr.mapping.map(pos + start);
  const to = tr.mapping.map(pos + text.length - tail);
  const middle = wanted.slice(start, wanted.length - tail);
  if (middle) tr.replaceWith(from, to, schema.text(middle, node.marks));
  else tr.delete(from, to);
}

/** The corrections that the changed blocks need, as a transaction, or null. */
function corrections(old, state) {
  const start = old ? old.doc.content.findDiffStart(state.doc.content) : 0;
  if (start === null) return null;
  const end = old ? old.doc.content.findDiffEnd(state.doc.content).b : state.doc.content.size;
  const tr = state.tr;
  state.doc.nodesBetween(start, Math.max(start, Math.min(state.doc.content.size, end)), (node, pos) => {
    if (node.isText) {
      const wanted = clean(node.text);
      if (wanted !== node.text) respell(tr, pos, node, wanted);
    }
    return true;
  });
  return tr.docChanged ? tr : null;
}

const key = new PluginKey("normalText");
// Chromium tells of the last characters of a composition some milliseconds after its end.
export const AFTER_COMPOSITION = 80;

export function normalText() {
  let view = null;
  let owed = null;
  const settle = () => {
    if (!view || view.isDestroyed || !owed) return;
    if (view.composing) {
      setTimeout(settle, AFTER_COMPOSITION);
      return;
    }
    const since = owed;
    owed = null;
    const tr = corrections(since, view.state);
    if (tr) view.dispatch(tr);
  };
  return new Plugin({
    key,
    view(own) {
      view = own;
      return {destroy() { view = null; }};
    },
    appendTransaction(transactions, old, state) {
      if (!transactions.some(each => each.docChanged && !each.getMeta("collab$"))) return null;
      // A transaction while the input method composes would end the composition and double a word.
      if (view && view.composing) {
        owed = owed || old;
        return null;
      }
      return corrections(old, state);
    },
    props: {
      handleDOMEvents: {
        compositionend() {
          setTimeout(settle, AFTER_COMPOSITION);
          return false;
        },
      },
    },
  });
}
