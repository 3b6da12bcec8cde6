/** Asks the server in JSON, and turns whatever it refuses into a sentence a person can read. */
import {_} from "./words.js";

/** The server understood and said no; asking again would get the same answer. */
export class Refusal extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
    this.sentence = sentence;
  }
}

/**
 * No answer, or none worth having: the same question may be asked again, *wait* milliseconds later at the
 * earliest. *sentence* is what the server said, if it said anything: then it is there, but busy.
 */
export class Unreachable extends Error {
  constructor(message, {wait = 0, sentence = ""} = {}) {
    super(message);
    Object.assign(this, {wait, sentence});
  }
}

const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const PATIENCE_MS = 20000;
// What is only asked for is asked once more, if the server wants no longer pause than this.
const SHORT_WAIT_MS = 6000;

/** *planUrl* ends in "/"; *csrf* is the token of this session. */
export function serverAt(planUrl, csrf) {
  const call = async (method, path, body, expected) => {
    const response = await patient(method, () => answerTo(planUrl + path, method, body, csrf));
    if (PASSING.has(response.status)) throw await busy(response);
    const data = await json(response);
    if (response.ok || expected.includes(response.status)) return {status: response.status, data};
    throw new Refusal(response.status, data.detail || _("Máy chủ không nhận yêu cầu này."));
  };
  return {
    planUrl,
    get: async path => (await call("GET", path, undefined, [])).data,
    post: async (path, body) => (await call("POST", path, body, [])).data,
    /** As post, but a status of *expected* is an answer too: {status, data}. */
    offer: (path, body, expected) => call("POST", path, body, expected),
  };
}

async function patient(method, ask) {
  const response = await ask();
  const wait = waitOf(response);
  if (method !== "GET" || !PASSING.has(response.status) || !wait || wait > SHORT_WAIT_MS) return response;
  await new Promise(resolve => setTimeout(resolve, wait));
  return ask();
}

const waitOf = ({headers}) => Math.min(3600, Number(headers.get("Retry-After")) || 0) * 1000;

async function busy(response) {
  let sentence = "";
  if (/\bjson\b/.test(response.headers.get("Content-Type") || "")) {
    const told = await response.json().catch(() => ({}));
    sentence = String(told.detail || "");
  }
  return new Unreachable(String(response.status), {wait: waitOf(response), sentence});
}

async function answerTo(url, method, body, csrf) {
  const headers = {Accept: "application/json"};
  if (method === "POST") Object.assign(headers, {"Content-Type": "application/json", "X-CSRFToken": csrf});
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE_MS);
  try {
    return await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: waiting.signal,
    });
  } catch (error) {
    throw new Unreachable(error.message);
  } finally {
    clearTimeout(timer);
  }
}

/** The body; a page instead of JSON means that the session has ended and we were sent to sign in. */
async function json(response) {
  const kind = response.headers.get("Content-Type") || "";
  if (/\bjson\b/.test(kind)) {
    try {
      return await response.json();
    } catch (error) {
      throw new Unreachable(error.message);
    }
  }
  if (!response.ok) return {};
  if (response.status === 204) return {};
  throw new Refusal(401, _("Phiên làm việc của bạn đã hết. Bạn đăng nhập lại rồi mở lại trang này."));
}

/** What to tell the person about *error*, whatever it is. */
export function sentenceOf(error) {
  if (error instanceof Refusal) return error.sentence;
  if (error instanceof Unreachable && error.sentence)
    return _("%(sentence)s Nội dung bạn gõ vẫn còn.", {sentence: error.sentence});
  if (error instanceof Unreachable)
    return _("Chưa nối được với máy chủ. Nội dung bạn gõ vẫn còn; bạn thử lại sau ít phút.");
  console.error(error);
  return _("Có lỗi ở trang này. Bạn tải lại trang rồi thử lại.");
}
