/** The surface alone on a page, for the browser tests: what they look at is put on the window. */
import {NodeSelection, TextSelection} from "prosemirror-state";
import {labels} from "../src/numbering.js";
import {prepareToSay} from "../src/said.js";
import {openSurface} from "../src/surface.js";

const given = JSON.parse(document.getElementById("given").textContent);
const place = document.getElementById("editor");
const heard = {changes: 0, refusals: [], saves: 0};
prepareToSay();
const surface = openSurface(place, {
  ...given,
  findRecipients: async words => given.directory.filter(each => each.name.toLowerCase().includes(words.toLowerCase())),
  onChange(_state, transaction) { if (transaction.docChanged) heard.changes += 1; },
  ...(given.saves && {onSave() { heard.saves += 1; }}),
  ...(given.hears && {onRefusal: sentence => heard.refusals.push(sentence)}),
});
document.getElementById("outline").append(surface.outlineElement);
Object.assign(window, {surface, heard, labels, TextSelection, NodeSelection});
document.body.dataset.ready = "yes";
