/** Where words stand in a text: over the borders of bold and italic, with or without Vietnamese marks. */
import {clean} from "../normal.js";

// More are never looked at one by one, and each replacement is a step for the server.
export const MOST = 5000;

/** One sign as it is compared; every sign stays one sign, so that places hold. */
function folded(sign, {isCaseKept, areMarksKept}) {
  let plain = sign === "\u00a0" ? " " : sign;
  if (!areMarksKept) plain = {"đ": "d", "Đ": "D"}[plain] || plain.normalize("NFD")[0];
  if (isCaseKept) return plain;
  const small = plain.toLowerCase();
  return small.length === 1 ? small : plain;
}

/** Folds texts by one set of options, and remembers signs and blocks. */
class Folding {
  constructor(options) {
    this.options = options;
    this.signs = new Map();
    this.blocks = new WeakMap();
  }

  text(text) {
    let all = "";
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (!this.signs.has(sign)) this.signs.set(sign, folded(sign, this.options));
      all += this.signs.get(sign);
    }
    return all;
  }

  block(node) {
    if (!this.blocks.has(node)) this.blocks.set(node, this.text(node.textBetween(0, node.content.size, null, "\n")));
    return this.blocks.get(node);
  }
}

const foldings = new Map();

function foldingOf({isCaseKept, areMarksKept}) {
  const key = `${isCaseKept}${areMarksKept}`;
  if (!foldings.has(key)) foldings.set(key, new Folding({isCaseKept, areMarksKept}));
  return foldings.get(key);
}

/** The places [{from, to}] of *words* in *doc*, at most MOST. */
export function matches(doc, words, options) {
  const folding = foldingOf(options);
  const wanted = folding.text(clean(words));
  const found = [];
  if (!wanted) return found;
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return found.length < MOST;
    const text = folding.block(node);
    for (let at = text.indexOf(wanted); at >= 0 && found.length < MOST; at = text.indexOf(wanted, at + wanted.length)) {
      found.push({from: pos + 1 + at, to: pos + 1 + at + wanted.length});
    }
    return false;
  });
  return found;
}
