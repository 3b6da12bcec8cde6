/** Two people, one server: no block may bear the name of another, and both must hold one text. */
import assert from "node:assert/strict";
import test from "node:test";
import {EditorState} from "prosemirror-state";
import {Node, Slice} from "prosemirror-model";
import {history, undo} from "prosemirror-history";
import {collab, getVersion, receiveTransaction, sendableSteps} from "prosemirror-collab";
import {schema} from "../src/schema.js";
import {blockIds, eachNamed, newId} from "../src/ids.js";
import {newBlock} from "../src/keys.js";
import {newTable, tables} from "../src/tables.js";

const clause = (id, text) => ({type: "clause", attrs: {id, level: "sec"}, content: [{type: "text", text}]});
const start = blocks => Node.fromJSON(schema, {
  type: "doc",
  content: [
    {type: "title", attrs: {id: "title0000000"}},
    ...blocks,
    {type: "recipients", attrs: {filing: ""}},
    {type: "signature", attrs: {id: "signature000", position: null, lines: [], name: ""}},
  ],
});

/** The authority: a log of steps, and those who write. */
class Table {
  log = [];

  constructor(doc, ...names) {
    for (const name of names) {
      this[name] = EditorState.create({doc, plugins: [collab({version: 0, clientID: name}), history(), tables(), blockIds()]});
    }
  }

  act(name, command) {
    command(this[name], tr => { this[name] = this[name].apply(tr); });
  }

  receive(name) {
    const news = this.log.slice(getVersion(this[name]));
    if (!news.length) return;
    const tr = receiveTransaction(this[name], news.map(each => each.step), news.map(each => each.by), {mapSelectionBackward: true});
    this[name] = this[name].apply(tr);
  }

  send(name) {
    this.receive(name);
    const own = sendableSteps(this[name]);
    for (const step of own ? own.steps : []) this.log.push({step, by: name});
    this.receive(name);
  }
}

function names(doc) {
  const found = [];
  eachNamed(doc, node => found.push(node.attrs.id));
  return found;
}

function assertSound(table, ...people) {
  for (const name of people) table.receive(name);
  const docs = people.map(name => JSON.stringify(table[name].doc.toJSON()));
  for (const doc of docs) assert.equal(doc, docs[0]);
  const all = names(table[people[0]].doc);
  assert.equal(new Set(all).size, all.length, `names twice: ${all}`);
  assert.ok(all.every(id => /^[a-z0-9]{10,40}$/.test(id)), String(all));
}

test("a new name is 12 letters or digits", () => {
  const made = Array.from({length: 2000}, newId);
  assert.ok(made.every(id => /^[a-z0-9]{12}$/.test(id)));
  assert.equal(new Set(made).size, made.length);
});

test("a block that others split is named by them alone", () => {
  const table = new Table(start([clause("one000000000", "mộthai")]), "a", "b");
  table.act("a", (state, dispatch) => dispatch(state.tr.setSelection(state.selection.constructor.near(state.doc.resolve(6)))));
  table.act("a", newBlock);
  table.send("a");
  table.receive("b");
  assert.equal(sendableSteps(table.b), null);
  assertSound(table, "a", "b");
});

test("a block that both bring back keeps its name with one of them", () => {
  const doc = start([clause("one000000000", "một"), clause("two000000000", "hai")]);
  const table = new Table(doc, "a", "b");
  const remove = (state, dispatch) => dispatch(state.tr.delete(2, 2 + doc.child(1).nodeSize));
  const bring = (state, dispatch) => dispatch(state.tr.insert(2, doc.child(1)));
  table.act("a", remove);
  table.send("a");
  table.receive("b");
  table.act("a", undo);
  table.act("b", bring);
  table.send("a");
  table.send("b");
  assertSound(table, "a", "b");
  assert.equal(names(table.a.doc).filter(id => id === "one000000000").length, 1);
});

test("whose steps came first keeps the name, wherever the two stand", () => {
  for (const [first, second] of [[2, 9], [9, 2]]) {
    const doc = start([clause("keep00000000", "giữa")]);
    const table = new Table(doc, "a", "b");
    const put = pos => (state, dispatch) => dispatch(state.tr.insert(Math.min(pos, 8), Node.fromJSON(schema, clause("same00000000", `tại ${pos}`))));
    table.act("a", put(first));
    table.act("b", put(second));
    table.send("a");
    table.send("b");
    assertSound(table, "a", "b");
    let holder = null;
    eachNamed(table.a.doc, node => { if (node.attrs.id === "same00000000") holder = node.textContent; });
    assert.equal(holder, `tại ${first}`);
  }
});

test("a row and a column added to one table at once leave it a rectangle for both", () => {
  const table = new Table(start([]).replace(2, 2, new Slice(start([]).content.cut(0, 0).addToEnd(newTable(2, 2)), 0, 0)), "a", "b");
  const inCell = (state, dispatch) => dispatch(state.tr.setSelection(state.selection.constructor.near(state.doc.resolve(7))));
  table.act("a", inCell);
  table.act("b", inCell);
  return import("../src/tables.js").then(({addRowAfter, addColumnAfter}) => {
    table.act("a", addRowAfter);
    table.act("b", addColumnAfter);
    table.send("a");
    table.send("b");
    table.receive("a");
    assert.equal(sendableSteps(table.a), null, "only the one whose steps clashed mends the table");
    table.send("b");
    assertSound(table, "a", "b");
    const widths = [];
    table.a.doc.child(1).forEach(row => widths.push(row.childCount));
    assert.deepEqual(widths, [3, 3, 3]);
  });
});
