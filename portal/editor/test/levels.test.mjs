/** A clause goes a level out or in together with what stands below it. */
import assert from "node:assert/strict";
import test from "node:test";
import {EditorState, TextSelection} from "prosemirror-state";
import {schema} from "../src/schema.js";
import {demote, promote} from "../src/levels.js";

/** The levels of the clauses after *command* with the cursor in the one at *at*, or from there to *until*. */
function levels(command, before, at, until = at) {
  const clauses = before.split(" ").map((level, order) => schema.node("clause", {id: `clause${order}000000`, level}, [schema.text("x")]));
  const doc = schema.node("doc", null, [
    schema.node("title", {id: "title0000000"}),
    ...clauses,
    schema.node("recipients", {filing: ""}),
    schema.node("signature", {id: "signature000"}),
  ]);
  let state = EditorState.create({doc});
  const place = order => 2 + order * 3 + 1;
  state = state.apply(state.tr.setSelection(TextSelection.create(doc, place(at), place(until))));
  command(state, tr => { state = state.apply(tr); });
  const found = [];
  state.doc.forEach(node => { if (node.type.name === "clause") found.push(node.attrs.level); });
  return found.join(" ");
}

test("what is below goes along, and nothing else", () => {
  assert.equal(levels(demote, "sec sub pt sec sub", 0), "sub pt dash sec sub");
  assert.equal(levels(promote, "sub pt dash sub", 0), "sec sub dash sub");
  assert.equal(levels(demote, "part sec pt part", 1), "part sub dash part");
  assert.equal(levels(promote, "part sec", 0), "part sec");
});

test("a dash stays a dash as long as it stands below something else", () => {
  assert.equal(levels(demote, "sec dash plus sec", 0), "sub dash plus sec");
  assert.equal(levels(demote, "pt dash pt", 0), "dash plus pt");
  assert.equal(levels(promote, "dash plus dash", 0), "pt dash dash");
  assert.equal(levels(demote, "sec para dash sec", 0), "sub para dash sec");
});

test("each selected clause goes one level, though it also stands below another one", () => {
  assert.equal(levels(demote, "sec sub sub sec", 0, 2), "sub pt pt sec");
});
