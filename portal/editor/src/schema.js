/** The browser's half of the one schema of a plan's text: how each kind of block is drawn and read. */
import {Schema} from "prosemirror-model";
import spec from "../../../workflows/domain/content/schema.json" with {type: "json"};

const id = node => (node.attrs.id ? {"data-id": node.attrs.id} : {});
const readId = dom => ({id: dom.getAttribute("data-id") || null});
const block = (tag, kind) => ({
  toDOM: node => [tag, {...id(node), "data-kind": kind}, 0],
  parseDOM: [{tag: `${tag}[data-kind=${kind}]`, getAttrs: readId, priority: 60}],
});
const number = (dom, name) => Math.max(1, parseInt(dom.getAttribute(name), 10) || 1);
const cell = tag => ({
  toDOM(node) {
    const {colspan, rowspan} = node.attrs;
    return [tag, {...(colspan > 1 && {colspan}), ...(rowspan > 1 && {rowspan})}, 0];
  },
  parseDOM: [{
    tag,
    getAttrs: dom => ({colspan: number(dom, "colspan"), rowspan: number(dom, "rowspan")}),
  }],
});

const SHAPES = {
  title: block("h1", "title"),
  basis: block("p", "basis"),
  opening: block("p", "opening"),
  closing: block("p", "closing"),
  clause: {
    toDOM: node => ["p", {...id(node), "data-kind": "clause", "data-level": node.attrs.level}, 0],
    parseDOM: [
      {
        tag: "p[data-level]",
        priority: 60,
        getAttrs: dom => ({...readId(dom), level: dom.getAttribute("data-level")}),
      },
      {tag: "p"},
    ],
  },
  table: {
    toDOM: node => ["table", id(node), ["tbody", 0]],
    parseDOM: [{tag: "table", getAttrs: readId}],
  },
  table_row: {toDOM: () => ["tr", 0], parseDOM: [{tag: "tr"}]},
  table_cell: cell("td"),
  table_header: cell("th"),
  recipients: {
    toDOM: node => ["section", {"data-kind": "recipients", "data-filing": node.attrs.filing}, 0],
    parseDOM: [{
      tag: "section[data-kind=recipients]",
      getAttrs: dom => ({filing: dom.getAttribute("data-filing") || ""}),
    }],
  },
  recipient: {
    toDOM: node => ["p", {
      ...id(node),
      "data-kind": "recipient",
      ...(node.attrs.target && {"data-target": node.attrs.target}),
      ...(node.attrs.purpose && {"data-purpose": node.attrs.purpose}),
    }, 0],
    parseDOM: [{
      tag: "p[data-kind=recipient]",
      priority: 60,
      getAttrs: dom => ({
        ...readId(dom),
        target: dom.getAttribute("data-target") || null,
        purpose: dom.getAttribute("data-purpose") || null,
      }),
    }],
  },
  signature: {
    toDOM: node => ["div", {...id(node), "data-kind": "signature"}],
    parseDOM: [{tag: "div[data-kind=signature]", getAttrs: readId}],
  },
  annex: {
    toDOM: node => ["section", {...id(node), "data-kind": "annex"}, 0],
    parseDOM: [{tag: "section[data-kind=annex]", getAttrs: readId}],
  },
  annex_title: block("h2", "annex_title"),
  hard_break: {toDOM: () => ["br"], parseDOM: [{tag: "br"}]},
  strong: {toDOM: () => ["strong", 0], parseDOM: [{tag: "strong"}, {tag: "b"}]},
  em: {toDOM: () => ["em", 0], parseDOM: [{tag: "em"}, {tag: "i"}]},
};

// Of whole nodes only a table is ever selected: a click must not put one key press between a person
// and the loss of the signature or of Nơi nhận.
const drawn = kinds => Object.fromEntries(
  Object.entries(kinds).map(([name, kind]) => [name, {...kind, ...SHAPES[name], selectable: name === "table"}]),
);

export const schema = new Schema({
  topNode: spec.topNode,
  nodes: drawn(spec.nodes),
  marks: {strong: SHAPES.strong, em: SHAPES.em},
});
