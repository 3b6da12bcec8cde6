/** Two people at one text: what the one has written, the other takes away only knowingly. */
import assert from "node:assert/strict";
import {test} from "node:test";
import {history, redo, undo} from "prosemirror-history";
import {Fragment, Node, Slice} from "prosemirror-model";
import {EditorState, TextSelection} from "prosemirror-state";
import {CellSelection} from "prosemirror-tables";
import {Step} from "prosemirror-transform";
import {Collaboration, Composing, Unreachable, blockIds, moveDown, moveUp, others, schema, tables} from "./page-sources.mjs";

const words = text => (text ? [{type: "text", text}] : []);
const clause = (id, text, level = "para") => ({type: "clause", attrs: {id: id.padEnd(11, "0"), level}, content: words(text)});
const cell = (id, text) => ({type: "table_cell", attrs: {}, content: [clause(id, text)]});
const row = (...cells) => ({type: "table_row", content: cells});
const TABLE = {
  type: "table",
  attrs: {id: "table000000"},
  content: [row(cell("cella", "A1"), cell("cellb", "B1")), row(cell("cellc", "A2"), cell("celld", "B2"))],
};
const docOf = (...blocks) => ({
  type: "doc",
  content: [
    {type: "title", attrs: {id: "title000000"}, content: words("Kế hoạch")},
    ...blocks,
    {type: "recipients", attrs: {filing: "VT"}},
    {type: "signature", attrs: {id: "signature00"}},
  ],
});

/** The server's list of steps; a page may be cut off from it. */
class Authority {
  constructor(doc) {
    this.doc = Node.fromJSON(schema, doc);
    this.log = [];
    this.cut = new Set();
  }

  for(client) {
    const reachable = () => {
      if (this.cut.has(client)) throw new Unreachable("cut");
    };
    const since = version => {
      const later = this.log.slice(version);
      return {from: version, steps: later.map(({step}) => step), clientIds: later.map(each => each.client)};
    };
    return {
      get: async path => {
        reachable();
        return since(Number(new URLSearchParams(path.split("?")[1]).get("since")));
      },
      offer: async (_path, {version, clientId, steps}) => {
        reachable();
        if (version !== this.log.length) return {status: 409, data: since(version)};
        for (const step of steps) {
          const {doc, failed} = Step.fromJSON(schema, step).apply(this.doc);
          assert.equal(failed, null);
          this.doc = doc;
          this.log.push({step, client: clientId});
        }
        this.doc.check();
        return {status: 200, data: {version: this.log.length}};
      },
    };
  }
}

class Person {
  constructor(authority, name) {
    this.authority = authority;
    this.name = name;
    this.lost = [];
    this.kept = [];
    this.collaboration = new Collaboration({
      server: authority.for(name),
      clientId: name,
      version: 0,
      tell: {
        status() {},
        stopped: stop => assert.fail(stop.sentence),
        moved() {},
        lost: text => this.lost.push(text),
        homeless: () => this.isHomeless = true,
        kept: isRefused => this.kept.push(isRefused),
      },
    });
    const plugins = [this.collaboration.plugin(), others(() => this.kept.push("undo")), history(), blockIds()];
    this.state = EditorState.create({doc: authority.doc, plugins});
    this.collaboration.attach(this);
  }

  dispatch(tr) {
    this.state = this.state.applyTransaction(tr).state;
    if (tr.docChanged) this.collaboration.changed();
  }

  run(command) {
    assert.ok(command(this.state, tr => this.dispatch(tr)), "the command does something");
  }

  /** The place *offset* letters into the block called *id*. */
  at(id, offset = 0) {
    let place = null;
    this.state.doc.descendants((node, pos) => {
      if (node.attrs.id === id.padEnd(11, "0")) place = pos + 1 + offset;
    });
    assert.notEqual(place, null, `no block ${id}`);
    return place;
  }

  put(id, offset = 0) {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, this.at(id, offset))));
    return this;
  }

  type(id, offset, text) {
    this.put(id, offset);
    this.dispatch(this.state.tr.insertText(text));
  }

  write(text) {
    this.dispatch(this.state.tr.insertText(text));
  }

  text(id) {
    return this.state.doc.resolve(this.at(id)).parent.textContent;
  }

  away() {
    this.authority.cut.add(this.name);
  }

  async back() {
    this.authority.cut.delete(this.name);
    await this.sync();
  }

  async sync() {
    await this.collaboration.pull();
    assert.ok(await this.collaboration.settled());
    await this.collaboration.pull();
  }
}

async function pair(...blocks) {
  const authority = new Authority(docOf(...blocks));
  return [new Person(authority, "an"), new Person(authority, "binh")];
}

async function agree(...people) {
  for (let round = 0; round < 3; round += 1) for (const person of people) await person.sync();
  const [first] = people;
  for (const {state} of people) assert.deepEqual(state.doc.toJSON(), first.authority.doc.toJSON());
  first.state.doc.check();
  return first.state.doc;
}

const BLOCKS = [clause("one", "việc một"), clause("two", "việc hai"), clause("three", "việc ba")];

for (const [name, move] of [["xuống", moveDown], ["lên", moveUp]]) {
  for (const isMoverFirst of [true, false]) {
    test(`a move (${name}) and words typed in the moved block both stand, mover first: ${isMoverFirst}`, async () => {
      const [an, binh] = await pair(...BLOCKS);
      const [early, late] = isMoverFirst ? [an, binh] : [binh, an];
      late.away();
      an.put("two").run(move);
      binh.type("two", 5, "rất ");
      await early.sync();
      await late.back();
      await agree(an, binh);
      assert.equal(an.text("two"), "việc rất hai");
      const order = an.state.doc.content.content.slice(1, 4).map(({attrs}) => attrs.id.replaceAll("0", ""));
      assert.deepEqual(order, name === "lên" ? ["two", "one", "three"] : ["one", "three", "two"]);
      assert.deepEqual([an.lost, binh.lost, an.kept, binh.kept], [[], [], [], []]);
    });
  }
}

test("whoever stands in a block that is moved goes along and types on there", async () => {
  const [an, binh] = await pair(...BLOCKS);
  binh.put("two", 4);
  an.put("two").run(moveDown);
  await an.sync();
  await binh.collaboration.pull();
  binh.write("X");
  await agree(an, binh);
  assert.equal(an.text("two"), "việcX hai");
});

test("undoing a move leaves what others wrote in it", async () => {
  const [an, binh] = await pair(...BLOCKS);
  an.put("one").run(moveDown);
  await agree(an, binh);
  binh.type("one", 8, " của binh");
  await agree(an, binh);
  an.run(undo);
  await agree(an, binh);
  assert.equal(an.state.doc.child(1).textContent, "việc một của binh");
  an.run(redo);
  await agree(an, binh);
  assert.equal(an.state.doc.child(2).textContent, "việc một của binh");
});

test("a paragraph that others wrote in while it was deleted stays with their words alone", async () => {
  const [an, binh] = await pair(...BLOCKS);
  an.away();
  const start = an.at("two") - 1;
  an.dispatch(an.state.tr.delete(start, start + an.state.doc.nodeAt(start).nodeSize));
  binh.type("two", 8, " và chữ của Bình");
  await binh.sync();
  await an.back();
  await agree(an, binh);
  assert.equal(an.text("two"), " và chữ của Bình");
  assert.deepEqual([an.kept, binh.lost], [[false], []]);
});

test("of several paragraphs deleted at once, only those that others wrote in stay", async () => {
  const [an, binh] = await pair(...BLOCKS);
  an.away();
  const [from, to] = [an.at("one", 5), an.at("three", 5)];
  an.dispatch(an.state.tr.delete(an.at("two") - 1, an.at("two") + 9).delete(from, an.at("one", 8)));
  assert.ok(to);
  binh.type("two", 8, " thêm");
  await binh.sync();
  await an.back();
  await agree(an, binh);
  assert.equal(an.text("one"), "việc ");
  assert.equal(an.text("two"), " thêm");
  assert.equal(an.text("three"), "việc ba");
});

test("words typed over a passage and words that others put into it both stand", async () => {
  const [an, binh] = await pair(...BLOCKS);
  an.away();
  an.dispatch(an.state.tr.insertText("m", an.at("one", 0), an.at("one", 8)));
  an.put("one", 1).write("ới");
  binh.type("one", 5, "thứ ");
  await binh.sync();
  await an.back();
  await agree(an, binh);
  assert.equal(an.text("one"), "thứ mới");
  assert.deepEqual(an.lost, []);
});

test("cells are not merged, and no row or table goes, over what others wrote in them", async () => {
  const acts = {
    merge: [state => state.tr.setSelection(CellSelection.create(state.doc, ...cells(state.doc))), tables.mergeCells],
    row: [null, tables.deleteRow],
    column: [null, tables.deleteColumn],
    table: [null, tables.deleteTable],
  };
  for (const [name, [choose, act]] of Object.entries(acts)) {
    const [an, binh] = await pair(BLOCKS[0], TABLE);
    an.away();
    an.put("cella");
    if (choose) an.dispatch(choose(an.state));
    an.run(act);
    binh.type(name === "merge" ? "cellb" : "cella", 2, " của Bình");
    await binh.sync();
    await an.back();
    const doc = await agree(an, binh);
    assert.equal(doc.child(2).textContent.replace(" của Bình", ""), "A1B1A2B2", name);
    assert.match(doc.child(2).textContent, / của Bình/, name);
    assert.equal(an.kept.length, 1, name);
  }
});

function cells(doc) {
  const found = [];
  doc.descendants((node, pos) => {
    if (node.type.spec.tableRole === "cell") found.push(pos);
  });
  return found.slice(0, 2);
}

test("undoing a paste leaves what others wrote into it", async () => {
  const [an, binh] = await pair(...BLOCKS);
  const pasted = Node.fromJSON(schema, clause("pasted", "đoạn dán vào"));
  an.dispatch(an.state.tr.insert(an.at("two") - 1, pasted));
  await agree(an, binh);
  binh.type("pasted", 4, " của Bình");
  await agree(an, binh);
  an.run(undo);
  await agree(an, binh);
  assert.equal(an.text("pasted"), " của Bình");
  assert.deepEqual(an.kept, ["undo"]);
});

test("undoing letters in a paragraph that others wrote in takes one's own alone", async () => {
  const [an, binh] = await pair(...BLOCKS);
  an.type("one", 8, " AAAA");
  await agree(an, binh);
  binh.type("one", 11, "bb");
  await agree(an, binh);
  assert.equal(an.text("one"), "việc một AAbbAA");
  an.run(undo);
  await agree(an, binh);
  assert.equal(an.text("one"), "việc mộtbb");
  assert.equal(binh.text("one"), "việc mộtbb");
});

test("whoever writes in a block that is taken away and brought back writes on there", async () => {
  const [an, binh] = await pair(...BLOCKS);
  binh.away();
  binh.type("two", 8, " thêm nữa");
  const start = an.at("two") - 1;
  const block = an.state.doc.nodeAt(start);
  an.dispatch(an.state.tr.delete(start, start + block.nodeSize).insert(an.at("one") - 1, block));
  await an.sync();
  await binh.back();
  binh.write("!");
  await agree(an, binh);
  assert.equal(an.text("two"), "việc hai thêm nữa!");
  assert.deepEqual(binh.lost, []);
});

test("words typed into a block that is gone for good are told", async () => {
  const [an, binh] = await pair(...BLOCKS);
  binh.away();
  binh.type("two", 8, " thêm nữa");
  const start = an.at("two") - 1;
  an.dispatch(an.state.tr.delete(start, start + an.state.doc.nodeAt(start).nodeSize));
  await an.sync();
  await binh.back();
  await agree(an, binh);
  assert.deepEqual(binh.lost, [" thêm nữa"]);
  assert.ok(binh.isHomeless);
});

/** A reproducible stream of numbers: the same seed fails the same way. */
function dice(seed) {
  let state = seed;
  return sides => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

/** Random acts of one person; what is typed is a mark that can be found again. */
function act(person, roll, mark, mayUndo) {
  const {doc} = person.state;
  const blocks = [];
  doc.descendants((node, pos) => {
    if (node.type === schema.nodes.clause) blocks.push({id: node.attrs.id, pos, node});
    return !node.isTextblock;
  });
  const {id, pos, node} = blocks[roll(blocks.length)];
  const kind = roll(mayUndo ? 9 : 7);
  if (kind < 4) person.type(id, roll(node.content.size + 1), mark);
  else if (kind === 4) person.put(id) && moveDown(person.state, tr => person.dispatch(tr));
  else if (kind === 5) person.put(id) && moveUp(person.state, tr => person.dispatch(tr));
  else if (kind === 6) person.dispatch(person.state.tr.setNodeAttribute(pos, "level", ["sec", "dash", "para"][roll(3)]));
  else if (kind === 7) undo(person.state, tr => person.dispatch(tr));
  else if (blocks.length > 6 && !node.textContent.includes("ȼ")) person.dispatch(person.state.tr.delete(pos, pos + node.nodeSize));
  return kind < 4;
}

const SEEDS = (process.env.SEEDS || "1,2,3,4,5,6,93").split(",").map(Number);

const count = text => text.split("ȼ").length - 1;

test("typing, moving, deleting and undoing of three people takes no word that was not seen", async () => {
  for (const seed of SEEDS) {
    const roll = dice(seed);
    const authority = new Authority(docOf(...BLOCKS, TABLE, clause("four", "việc bốn"), clause("five", "việc năm")));
    const people = ["an", "binh", "chi"].map(name => new Person(authority, name));
    let hers = 0;
    for (let round = 0; round < 60; round += 1) {
      const person = people[roll(3)];
      if (roll(5) === 0) person.away();
      // Chi takes nothing back, and nobody deletes what they see of hers: it is there in the end, or she is told.
      const isChi = person.name === "chi";
      if (act(person, roll, isChi ? "ȼ" : `«${round}»`, !isChi) && isChi) hers += 1;
      if (roll(3) === 0) await person.back();
    }
    for (const person of people) await person.back();
    const doc = await agree(...people);
    const told = people[2].lost.join("");
    assert.equal(count(doc.textContent) + count(told), hers, `seed ${seed}`);
    assert.equal(new Set(blockNames(doc)).size, blockNames(doc).length);
  }
});

function blockNames(doc) {
  const names = [];
  doc.descendants(node => {
    if (node.attrs.id) names.push(node.attrs.id);
  });
  return names;
}

test("a slice that is pasted over a passage waits for nobody's words to vanish", async () => {
  const [an, binh] = await pair(...BLOCKS);
  an.away();
  const fresh = Node.fromJSON(schema, clause("fresh", "đoạn mới"));
  const start = an.at("two") - 1;
  const end = start + an.state.doc.nodeAt(start).nodeSize;
  an.dispatch(an.state.tr.replace(start, end, new Slice(Fragment.from(fresh), 0, 0)));
  binh.type("two", 8, " thêm");
  await binh.sync();
  await an.back();
  await agree(an, binh);
  assert.equal(an.text("two"), "việc hai thêm");
  assert.deepEqual(an.kept, [true]);
});

test("a composition that never ends on a page without focus does not shut others out for good", t => {
  t.mock.timers.enable({apis: ["setTimeout", "Date"]});
  const state = EditorState.create({doc: Node.fromJSON(schema, docOf(...BLOCKS))});
  const view = {state, composing: true, hasFocus: () => false};
  let asked = 0;
  const composing = new Composing(view, () => (asked += 1));
  const touched = () => composing.isTouchedBy([Step.fromJSON(schema, typedAtStart)], [], ["other"], "own");
  assert.ok(touched());
  t.mock.timers.tick(10_000);
  assert.equal(asked, 1);
  assert.equal(touched(), false);
  view.composing = false;
  assert.equal(touched(), false);
});

const typedAtStart = {stepType: "replace", from: 1, to: 1, slice: {content: [{type: "text", text: "x"}]}};
