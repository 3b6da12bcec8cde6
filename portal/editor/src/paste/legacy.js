/** Turns letters typed for the fonts of the 1990s (.Vn*, VNI-*) into Unicode; the twin of portal/documents/word/reader/legacy.py. */

const FIRST = 0xa1;
// "." stands for no letter, or for a loose accent below.
const TCVN3_ROWS = [
  "ĂÂÊÔƠƯĐăâêôơưđẰ",
  ".....àảãáạẲằẳẵắẴ",
  "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ",
  "éẹềểễếệìỉỄẾỒĩíịò",
  "Ổỏõóọồổỗốộờởỡớợù",
  "Ỗủũúụừửữứựỳỷỹýỵ",
].join("").normalize("NFC");
const [GRAVE, ACUTE, HOOK, TILDE, DOT] = ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];
const [BREVE, ROOF, HORN] = ["\u0306", "\u0302", "\u031b"];
const TCVN3_ACCENTS = {"\u00b0": GRAVE, "\u00b1": HOOK, "\u00b2": TILDE, "\u00b3": ACUTE, "\u00b4": DOT};
const VNI_ACCENTS = {
  "ø": GRAVE, "ù": ACUTE, "û": HOOK, "õ": TILDE, "ï": DOT,
  "â": ROOF, "à": ROOF + GRAVE, "á": ROOF + ACUTE, "å": ROOF + HOOK, "ã": ROOF + TILDE, "ä": ROOF + DOT,
  "ê": BREVE, "è": BREVE + GRAVE, "é": BREVE + ACUTE, "ú": BREVE + HOOK, "ü": BREVE + TILDE, "ë": BREVE + DOT,
};
const VNI_WHOLE = {
  "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": `o${HORN}`, "ö": `u${HORN}`,
};

function fromTcvn3(text) {
  return text.replace(/[\u00a1-\u00fe]/g, sign => {
    if (sign in TCVN3_ACCENTS) return TCVN3_ACCENTS[sign];
    const letter = TCVN3_ROWS[sign.charCodeAt(0) - FIRST];
    return letter && letter !== "." ? letter : sign;
  });
}

/** Whether the letter before may carry the accent; else the sign stands for itself. */
function takes(letter, accent) {
  const base = letter[0].toLowerCase();
  const hasHorn = letter.slice(1) === HORN;
  if (letter.length > 1 && !hasHorn) return false;
  if (accent[0] === ROOF) return "aeo".includes(base) && !hasHorn;
  return accent[0] === BREVE ? base === "a" : "aeouy".includes(base);
}

function fromVni(text) {
  const written = [];
  for (const sign of text) {
    const low = sign.toLowerCase();
    const accent = VNI_ACCENTS[low];
    const last = written.length - 1;
    if (accent && last >= 0 && takes(written[last], accent)) written[last] += accent;
    else if (low in VNI_WHOLE) written.push(sign === low ? VNI_WHOLE[low] : VNI_WHOLE[low].toUpperCase());
    else written.push(sign);
  }
  return written.join("");
}

/** How the letters set in a font are meant: "", "tcvn3", "tcvn3 capitals" or "vni". */
export function encodingOf(font) {
  const name = font.trim().replace(/^["']|["']$/g, "").trim();
  if (/^\.vn/i.test(name)) return name.endsWith("H") ? "tcvn3 capitals" : "tcvn3";
  return /^vni[ -]/i.test(name) ? "vni" : "";
}

/** The letters that were meant, in NFC. */
export function toUnicode(text, encoding) {
  if (encoding === "vni") return fromVni(text).normalize("NFC");
  const meant = fromTcvn3(text).normalize("NFC");
  return encoding === "tcvn3 capitals" ? meant.toUpperCase() : meant;
}

const SEEN_THROUGH = /[a-zA-Z][µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÐÌÎÏÑªÒÕÓÔÖÝ×ØÜÞ«¬®ñøï]/g;
const ENOUGH = 5;

/** Whether a Unicode text is really an old encoding whose font was lost on the way. */
export function looksMisread(text) {
  if (/[ăđơưĂĐƠƯ\u1ea0-\u1ef9]/.test(text)) return false;
  return (text.slice(0, 100000).match(SEEN_THROUGH) || []).length >= ENOUGH;
}

const FAMILY = /font-family\s*:\s*([^;,]+)/i;

/** The encoding that an element's own style or `face` names, or null where it names no font. */
export function encodingIn(style, face) {
  const font = (FAMILY.exec(style) || [])[1] || (face && face.split(",")[0]);
  return font ? encodingOf(font) : null;
}

/** The insides of all style elements, in one walk whatever is left open. */
function* sheets(html) {
  const low = html.toLowerCase();
  for (let at = low.indexOf("<style"); at >= 0; at = low.indexOf("<style", at)) {
    const start = low.indexOf(">", at);
    const end = start < 0 ? -1 : low.indexOf("</style", start);
    if (end < 0) return;
    yield html.slice(start + 1, end);
    at = end;
  }
}

/** The selectors (“P.MsoNormal”) for which the style sheets of *html* name an old font. */
export function oldFonts(html) {
  const found = new Map();
  if (!/\.vn|vni/i.test(html)) return found;
  for (const sheet of sheets(html)) {
    for (const rule of sheet.split("}")) {
      const [selectors, body = ""] = rule.split("{");
      const encoding = encodingIn(body, null);
      if (!encoding) continue;
      for (const selector of selectors.split(",")) {
        // What is before it may be a comment.
        const [tag, name] = selector.trim().split(/\s/).pop().split(".");
        found.set(name ? `${tag.toUpperCase()}.${name}` : tag.toUpperCase(), encoding);
      }
    }
  }
  return found;
}
