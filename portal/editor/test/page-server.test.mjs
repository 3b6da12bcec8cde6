/** What becomes of the server's answers: a busy server is waited for, and said to be busy. */
import assert from "node:assert/strict";
import {afterEach, test} from "node:test";
import {Refusal, Unreachable, sentenceOf, serverAt, statusWords} from "./page-sources.mjs";

const {fetch} = globalThis;
afterEach(() => Object.assign(globalThis, {fetch}));

const SENTENCE = "Bạn gửi quá nhiều yêu cầu. Hãy chờ 7 giây rồi thử lại.";

function problem(status, wait) {
  return new Response(JSON.stringify({detail: SENTENCE, status}), {
    status,
    headers: {"Content-Type": "application/problem+json", ...(wait && {"Retry-After": String(wait)})},
  });
}

function answering(...answers) {
  const asked = [];
  globalThis.fetch = async (url, {method}) => {
    asked.push(`${method} ${url}`);
    return answers.length > 1 ? answers.shift() : answers[0];
  };
  return asked;
}

test("a busy server tells how long to wait, and what is the matter", async () => {
  for (const status of [429, 503]) {
    const asked = answering(problem(status, 7));
    const error = await serverAt("/plans/p1/", "token")
      .offer("text/steps", {}, [409])
      .catch(each => each);
    assert.ok(error instanceof Unreachable);
    assert.equal(error.wait, 7000);
    assert.equal(sentenceOf(error), `${SENTENCE} Nội dung bạn gõ vẫn còn.`);
    assert.deepEqual(asked, ["POST /plans/p1/text/steps"]);
  }
});

test("what is only asked for is asked once more after a short wait", async () => {
  const good = new Response('{"version": 3}', {headers: {"Content-Type": "application/json"}});
  const asked = answering(problem(503, 0.01), good);
  assert.deepEqual(await serverAt("/p/", "token").get("text"), {version: 3});
  assert.equal(asked.length, 2);
});

test("a server that says nothing is unreachable, one that says no is a refusal", async () => {
  const server = serverAt("/p/", "token");
  answering(new Response("", {status: 503}));
  const silent = await server.get("text").catch(each => each);
  assert.deepEqual([silent.wait, silent.sentence], [0, ""]);
  assert.match(sentenceOf(silent), /Chưa nối được với máy chủ/);
  answering(problem(403));
  assert.ok((await server.get("text").catch(each => each)) instanceof Refusal);
});

test("the state of saving names a busy server", () => {
  assert.match(statusWords("busy", 2), /Máy chủ đang bận: còn 2 thay đổi chưa gửi, sẽ gửi lại/);
});
