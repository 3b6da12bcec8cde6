/** Gathers what a paste brings into plain blocks and tables, whatever program it came from. */
import {clean} from "../normal.js";
import {readTyped} from "./markers.js";

export const BREAK = null;

/** A block as it is gathered: its kind and level, and runs of {text, strong, em}; a null run is a break. */
function fresh(hint) {
  return {hint, runs: [], marker: null};
}

const BLANKS = /[ \t\r\n\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g;

/** Spaces of all sorts become one. Only here was a no-break space typed on purpose: other programs fill up with it. */
const oneSpace = (text, isOwn) => text.replace(BLANKS, found => (isOwn && found === "\u00a0" ? found : " "));

/** Merge equal neighbours and give every run its normal spelling. */
function merged(runs, isOwn = false) {
  const whole = [];
  for (const run of runs) {
    const last = whole[whole.length - 1];
    if (run !== BREAK && last && last.strong === run.strong && last.em === run.em) last.parts.push(run.text);
    else whole.push(run === BREAK ? BREAK : {strong: run.strong, em: run.em, parts: [run.text]});
  }
  return whole.map(run => (run === BREAK ? BREAK : {strong: run.strong, em: run.em, text: oneSpace(clean(run.parts.join("")), isOwn)}));
}

/** Drop spaces at both ends and around breaks, doubled spaces between runs, and empty runs. */
function trimmed(runs) {
  const kept = [];
  for (const run of runs) {
    const last = kept[kept.length - 1];
    if (run === BREAK) {
      if (last) last.text = last.text.replace(/ +$/, "");
      kept.push(BREAK);
    } else {
      const isStart = !last || last.text.endsWith(" ");
      const text = isStart ? run.text.replace(/^ +/, "") : run.text;
      if (text) kept.push({...run, text});
    }
  }
  while (kept.length && (kept[kept.length - 1] === BREAK || !kept[kept.length - 1].text.trim())) kept.pop();
  while (kept.length && (kept[0] === BREAK || !kept[0].text)) kept.shift();
  const last = kept[kept.length - 1];
  if (last) last.text = last.text.replace(/ +$/, "");
  return kept.filter(run => run === BREAK || run.text);
}

/** Lines between breaks: a line that begins with a number is a block of its own, so is one after a blank line. */
function* lines(runs) {
  let line = [];
  for (let at = 0; at < runs.length; at++) {
    if (runs[at] === BREAK) {
      const isBlank = runs[at + 1] === BREAK;
      const isNumbered = runs[at + 1] && readTyped(runs[at + 1].text).level !== "para";
      if (isBlank || isNumbered) {
        if (line.length) yield line;
        line = [];
        while (runs[at + 1] === BREAK) at++;
        continue;
      }
    }
    line.push(runs[at]);
  }
  if (line.length) yield line;
}

/** Take *length* signs off the start. */
function without(runs, length) {
  const rest = [...runs];
  while (length > 0 && rest.length && rest[0] !== BREAK) {
    const {text} = rest[0];
    if (text.length > length) rest[0] = {...rest[0], text: text.slice(length)};
    else rest.shift();
    length -= Math.min(length, text.length);
  }
  return trimmed(rest);
}

const textOf = runs => runs.map(run => (run === BREAK ? "\n" : run.text)).join("");

export class Collector {
  blocks = [];
  block = null;

  /** Begin a block; *hint* is {level, kind, …} where the source itself says what it is. */
  open(hint = {}) {
    this.close();
    this.block = fresh(hint);
  }

  text(text, strong, em) {
    if (!this.block) this.block = fresh({});
    this.block.runs.push({text, strong, em});
  }

  break() {
    if (this.block) this.block.runs.push(BREAK);
  }

  /** The number that the source typed for a list item, with the level it stands for. */
  marker(marker) {
    if (!this.block) this.block = fresh({});
    this.block.marker = marker;
  }

  table(rows) {
    this.close();
    if (rows.length) this.blocks.push({kind: "table", rows});
  }

  close() {
    const {block} = this;
    this.block = null;
    if (!block) return;
    // What was copied from this editor is taken as it is.
    const isOwn = Boolean(block.hint.isOwn);
    const runs = isOwn ? merged(block.runs, true) : trimmed(merged(block.runs));
    if (!runs.length) return;
    if (isOwn) this.blocks.push({...block.hint, typed: "", runs});
    else [...lines(runs)].forEach((line, at) => this.add(at ? fresh({}) : block, line));
  }

  add({hint, marker}, runs) {
    const read = readTyped(textOf(runs));
    const kind = "clause";
    if (marker && marker.level === "para") {
      const typed = {...(runs[0] || {strong: false, em: false}), text: `${marker.typed} `};
      this.blocks.push({kind, level: "para", typed: "", runs: merged([typed, ...runs])});
    } else if (marker) {
      this.blocks.push({kind, level: marker.level, typed: marker.typed, runs});
    } else if (read.level !== "para") {
      this.blocks.push({kind, level: read.level, typed: read.typed, runs: without(runs, read.length)});
    } else this.blocks.push({kind, level: hint.level || "para", typed: "", runs});
  }
}
