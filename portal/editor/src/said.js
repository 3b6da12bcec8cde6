/** Sentences for the moment: shown at the foot of the page and read out, then gone. */
import {el} from "./dom.js";

const STAYS_MS = 8000;
let line = null;
let timer = null;

/** The region must be on the page before its first sentence, or that one is not read out. */
export function prepareToSay() {
  line = el("div", {class: "said-now", role: "status"});
  document.body.append(line);
}

export function say(sentence) {
  if (!sentence || !line) return;
  clearTimeout(timer);
  // The same sentence twice is read twice only when the line was empty in between.
  line.textContent = "";
  setTimeout(() => {
    line.textContent = sentence;
  }, 50);
  timer = setTimeout(() => {
    line.textContent = "";
  }, STAYS_MS);
}
