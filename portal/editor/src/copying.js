/** What a copy of the text carries: the numbers too, which are nowhere in the document. */
import {Plugin, PluginKey} from "prosemirror-state";
import {deleteSelected} from "./deletion.js";
import {labels} from "./numbering.js";

const lineOf = node => node.textBetween(0, node.content.size, "", "\n");

/** What stands before the words of a block on the paper, and after them. */
function around(node, numbers) {
  if (node.type.name === "recipient") return ["- ", node.attrs.purpose ? ` (${node.attrs.purpose})` : ""];
  const label = numbers[node.attrs.id];
  return [label ? `${label} ` : "", ""];
}

/** The plain text of a slice, one block a line, each with its number; the cells of a row side by side. */
function plainText(slice, numbers) {
  const lines = [];
  const cellText = cell => cell.content.content.map(node => around(node, numbers)[0] + lineOf(node)).join(" ").replace(/\s+/g, " ");
  slice.content.descendants(node => {
    if (node.type.name === "table_row") lines.push(node.content.content.map(cellText).join("\t"));
    else if (node.type.name === "annex") lines.push(numbers[node.attrs.id]);
    else if (node.isTextblock) {
      const [before, after] = around(node, numbers);
      lines.push(before + lineOf(node) + after);
    }
    return !node.isTextblock && node.type.name !== "table_row";
  });
  return lines.filter(line => line !== undefined).join("\n");
}

/** Words that stand on the paper and not in the document: our own pasting leaves them out again. */
function written(words) {
  const span = document.createElement("span");
  span.setAttribute("data-number", words.trim());
  span.textContent = words;
  return span;
}

/** Put the numbers before the clauses and annexes, and what belongs to the lines of Nơi nhận. */
function number(dom, numbers, isWithin) {
  // Without a border, a table comes into Word and into mails as loose words.
  for (const table of dom.querySelectorAll("table")) table.setAttribute("border", "1");
  if (isWithin) return;
  for (const block of dom.querySelectorAll("p[data-level][data-id]")) {
    const label = numbers[block.getAttribute("data-id")];
    if (label) block.prepend(written(`${label} `));
  }
  for (const annex of dom.querySelectorAll("section[data-kind=annex][data-id]")) {
    const label = document.createElement("p");
    label.append(written(numbers[annex.getAttribute("data-id")] || ""));
    annex.prepend(label);
  }
  for (const line of dom.querySelectorAll("p[data-kind=recipient]")) {
    line.prepend(written("- "));
    const purpose = line.getAttribute("data-purpose");
    if (purpose) line.append(written(` (${purpose})`));
  }
}

/** A line of which only a part was copied is linked to nobody: its words no longer name the organisation. */
function unlinkTorn(dom, doc) {
  const whole = new Map();
  doc.descendants(node => {
    if (node.attrs.target) whole.set(node.attrs.id, node.textContent);
    return !node.isTextblock;
  });
  for (const line of dom.querySelectorAll("p[data-target]")) {
    if (whole.get(line.getAttribute("data-id")) !== line.textContent) line.removeAttribute("data-target");
  }
}

function copy(view, event) {
  const {selection} = view.state;
  if (selection.empty || !event.clipboardData) return false;
  const numbers = labels(view.state.doc);
  const isWithin = selection.$from.sameParent(selection.$to) && selection.$from.parent.isTextblock;
  const slice = selection.content();
  const {dom} = view.serializeForClipboard(slice);
  unlinkTorn(dom, view.state.doc);
  number(dom, numbers, isWithin);
  event.preventDefault();
  event.clipboardData.clearData();
  event.clipboardData.setData("text/html", dom.innerHTML);
  const words = isWithin ? view.state.doc.textBetween(selection.from, selection.to, "", "\n") : plainText(slice, numbers);
  event.clipboardData.setData("text/plain", words);
  return true;
}

export const copying = () => new Plugin({
  key: new PluginKey("copying"),
  props: {
    handleDOMEvents: {
      copy,
      cut(view, event) {
        if (!view.editable || !copy(view, event)) return false;
        const tr = deleteSelected(view.state);
        if (tr) view.dispatch(tr.scrollIntoView().setMeta("uiEvent", "cut"));
        return true;
      },
    },
  },
});
