/** Computes the numbers of clauses, which are never stored; the twin of workflows/domain/content/numbering.py. */
import {Plugin, PluginKey} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";

export const NUMBERED = ["part", "sec", "sub", "pt"];
// No f, j, w, z: the alphabet that Nghị định 30/2020/NĐ-CP, Phụ lục I prescribes for điểm.
const LETTERS = "abcdđeghiklmnopqrstuvxy";
const ROMAN = [
  [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"],
  [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
];

export function roman(number) {
  let figure = "";
  for (const [value, sign] of ROMAN) {
    for (; number >= value; number -= value) figure += sign;
  }
  return figure;
}

/** The letter of a điểm: a … y, then aa, ab …. */
export function letters(number) {
  let word = "";
  while (number > 0) {
    const rest = (number - 1) % LETTERS.length;
    word = LETTERS[rest] + word;
    number = (number - 1 - rest) / LETTERS.length;
  }
  return word;
}

/** The counters of one run of clauses: the body, one annex or one cell. */
class Run {
  at = {part: 0, sec: 0, sub: 0, pt: 0};

  advance(level) {
    if (level in this.at) {
      this.at[level] += 1;
      for (const lower of NUMBERED.slice(NUMBERED.indexOf(level) + 1)) this.at[lower] = 0;
    }
    switch (level) {
      case "part": return `${roman(this.at.part)}.`;
      case "sec": return `${this.at.sec}.`;
      // Without a dot at the end, as the plans of Hà Nội have it.
      case "sub": return `${this.at.sec}.${this.at.sub}`;
      case "pt": return `${letters(this.at.pt)})`;
      case "dash": return "-";
      case "plus": return "+";
      default: return "";
    }
  }
}

const isRun = node => ["doc", "annex", "table_cell", "table_header"].includes(node.type.name);

/** Call *visit*(node, pos, label) for every clause and annex that bears a label. */
export function eachLabel(doc, visit) {
  let annexes = 0;
  doc.forEach(node => { if (node.type.name === "annex") annexes += 1; });
  let annex = 0;
  const walk = (parent, start) => {
    const run = isRun(parent) ? new Run() : null;
    parent.forEach((node, offset) => {
      const pos = start + offset;
      if (node.type.name === "clause") {
        const label = run.advance(node.attrs.level);
        if (label) visit(node, pos, label);
      } else if (!node.isTextblock && !node.isLeaf) {
        if (node.type.name === "annex") {
          annex += 1;
          visit(node, pos, annexes > 1 ? `Phụ lục ${roman(annex)}` : "Phụ lục");
        }
        walk(node, pos + 1);
      }
    });
  };
  walk(doc, 0);
}

/** The label of every block that has one, by block id. */
export function labels(doc) {
  const found = {};
  eachLabel(doc, (node, _pos, label) => { found[node.attrs.id] = label; });
  return found;
}

/** Whether two trees have the same blocks with the same levels, whatever their texts say. */
function hasSameFrame(one, other) {
  if (one === other) return true;
  if (one.type !== other.type || one.attrs.level !== other.attrs.level) return false;
  if (one.isTextblock) return true;
  if (one.childCount !== other.childCount) return false;
  for (let at = 0; at < one.childCount; at++) {
    if (!hasSameFrame(one.child(at), other.child(at))) return false;
  }
  return true;
}

function draw(doc) {
  const found = [];
  eachLabel(doc, (node, pos, label) => {
    found.push(Decoration.node(pos, pos + node.nodeSize, {"data-number": label}, {label}));
  });
  return DecorationSet.create(doc, found);
}

export const numberingKey = new PluginKey("numbering");

export const numbering = () => new Plugin({
  key: numberingKey,
  state: {
    init: (_config, state) => draw(state.doc),
    apply(tr, drawn, old, state) {
      if (!tr.docChanged) return drawn;
      return hasSameFrame(old.doc, state.doc) ? drawn.map(tr.mapping, tr.doc) : draw(tr.doc);
    },
  },
  props: {decorations(state) { return this.getState(state); }},
});

/** The label among the decorations that a node view was given. */
export const labelOf = decorations => decorations.find(each => each.spec.label)?.spec.label || "";
