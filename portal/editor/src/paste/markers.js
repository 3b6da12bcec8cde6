/** What the beginning of a line says about its level; the twin of workflows/domain/content/lines.py. */
import {roman} from "../numbering.js";

const MARKERS = [
  ["part", /^([IVXLCDM]{1,16}\.) +/],
  ["sub", /^([0-9]{1,4}\.[0-9]{1,4}\.?) +/],
  ["sec", /^([0-9]{1,4}\.) +/],
  ["pt", /^([a-zđ]{1,3}\)) +/],
  ["dash", /^([-–—•*·▪●§]) +/],
  ["plus", /^(\+) +/],
];
const FIGURES = new Set(Array.from({length: 3999}, (_none, at) => `${roman(at + 1)}.`));

/** {level, typed, length}: the marker at the start of a trimmed text, *length* signs long; else para. */
export function readMarker(text) {
  for (const [level, pattern] of MARKERS) {
    const found = pattern.exec(text);
    if (found && (level !== "part" || FIGURES.has(found[1]))) return {level, typed: found[1], length: found[0].length};
  }
  return {level: "para", typed: "", length: 0};
}

// As people type them without a space. What follows must look like the beginning of a sentence, so that
// 1.500.000, -5 and V.v. stay words.
const TIGHT = [
  ["part", /^([IVXL]{1,8}\.)(?=\p{Lu}{2})/u],
  ["sub", /^([0-9]{1,3}\.[0-9]{1,3}\.)(?=\p{Lu})/u],
  ["sec", /^([0-9]{1,3}\.)(?=\p{Lu})/u],
  ["pt", /^([a-zđ]\))(?=\p{L})/u],
  ["dash", /^([-–—])(?=\p{Lu})/u],
  ["plus", /^(\+)(?=\p{Lu})/u],
];
// One of A., B., C., D., and never the fiftieth or hundredth part.
const LETTER = /^[CDLM]\.$/;

/** As `readMarker`, for a line that people typed. */
export function readTyped(text) {
  const read = readMarker(text);
  if (LETTER.test(read.typed)) return {level: "para", typed: "", length: 0};
  if (read.level !== "para") return read;
  for (const [level, pattern] of TIGHT) {
    const found = pattern.exec(text);
    if (found && (level !== "part" || FIGURES.has(found[1]))) return {level, typed: found[1], length: found[1].length};
  }
  return read;
}

const BULLETS = /^[·•▪●○◦§Øüvoq–—\-*\u{f000}-\u{f0ff}]$/u;

/** The level of what Word typed into its own marker span: a number, or a sign of a symbol font. */
export function readListMarker(typed, depth) {
  const sign = typed.replace(/\s+/g, " ").trim();
  const marker = readMarker(`${sign} `);
  if (/^[-–—]$/.test(sign)) return {level: "dash", typed: sign};
  if (marker.level === "dash" || BULLETS.test(sign)) return {level: depth > 1 ? "plus" : "dash", typed: sign};
  return marker.level === "para" || LETTER.test(sign) ? {level: "para", typed: sign} : {level: marker.level, typed: sign};
}
