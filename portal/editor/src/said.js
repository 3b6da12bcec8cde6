/** Sentences for the moment: shown beside the text and read out, then gone; or read out only. */
import {el} from "./dom.js";

const STAYS_MS = 8000;
let line = null;
let timer = null;
let unseen = null;

/** The region must be on the page before its first sentence, or that one is not read out. */
export function prepareToSay() {
  line = el("div", {class: "said-now", role: "status"});
  line.addEventListener("click", () => {
    line.textContent = "";
  });
  unseen = el("div", {class: "visually-hidden", role: "status"});
  document.body.append(line, unseen);
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

/** For those who hear the page: what the others see for themselves. */
export function sayUnseen(sentence) {
  if (unseen) unseen.textContent = sentence;
}
