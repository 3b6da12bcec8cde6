/** Reads the HTML of Word, LibreOffice, Google Docs, of web pages and of this editor into plain blocks. */
import {Collector} from "./collector.js";
import {inert} from "./inert.js";
import {readListMarker} from "./markers.js";
import {readRows} from "./rows.js";

const SKIPPED = new Set([
  "SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "NOSCRIPT", "TEMPLATE", "SVG", "MATH", "OBJECT", "IFRAME",
  "IMG", "PICTURE", "VIDEO", "AUDIO", "CANVAS", "BUTTON", "INPUT", "SELECT", "TEXTAREA", "DEL", "XML",
]);
const BLOCKS = new Set([
  "P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "BLOCKQUOTE", "DD", "DT", "PRE", "SECTION", "ARTICLE",
  "ASIDE", "HEADER", "FOOTER", "MAIN", "NAV", "UL", "OL", "DL", "CENTER", "ADDRESS", "FIGURE", "FIGCAPTION", "HR",
  "FORM", "FIELDSET", "CAPTION", "TR", "TD", "TH",
]);
const HEADINGS = {H1: "part", H2: "sec", H3: "sub", H4: "pt"};
const OWN_KINDS = new Set(["title", "basis", "opening", "closing", "clause", "recipient", "annex_title"]);
const LEVELS = new Set(["part", "sec", "sub", "pt", "dash", "plus", "para"]);

function isHidden(style) {
  return /display\s*:\s*none|mso-hide\s*:\s*all/i.test(style);
}

function isBold(element, style, was) {
  const weight = /(?:^|[;\s])font-weight\s*:\s*([a-z0-9]+)/i.exec(style);
  if (weight) return /^bold/i.test(weight[1]) || parseInt(weight[1], 10) >= 600;
  return was || element.tagName === "B" || element.tagName === "STRONG";
}

function isItalic(element, style, was) {
  const slant = /(?:^|[;\s])font-style\s*:\s*([a-z]+)/i.exec(style);
  if (slant) return /^(italic|oblique)/i.test(slant[1]);
  return was || element.tagName === "I" || element.tagName === "EM";
}

/** The level that a list item has by its list: its kind of number and how deep it lies. */
function levelOfItem(list, style, depth) {
  if (list.tagName === "UL") return depth > 1 ? "plus" : "dash";
  const type = (/list-style-type\s*:\s*([a-z-]+)/i.exec(style) || [])[1] || list.getAttribute("type") || "1";
  if (type === "I" || type === "upper-roman") return "part";
  if (/^(a|A|lower-alpha|lower-latin|upper-alpha|upper-latin)$/.test(type)) return "pt";
  return depth > 1 ? "sub" : "sec";
}

class Reader {
  constructor() {
    this.out = new Collector();
  }

  children(node, context) {
    for (let child = node.firstChild; child; child = child.nextSibling) this.read(child, context);
  }

  read(node, context) {
    if (node.nodeType === 3) this.words(node.data, context);
    else if (node.nodeType === 1) this.element(node, context);
  }

  words(text, context) {
    if (context.isPre) {
      text.split("\n").forEach((line, at) => {
        if (at) this.out.break();
        this.out.text(line, context.strong, context.em);
      });
    } else if (this.out.block || /\S/.test(text)) this.out.text(text, context.strong, context.em);
  }

  element(element, context) {
    const tag = element.tagName.toUpperCase();
    const style = element.getAttribute("data-style") || "";
    if (SKIPPED.has(tag) || element.hasAttribute("data-number") || isHidden(style)) return;
    if (tag === "BR") this.out.break();
    else if (/mso-list\s*:\s*ignore/i.test(style)) this.out.marker(readListMarker(element.textContent, context.depth));
    else if (tag === "TABLE") this.table(element, context);
    else if (BLOCKS.has(tag)) this.block(element, tag, style, context);
    else this.children(element, this.inline(element, style, context));
  }

  inline(element, style, context) {
    return {
      ...context,
      strong: isBold(element, style, context.strong),
      em: isItalic(element, style, context.em),
      isPre: context.isPre || /white-space\s*:\s*pre/i.test(style),
    };
  }

  block(element, tag, style, context) {
    const within = this.inline(element, style, context);
    if (tag === "PRE") within.isPre = true;
    if (tag === "OL" || tag === "UL") {
      within.depth = (context.list ? context.depth : 0) + 1;
      within.list = element;
    }
    const msoLevel = /mso-list\s*:[^;]*\blevel([0-9])/i.exec(style);
    if (msoLevel) within.depth = Number(msoLevel[1]);
    this.out.open(this.hint(element, tag, style, within));
    this.children(element, within);
    this.out.close();
  }

  /** What the element itself says of the block's level. */
  hint(element, tag, style, context) {
    const kind = element.getAttribute("data-kind");
    if (OWN_KINDS.has(kind)) return ownHint(element, kind);
    if (tag in HEADINGS) return {level: HEADINGS[tag]};
    if (tag === "LI" && context.list) return {level: levelOfItem(context.list, style, context.depth)};
    // Google Docs and LibreOffice put a paragraph into each item: its first one is the item.
    const parent = element.parentNode;
    if (tag === "P" && parent && parent.tagName === "LI" && context.list && isFirstElement(element)) {
      return {level: levelOfItem(context.list, parent.getAttribute("data-style") || "", context.depth)};
    }
    return {};
  }

  table(element, context) {
    const {rows, isFit} = readRows(element, cell => {
      const reader = new Reader();
      reader.children(cell, {...context, list: null, depth: 0, isCell: true});
      reader.out.close();
      return reader.out.blocks;
    });
    // A cell holds no table: the words of an inner one stay, line by line.
    if (isFit && !context.isCell) this.out.table(rows);
    else {
      this.out.close();
      for (const block of flat(rows)) this.out.blocks.push(block);
    }
  }
}

const isFirstElement = element => !element.previousElementSibling;

/** The blocks of all cells, one after the other. */
export const flat = rows => rows.flatMap(row => row.flatMap(cell => cell.blocks));

function ownHint(element, kind) {
  const level = element.getAttribute("data-level");
  return {
    isOwn: true,
    kind,
    id: element.getAttribute("data-id"),
    level: LEVELS.has(level) ? level : "para",
    target: element.getAttribute("data-target"),
    purpose: element.getAttribute("data-purpose"),
  };
}

/** The blocks of a piece of HTML; the first is marked when only a part of it was copied from this editor. */
export function readHtml(html) {
  const dom = new DOMParser().parseFromString(inert(html), "text/html");
  const reader = new Reader();
  reader.children(dom.body, {strong: false, em: false, isPre: false, depth: 0, list: null, isCell: false});
  reader.out.close();
  const slice = dom.body.querySelector("[data-pm-slice]");
  const [openStart] = slice ? slice.getAttribute("data-pm-slice").split(" ").map(Number) : [0];
  const {blocks} = reader.out;
  if (openStart && blocks.length && blocks[0].kind !== "table") blocks[0].isPartial = true;
  return blocks;
}
