/** Reads the HTML of Word, LibreOffice, Google Docs, of web pages and of this editor into plain blocks. */
import {Collector} from "./collector.js";
import {inert} from "./inert.js";
import {encodingIn, oldFonts, toUnicode} from "./legacy.js";
import {readListMarker} from "./markers.js";
import {readRows} from "./rows.js";

const SKIPPED = new Set([
  "SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "NOSCRIPT", "TEMPLATE", "SVG", "ANNOTATION", "ANNOTATION-XML", "OBJECT", "IFRAME",
  "IMG", "PICTURE", "VIDEO", "AUDIO", "CANVAS", "BUTTON", "INPUT", "SELECT", "TEXTAREA", "DEL", "XML",
]);
const BLOCKS = new Set([
  "P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "BLOCKQUOTE", "DD", "DT", "PRE", "SECTION", "ARTICLE",
  "ASIDE", "HEADER", "FOOTER", "MAIN", "NAV", "UL", "OL", "DL", "CENTER", "ADDRESS", "FIGURE", "FIGCAPTION", "HR",
  "FORM", "FIELDSET", "LEGEND", "DETAILS", "SUMMARY", "CAPTION", "TR", "TD", "TH",
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

/** The level that a list item has by its list: its kind of number and how deep it lies among its like. */
function levelOfItem(list, style, depth) {
  if (list.tagName === "UL") return depth > 1 ? "plus" : "dash";
  const type = (/list-style-type\s*:\s*([a-z-]+)/i.exec(style) || [])[1] || list.getAttribute("type") || "1";
  if (type === "I" || type === "upper-roman") return "part";
  if (/^(a|A|lower-alpha|lower-latin|upper-alpha|upper-latin)$/.test(type)) return "pt";
  return ["sec", "sub"][depth - 1] || "pt";
}

class Reader {
  /** *fonts* are the selectors whose letters are meant in an old encoding. */
  constructor(fonts) {
    this.fonts = fonts;
    this.out = new Collector();
    this.isConverted = false;
  }

  children(node, context) {
    for (let child = node.firstChild; child; child = child.nextSibling) this.read(child, context);
  }

  read(node, context) {
    if (node.nodeType === 3) this.words(node.data, context);
    else if (node.nodeType === 1) this.element(node, context);
  }

  words(given, context) {
    const text = context.encoding ? toUnicode(given, context.encoding) : given;
    if (text !== given) this.isConverted = true;
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
      encoding: this.encoding(element, style, context.encoding),
      isPre: context.isPre || /white-space\s*:\s*pre/i.test(style),
    };
  }

  encoding(element, style, was) {
    const own = encodingIn(style, element.getAttribute("face"));
    if (own !== null || !this.fonts.size) return own === null ? was : own;
    const tag = element.tagName.toUpperCase();
    return this.fonts.get(`${tag}.${element.className}`) ?? this.fonts.get(tag) ?? was;
  }

  block(element, tag, style, context) {
    const within = this.inline(element, style, context);
    if (tag === "PRE") within.isPre = true;
    if (tag === "OL" || tag === "UL") {
      within.depth = (context.depths[tag] || 0) + 1;
      within.depths = {...context.depths, [tag]: within.depth};
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
    if (element.caption) this.block(element.caption, "CAPTION", "", context);
    const {rows, isFit} = readRows(element, cell => {
      const reader = new Reader(this.fonts);
      reader.children(cell, {...context, list: null, depth: 0, depths: {}, isCell: true});
      reader.out.close();
      this.isConverted ||= reader.isConverted;
      return reader.out.blocks;
    });
    // A cell holds no table: the words of an inner one stay, line by line. So do those of a page's frame.
    if (isFit && !context.isCell && !isFrame(element.textContent)) this.out.table(rows);
    else {
      this.out.close();
      for (const block of flat(rows)) this.out.blocks.push(block);
    }
  }
}

/** Whether a table only holds the head of a page, or its foot, side by side: they are no table to the reader. */
function isFrame(words) {
  const text = words.normalize("NFC").replace(/\s+/g, " ").trim();
  const isHead = text.length < 600 && /CỘNG H(ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM/i.test(text);
  return isHead || (text.length < 3000 && /^Nơi nhận/i.test(text) && /\b(TM|KT|TL|TUQ|Q)\.|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG/.test(text));
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

/** {blocks, isConverted} of a piece of HTML; the first block is marked when only a part of it was copied from this editor. */
export function readHtml(html) {
  const dom = new DOMParser().parseFromString(inert(html), "text/html");
  const fonts = oldFonts(html);
  const reader = new Reader(fonts);
  reader.children(dom.body, {strong: false, em: false, encoding: fonts.get("BODY") || "", isPre: false, depth: 0, depths: {}, list: null, isCell: false});
  reader.out.close();
  const slice = dom.body.querySelector("[data-pm-slice]");
  const [openStart] = slice ? slice.getAttribute("data-pm-slice").split(" ").map(Number) : [0];
  const {blocks} = reader.out;
  if (openStart && blocks.length && blocks[0].kind !== "table") blocks[0].isPartial = true;
  return {blocks, isConverted: reader.isConverted};
}
