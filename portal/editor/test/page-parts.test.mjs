/** The small parts of the page: what is kept unsent, where cards stand, how names are written. */
import assert from "node:assert/strict";
import {test} from "node:test";
import {EditorState} from "prosemirror-state";
import {
  askedName,
  carry,
  colourOf,
  confirmedPlace,
  excerpt,
  initials,
  moment,
  placeOf,
  replay,
  schema,
  statusWords,
  tops,
  touchedText,
  withMentions,
} from "./page-sources.mjs";

const clause = (id, text) => schema.node("clause", {id, level: "para"}, text ? [schema.text(text)] : []);
const plan = (...texts) =>
  schema.node("doc", null, [
    schema.node("title", {id: "title000000"}),
    ...texts.map((text, at) => clause(`clause${at}0000`, text)),
    schema.node("recipients", {filing: "VT"}),
    schema.node("signature", {id: "signature00"}),
  ]);
const state = doc => EditorState.create({doc});
const written = steps => steps.map(step => step.toJSON());

test("unsent steps are replayed over what others did meanwhile", () => {
  const base = plan("Một hai ba.");
  const mine = state(base).tr.insertText(" bốn", 13).insertText("năm ", 14).delete(3, 7);
  const theirs = state(base).tr.insertText("Không ", 3);
  const kept = {clientId: "mine", steps: written(mine.steps)};
  const batch = {clientIds: ["theirs"], steps: written(theirs.steps)};
  const tr = state(theirs.doc).tr;
  assert.equal(replay(tr, kept, batch), 0);
  assert.equal(mine.doc.child(1).textContent, "hai ba năm bốn.");
  assert.equal(tr.doc.child(1).textContent, "Không hai ba năm bốn.");
});

test("steps that had arrived are not replayed", () => {
  const base = plan("Một hai ba.");
  const mine = state(base).tr.insertText("A", 3).insertText("B", 4);
  const arrived = state(base).tr.step(mine.steps[0]);
  const kept = {clientId: "mine", steps: written(mine.steps)};
  const tr = state(arrived.doc).tr;
  assert.equal(replay(tr, kept, {clientIds: ["mine"], steps: written([mine.steps[0]])}), 0);
  assert.equal(tr.doc.child(1).textContent, "ABMột hai ba.");
});

test("steps whose block is gone are counted as lost", () => {
  const base = plan("Một hai ba.", "Bốn.");
  const mine = state(base).tr.insertText("A", 6);
  const theirs = state(base).tr.delete(2, 15);
  const kept = {clientId: "mine", steps: written(mine.steps)};
  const tr = state(theirs.doc).tr;
  assert.equal(replay(tr, kept, {clientIds: ["theirs"], steps: written(theirs.steps)}), 1);
});

test("the text for copying is that of the blocks that were touched, as they read last", () => {
  const tr = state(plan("Một hai ba.", "Bốn.", "Năm sáu.")).tr.insertText("A", 3).insertText("B", 4).delete(28, 30);
  assert.equal(touchedText(tr.doc, tr.steps), `ABMột hai ba.\n${tr.doc.child(3).textContent}`);
});

test("a passage shrinks with what is deleted of it, and is gone with the last letter", () => {
  const tr = state(plan("Một hai ba.")).tr;
  const place = {start: 7, end: 10};
  assert.deepEqual(carry(tr.delete(6, 8).mapping, place), {start: 6, end: 8, isGone: false});
  assert.equal(carry(tr.delete(5, 9).mapping, place).isGone, true);
});

test("text typed at the edges of a passage does not belong to it", () => {
  const tr = state(plan("Một hai ba.")).tr.insertText("x", 10).insertText("y", 7);
  assert.deepEqual(carry(tr.mapping, {start: 7, end: 10}), {start: 8, end: 11, isGone: false});
});

test("cards give way downwards, and the active one gets its place", () => {
  assert.deepEqual(tops([0, 0, 500], [100, 50, 50]), [0, 108, 500]);
  assert.deepEqual(tops([300, 310], [100, 50], 1), [202, 310]);
  assert.deepEqual(tops([10, 20], [100, 50], 1), [0, 108]);
  assert.deepEqual(tops([null, 40, null], [30, 20, 20]), [0, 40, 68]);
});

test("a name is asked for after an at sign at a word's beginning", () => {
  assert.deepEqual(askedName("Nhờ @Lê Th", 10), {start: 4, query: "Lê Th"});
  assert.equal(askedName("thư a@b", 7), null);
});

test("chosen names become marks, the longer name first", () => {
  const chosen = new Map([["Lê An", 1], ["Lê An Bình", 2]]);
  assert.equal(withMentions("@Lê An Bình và @Lê An, không @Lê Anh", chosen), "@[Lê An Bình](2) và @[Lê An](1), không @Lê Anh");
});

test("a finding counts units, as the text does", () => {
  const doc = plan("a😀b cuối");
  const place = placeOf(doc, {blockId: "clause00000", start: 3, end: 4, level: "error"}, "f");
  assert.equal(doc.textBetween(place.start, place.end), "b");
  assert.equal(placeOf(doc, {blockId: "missing0000", start: 0, end: 1}, "f"), null);
  assert.equal(placeOf(doc, {blockId: "clause00000", start: null, end: null}, "f").look.isWhole, true);
});

test("people have initials and a colour, whatever the server says", () => {
  assert.equal(initials("Trần Thị bình"), "TB");
  assert.equal(initials("đạt"), "Đ");
  assert.match(colourOf({colour: 3}), /^#/);
  assert.match(colourOf({colour: "url(x)"}), /^#/);
});

test("our place in the confirmed text leaves out what is not sent", () => {
  const tr = state(plan("Một hai ba.")).tr.insertText("xyz", 3);
  assert.equal(confirmedPlace(9, tr.steps), 6);
  assert.equal(confirmedPlace(4, tr.steps), 3);
});

test("the status line says how much is not sent", () => {
  assert.equal(statusWords("offline", 12), "Mất kết nối: còn 12 thay đổi chưa gửi, sẽ gửi lại");
  assert.equal(statusWords("saved", 0), "Đã lưu");
});

test("moments are written as everywhere, in Vietnamese time", () => {
  assert.equal(moment("2022-11-05T10:00:00+00:00"), "05/11/2022 17:00");
  assert.equal(moment(null), "");
  assert.equal(excerpt("  a \n b  ", 10), "a b");
});
