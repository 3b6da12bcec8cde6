/** Renders HTML inert before it is parsed: the page's content security policy complains of every style and script in it. */

const SILENT = /^<(style|script)\b/i;
const LIVE = /([\s"'/])(style|on[a-z]+)(\s*=)/gi;

/** Where the tag that begins at *start* ends, one past its “>”; quotes may hold a “>”. */
function tagEnd(html, start) {
  let quote = "";
  for (let at = start; at < html.length; at++) {
    const sign = html[at];
    if (quote) {
      if (sign === quote) quote = "";
    } else if (sign === ">") return at + 1;
    else if ((sign === '"' || sign === "'") && html[at - 1] === "=") quote = sign;
  }
  return html.length;
}

const past = (html, words, from) => {
  const at = html.indexOf(words, from);
  return at < 0 ? html.length : at + words.length;
};

function pastClosing(html, name, from) {
  const closing = new RegExp(`</${name}`, "gi");
  closing.lastIndex = from;
  const found = closing.exec(html);
  return found ? tagEnd(html, found.index) : html.length;
}

/** One walk from start to end: comments, styles and scripts go, `style` becomes `data-style`. */
export function inert(html) {
  const kept = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    kept.push(html.slice(at, open));
    if (html.startsWith("<!--", open)) at = past(html, "-->", open + 2);
    else if (/[!?]/.test(html[open + 1] || "")) at = past(html, ">", open);
    else if (/[a-z]/i.test(html[open + 1] || "")) {
      const end = tagEnd(html, open);
      const silent = SILENT.exec(html.slice(open, open + 8));
      at = silent ? pastClosing(html, silent[1], end) : end;
      if (!silent) kept.push(html.slice(open, end).replace(LIVE, "$1data-$2$3"));
    } else {
      at = open + 1;
      kept.push("<");
    }
  }
  kept.push(html.slice(at));
  return kept.join("");
}
