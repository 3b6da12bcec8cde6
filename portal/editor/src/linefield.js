/** A field of one line: several pasted lines come in side by side, where the browser would run their words together. */
import {clean} from "./normal.js";

const BREAKS = /[\r\n\u2028\u2029\v]+/;

/** The lines of a pasted text as one: where a line ends without a sign, a comma keeps it apart. */
export function oneLine(text) {
  const lines = text.split(BREAKS).map(line => clean(line).replace(/\s+/g, " ").trim()).filter(Boolean);
  return lines.reduce((all, line) => (all ? `${all}${/[,;:.]$/.test(all) ? "" : ","} ${line}` : line), "");
}

/** Let *field* take several pasted lines. */
export function takesLines(field) {
  field.addEventListener("paste", event => {
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!BREAKS.test(text.trim()) || field.readOnly) return;
    event.preventDefault();
    const room = field.maxLength < 0 ? Infinity : field.maxLength - field.value.length + (field.selectionEnd - field.selectionStart);
    field.setRangeText(oneLine(text).slice(0, room), field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", {bubbles: true}));
  });
  return field;
}
