/**
 * Edits a plan at random with the editor's own commands, and records every step with the digest of
 * what came of it: node fuzz.mjs SEED ROUNDS FILE.gz. The server's port of ProseMirror replays it.
 */
import {createHash} from "node:crypto";
import {writeFileSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {EditorState, TextSelection} from "prosemirror-state";
import {Node} from "prosemirror-model";
import {redo, undo} from "prosemirror-history";
import {CellSelection} from "prosemirror-tables";
import {schema} from "./src/schema.js";
import {addAnnex, removeAnnex} from "./src/blocks/annexes.js";
import {backspace, deleteSelected, forwardDelete, typeOver} from "./src/deletion.js";
import {breakLine, newBlock, toggle} from "./src/keys.js";
import {demote, promote, setKind, setLevel} from "./src/levels.js";
import {moveDown, moveUp} from "./src/moves.js";
import {paste} from "./src/paste/fit.js";
import {readPlain} from "./src/paste/plain.js";
import {appendRecipient, removeRecipient, writeRecipient} from "./src/recipients.js";
import {textPlugins} from "./src/surface.js";
import * as tables from "./src/tables.js";

let seed = Number(process.argv[2] || 1);
const rounds = Number(process.argv[3] || 3000);
const random = () => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed / 0x7fffffff;
};
const below = n => Math.floor(random() * n);
const one = list => list[below(list.length)];
// The names of blocks too come from the seed: the same record every time.
Object.defineProperty(globalThis, "crypto", {
  value: {getRandomValues: bytes => bytes.map(() => below(252))},
});

const text = words => [{type: "text", text: words}];
const first = {
  type: "doc",
  content: [
    {type: "title", attrs: {id: "title0000000"}, content: text("Phòng, chống thiên tai 😀 năm 2022")},
    {type: "basis", attrs: {id: "basis0000000"}, content: text("Căn cứ Luật Phòng, chống thiên tai;")},
    {type: "opening", attrs: {id: "opening00000"}, content: text("Ủy ban nhân dân Thành phố ban hành kế hoạch:")},
    ...["part", "sec", "pt", "pt", "sec", "dash", "plus", "para"].map((level, at) => ({
      type: "clause", attrs: {id: `clause00000${at}`, level}, content: text(`Việc ${at} của các đơn vị`),
    })),
    {type: "closing", attrs: {id: "closing00000"}, content: text("Các đơn vị thực hiện./.")},
    {type: "recipients", attrs: {filing: "VT"}, content: [
      {type: "recipient", attrs: {id: "recipient000"}, content: text("Sở Tài chính")},
    ]},
    {type: "signature", attrs: {id: "signature000", position: null, lines: [], name: ""}},
  ],
};

let state = EditorState.create({doc: Node.fromJSON(schema, first), plugins: textPlugins()});

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}
const digest = doc => createHash("sha256").update(JSON.stringify(sorted(doc.toJSON()))).digest("hex").slice(0, 16);

const record = [JSON.stringify({doc: first, seed: Number(process.argv[2] || 1)})];
const kinds = {};
let steps = 0;
function dispatch(tr) {
  const {state: next, transactions} = state.applyTransaction(tr);
  state = next;
  const made = transactions.flatMap(each => each.steps.map(step => step.toJSON()));
  if (!made.length) return;
  for (const {stepType} of made) kinds[stepType] = (kinds[stepType] || 0) + 1;
  steps += made.length;
  state.doc.check();
  record.push(JSON.stringify({steps: made, digest: digest(state.doc)}));
}

const isCut = (node, offset) => {
  const before = node.textBetween(Math.max(0, offset - 1), offset, "", " ");
  return before >= "\ud800" && before <= "\udbff";
};

/** A random place in a text block that does not cut a letter in two. */
function place() {
  for (let tries = 0; tries < 60; tries++) {
    const $pos = state.doc.resolve(below(state.doc.content.size));
    if ($pos.parent.isTextblock && !isCut($pos.parent, $pos.parentOffset)) return $pos.pos;
  }
  return 1;
}

function select(from = place(), to = from) {
  const selection = TextSelection.between(state.doc.resolve(from), state.doc.resolve(to));
  state = state.apply(state.tr.setSelection(selection));
}
const near = reach => {
  const from = place();
  for (let tries = 0; tries < 20; tries++) {
    const $to = state.doc.resolve(Math.min(state.doc.content.size, from + below(reach)));
    if ($to.parent.isTextblock && !isCut($to.parent, $to.parentOffset)) return [from, $to.pos];
  }
  return [from, from];
};
const edge = isStart => {
  const $pos = state.doc.resolve(place());
  select(isStart ? $pos.start() : $pos.end());
};
const run = command => command(state, dispatch);

const WORDS = ["phòng", "chống", "Kế hoạch", " ủy ban ", "😀", "𝒜", "e\u0323\u0302", "Vie\u0323\u0302t", "đ)", "\u200b", " "];
const LEVELS = ["part", "sec", "sub", "pt", "dash", "plus", "para"];
const LINES = "I. Phần 😀\n1. Mục\n1.1 Khoản\na) Điểm\n- Gạch\n+ Cộng\nĐoạn e\u0323\u0302";

function inCell(act) {
  const cells = [];
  state.doc.descendants((node, pos) => {
    if (/cell/.test(node.type.spec.tableRole || "")) cells.push(pos);
    return !node.isTextblock;
  });
  if (cells.length) act(cells);
}

const type = () => { select(...(random() < 0.8 ? [place()] : near(20))); dispatch(typeOver(state, one(WORDS)) || state.tr.insertText(one(WORDS))); };
const acts = [
  type, type, type, type,
  () => { select(...near(12)); const tr = deleteSelected(state); if (tr) dispatch(tr); },
  () => { if (random() < 0.15) { select(...near(400)); const tr = deleteSelected(state); if (tr) dispatch(tr); } },
  () => { select(); run(newBlock); },
  () => { edge(false); run(newBlock); if (random() < 0.5) dispatch(state.tr.insertText(one(WORDS))); },
  () => { select(...near(30)); run(newBlock); },
  () => { edge(true); run(backspace); },
  () => { edge(true); run(backspace); run(backspace); },
  () => { edge(false); run(forwardDelete); },
  () => { select(...near(30)); run(toggle(one(["strong", "em"]))); },
  () => { select(...near(80)); run(toggle(one(["strong", "em"]))); },
  () => { select(); run(breakLine); },
  () => { select(...near(60)); run(setLevel(one(LEVELS))); },
  () => { select(...near(60)); run(setKind(schema.nodes[one(["basis", "opening", "closing", "clause"])])); },
  () => { select(...near(60)); run(one([promote, demote])); },
  () => { select(...near(60)); run(one([moveUp, moveDown])); },
  () => { select(...near(20)); run(one([moveUp, moveDown])); },
  () => { select(); const tr = deleteSelected(state) || state.tr; dispatch(paste(tr, readPlain(LINES.slice(0, below(LINES.length)).replace(/[\ud800-\udbff]$/, "")))); },
  () => { if (random() < 0.2) { select(); run(tables.insertTable(1 + below(3), 1 + below(3))); } },
  () => inCell(cells => {
    select(one(cells) + 2);
    run(one([tables.addRowAfter, tables.addRowBefore, tables.addColumnAfter, tables.addColumnBefore, tables.toggleHeaderRow]));
  }),
  () => inCell(cells => { select(one(cells) + 2); run(one([tables.deleteRow, tables.deleteColumn, tables.splitCell, tables.nextCell(1)])); }),
  () => inCell(cells => {
    const [a, b] = [one(cells), one(cells)];
    const $a = state.doc.resolve(a);
    const $b = state.doc.resolve(b);
    if ($a.start(-1) !== $b.start(-1)) return;
    state = state.apply(state.tr.setSelection(new CellSelection($a, $b)));
    run(tables.mergeCells);
  }),
  () => { if (random() < 0.3) run(addAnnex); },
  () => { if (random() < 0.1) { select(); run(removeAnnex); } },
  () => dispatch(appendRecipient(state.tr, {name: `Sở ${below(99)}`, code: one([null, "STC"]), purpose: one(["", "để báo cáo"])})),
  () => {
    const lines = [];
    state.doc.descendants((node, pos) => { if (node.type.name === "recipient") lines.push(pos); return !node.isTextblock; });
    if (!lines.length) return;
    const pos = one(lines);
    if (random() < 0.3) { select(pos + 1); run(removeRecipient); }
    else dispatch(writeRecipient(state.tr, pos, {name: one(["Sở Y tế", "Bộ 😀"]), code: one([null, "SYT"]), purpose: one(["", "p"])}));
  },
  () => dispatch(state.tr.setNodeAttribute(state.doc.content.size - tail(), "position", one([null, "chu-tich"]))),
  () => { run(undo); if (random() < 0.4) run(undo); },
  () => { run(redo); },
];

/** How far from the end the signature begins. */
function tail() {
  let after = 0;
  for (let at = state.doc.childCount - 1; state.doc.child(at).type.name !== "signature"; at--) after += state.doc.child(at).nodeSize;
  return after + 1;
}

for (let round = 0; round < rounds; round++) {
  const act = one(acts);
  // A plan that grows without end would only make each check longer.
  if (state.doc.content.size > 6000) {
    select(...near(1500));
    const tr = deleteSelected(state);
    if (tr) dispatch(tr);
  }
  try {
    act();
  } catch (error) {
    console.error(`round ${round}: ${act}`);
    throw error;
  }
}
if (process.argv[4]) writeFileSync(process.argv[4], gzipSync(record.join("\n"), {level: 9}));
console.log(JSON.stringify({rounds, steps, batches: record.length - 1, kinds, size: state.doc.content.size}));
