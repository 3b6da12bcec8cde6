/** Pages that share one list of steps end with one text, whatever gets lost on the way. */
import assert from "node:assert/strict";
import {test} from "node:test";
import {EditorState} from "prosemirror-state";
import {Node} from "prosemirror-model";
import {Step} from "prosemirror-transform";
import {Collaboration, Refusal, Unreachable, schema} from "./page-sources.mjs";

const block = (id, text) => ({
  type: "clause",
  attrs: {id, level: "para"},
  content: [{type: "text", text}],
});
const DOC = {
  type: "doc",
  content: [
    {type: "title", attrs: {id: "title000000"}},
    block("clause00000", "Các sở, ban, ngành phối hợp thực hiện."),
    {type: "recipients", attrs: {filing: "VT"}},
    {type: "signature", attrs: {id: "signature00"}},
  ],
};

/** The server: a list of steps, and a say in what gets through. */
class Authority {
  constructor() {
    this.log = [];
    this.most = Infinity;
    this.doc = Node.fromJSON(schema, DOC);
    this.mood = () => "fine";
  }

  since(version) {
    const later = this.log.slice(version, version + this.most);
    const isMore = version + later.length < this.log.length;
    return {from: version, isMore, steps: later.map(({step}) => step), clientIds: later.map(({client}) => client)};
  }

  async get(path) {
    if (this.mood() === "silent") throw new Unreachable("silent");
    return this.since(Number(new URLSearchParams(path.split("?")[1]).get("since")));
  }

  async offer(_path, {version, clientId, steps}) {
    assert.ok(steps.length > 0 && steps.length <= 200);
    assert.ok(JSON.stringify(steps).length < 3_000_000);
    const mood = this.mood();
    if (mood === "silent") throw new Unreachable("silent");
    if (mood === "refuse") throw new Refusal(422, "Không nhận.");
    if (version !== this.log.length) return {status: 409, data: this.since(version)};
    for (const step of steps) {
      const {doc, failed} = Step.fromJSON(schema, step).apply(this.doc);
      assert.equal(failed, null);
      this.doc = doc;
      this.log.push({step, client: clientId});
    }
    if (mood === "lose") throw new Unreachable("lost");
    return {status: 200, data: {version: this.log.length}};
  }
}

/** A page without a window: what the collaboration needs of a view. */
function page(server, clientId) {
  const told = [];
  const collaboration = new Collaboration({
    server,
    clientId,
    version: 0,
    tell: {
      status: (kind, count) => told.push([kind, count]),
      stopped: stop => told.push(["why", stop.status]),
      moved() {},
      lost: words => told.push(["lost", words]),
      homeless: () => told.push(["homeless"]),
      kept() {},
    },
  });
  const view = {
    state: EditorState.create({doc: Node.fromJSON(schema, DOC), plugins: [collaboration.plugin()]}),
    dispatch(tr) {
      view.state = view.state.apply(tr);
      if (tr.docChanged) collaboration.changed();
    },
  };
  collaboration.attach(view);
  return {view, collaboration, told, text: () => view.state.doc.child(1).textContent};
}

const type = ({view}, at, text) => view.dispatch(view.state.tr.insertText(text, at));
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/** A reproducible stream of numbers: the same seed fails the same way. */
function dice(seed) {
  let state = seed;
  return sides => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

test("typing of three pages over a server that loses things converges and keeps every word", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const roll = dice(seed);
    const server = new Authority();
    server.mood = () => ["fine", "fine", "fine", "lose", "silent"][roll(5)];
    const pages = ["one", "two", "three"].map(name => page(server, name));
    const words = [];
    for (let round = 0; round < 40; round += 1) {
      const one = pages[roll(3)];
      const word = `[${seed}.${round}]`;
      words.push(word);
      type(one, 3 + roll(one.view.state.doc.child(1).content.size), word);
      if (roll(4) === 0) await pages[roll(3)].collaboration.pull();
      await pause(roll(15));
    }
    server.mood = () => "fine";
    for (const each of pages) assert.ok(await each.collaboration.settled());
    for (const each of pages) await each.collaboration.pull();
    for (const each of pages) {
      assert.ok(each.view.state.doc.eq(server.doc));
      assert.equal(each.collaboration.version, server.log.length);
      assert.equal(each.collaboration.timeline.version, server.log.length);
    }
    const letters = words.join("").length + "Các sở, ban, ngành phối hợp thực hiện.".length;
    assert.equal(server.doc.child(1).textContent.length, letters);
  }
});

test("a long absence is made up for in several answers, and what waits is sent then", async () => {
  const server = new Authority();
  const [one, two] = [page(server, "one"), page(server, "two")];
  for (const letter of "abcdefghij") {
    type(one, 8, letter);
    assert.ok(await one.collaboration.settled());
  }
  server.most = 3;
  await two.collaboration.pull();
  assert.equal(two.collaboration.version, 10);
  type(one, 8, "k");
  await one.collaboration.settled();
  const three = page(server, "three");
  type(three, 8, "l");
  assert.ok(await three.collaboration.settled());
  assert.ok(three.view.state.doc.eq(server.doc));
  assert.equal(server.log.length, 12);
});

test("words typed into what others delete meanwhile stay where their block stays", async () => {
  const server = new Authority();
  const [one, two] = [page(server, "one"), page(server, "two")];
  server.mood = () => "silent";
  type(one, 8, "mất chỗ ");
  type(one, 3, "ở lại ");
  server.mood = () => "fine";
  two.view.dispatch(two.view.state.tr.delete(6, 14));
  assert.ok(await two.collaboration.settled());
  one.collaboration.hurry();
  assert.ok(await one.collaboration.settled());
  await two.collaboration.pull();
  assert.deepEqual(one.told.filter(([kind]) => kind === "lost"), []);
  assert.ok(one.text().includes("ở lại ") && one.text().includes("mất chỗ "));
  assert.equal(one.text(), two.text());
});

test("much that was pasted without a connection goes in requests that the server reads", async () => {
  const server = new Authority();
  const one = page(server, "one");
  server.mood = () => "silent";
  for (const sign of "abcd") type(one, 3, sign.repeat(1_500_000));
  server.mood = () => "fine";
  one.collaboration.hurry();
  assert.ok(await one.collaboration.settled());
  assert.equal(server.log.length, 4);
});

test("a block that is carried into the middle of a paragraph fails, and does not stop the page", () => {
  const doc = Node.fromJSON(schema, DOC);
  const step = Step.fromJSON(schema, {
    stepType: "replace",
    from: doc.child(0).nodeSize + 5,
    to: doc.child(0).nodeSize + 5,
    slice: {content: [block("fresh000000", "khối mới")]},
  });
  assert.match(step.apply(doc).failed, /Invalid content/);
});

test("the same batch twice, or one with a gap before it, changes nothing wrongly", async () => {
  const server = new Authority();
  const [one, two] = [page(server, "one"), page(server, "two")];
  type(one, 3, "A");
  type(one, 4, "B");
  assert.ok(await one.collaboration.settled());
  const all = server.since(0);
  const three = page(server, "three");
  await three.collaboration.receive({from: 1, steps: all.steps.slice(1), clientIds: ["one"]});
  assert.equal(three.text(), one.text());
  await two.collaboration.receive({from: 0, steps: all.steps.slice(0, 1), clientIds: ["one"]});
  await two.collaboration.receive(all);
  await two.collaboration.receive(all);
  assert.equal(two.text(), one.text());
  assert.equal(two.collaboration.version, server.log.length);
});

test("a refusal stops everything and keeps what was typed", async () => {
  const server = new Authority();
  server.mood = () => "refuse";
  const one = page(server, "one");
  type(one, 3, "không ai nhận");
  assert.equal(await one.collaboration.settled(300), false);
  assert.ok(one.told.some(([kind, status]) => kind === "why" && status === 422));
  assert.equal(one.collaboration.unsent, 1);
  assert.match(one.text(), /không ai nhận/);
  server.mood = () => "fine";
  await one.collaboration.push();
  assert.equal(server.log.length, 0);
});

test("without an answer it waits longer and longer, at most eight seconds", async () => {
  const server = new Authority();
  server.mood = () => "silent";
  const one = page(server, "one");
  type(one, 3, "x");
  const waits = [];
  for (let at = 0; at < 8; at += 1) {
    await one.collaboration.push();
    waits.push(one.collaboration.wait);
  }
  one.collaboration.end({status: 0, sentence: ""});
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  assert.ok(one.told.some(([kind, count]) => kind === "offline" && count === 1));
});

test("places of an older version are carried to the text on the screen", async () => {
  const server = new Authority();
  const [one, two] = [page(server, "one"), page(server, "two")];
  type(two, 3, "XX");
  assert.ok(await two.collaboration.settled());
  await one.collaboration.pull();
  type(one, 3, "Y");
  assert.equal(one.collaboration.since(0).map(10), 13);
  assert.equal(one.collaboration.since(server.log.length).map(12), 13);
  assert.equal(one.collaboration.since(99), null);
  one.collaboration.end({status: 0, sentence: ""});
});
