/** What a copy of the text carries: the numbers too, which are nowhere in the document. */
import {Plugin, PluginKey} from "prosemirror-state";
import {deleteSelected} from "./deletion.js";
import {labels} from "./numbering.js";

/** The plain text of a slice, one block a line, each with its number. */
function plainText(slice, numbers) {
  const lines = [];
  slice.content.descendants(node => {
    if (node.isTextblock) {
      const label = numbers[node.attrs.id];
      lines.push((label ? `${label} ` : "") + node.textBetween(0, node.content.size, "", "\n"));
    }
    return !node.isTextblock;
  });
  return lines.join("\n");
}

/** Put the numbers before the clauses, in spans that our own pasting leaves out again. */
function number(dom, numbers, isWithin) {
  if (isWithin) return;
  for (const block of dom.querySelectorAll("p[data-level][data-id]")) {
    const label = numbers[block.getAttribute("data-id")];
    if (!label) continue;
    const span = document.createElement("span");
    span.setAttribute("data-number", label);
    span.textContent = `${label} `;
    block.prepend(span);
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
  const isWithin = selection.$from.sameParent(selection.$to);
  const slice = selection.content();
  const {dom} = view.serializeForClipboard(slice);
  unlinkTorn(dom, view.state.doc);
  number(dom, numbers, isWithin);
  event.preventDefault();
  event.clipboardData.clearData();
  event.clipboardData.setData("text/html", dom.innerHTML);
  event.clipboardData.setData("text/plain", plainText(slice, isWithin ? {} : numbers));
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
