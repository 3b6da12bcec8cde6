/** A field for a remark in which "@" names a person: the names come from the server while typing. */
import {el, uniqueId} from "../dom.js";
import {_} from "../words.js";

const PAUSE_MS = 180;
const ASKED = /(^|\s)@([^@\n]{1,40})$/u;

/** The part of *text* before the cursor that asks for a name, or null. */
export function askedName(text, cursor) {
  const found = ASKED.exec(text.slice(0, cursor));
  return found ? {start: cursor - found[2].length - 1, query: found[2]} : null;
}

/** The text as it is sent: each chosen "@Tên" becomes "@[Tên](id)". */
export function withMentions(text, chosen) {
  const names = [...chosen.keys()].sort((a, b) => b.length - a.length).map(escape);
  if (!names.length) return text;
  const pattern = new RegExp(`@(${names.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return text.replace(pattern, (_whole, name) => `@[${name}](${chosen.get(name)})`);
}

function escape(name) {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The text as it is read: "@[Tên](id)" as a mark with the name. */
export function readMentions(text) {
  return text.split(/(@\[[^\]\n]{1,200}\]\([^)\s]{1,80}\))/u).map(part => {
    const name = /^@\[([^\]\n]+)\]\(/u.exec(part)?.[1];
    return name ? el("span", {class: "mention"}, `@${name}`) : part;
  });
}

/**
 * {element, field, value(), kept()}: a labelled text field with the list of names below it, of those whom
 * *audience* reaches. *kept* is what an earlier field gave with `kept()`.
 */
export function mentionField({label, server, audience, rows = 3, kept = null}) {
  const id = uniqueId("remark");
  const field = el("textarea", {
    id,
    class: "form-control",
    rows,
    maxlength: 5000,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
  });
  field.value = kept?.text || "";
  const names = new NameList(field, server, audience, kept?.chosen);
  const element = el(
    "div",
    {class: "remark-field"},
    el("label", {class: "form-label mb-1", for: id}, label),
    field,
    names.list,
    names.told,
  );
  return {
    element,
    field,
    value: () => withMentions(field.value.trim().normalize("NFC"), names.chosen),
    kept: () => ({text: field.value, chosen: [...names.chosen]}),
  };
}

class NameList {
  constructor(field, server, audience, chosen = []) {
    Object.assign(this, {field, server, audience, chosen: new Map(chosen), found: [], at: -1});
    this.list = el("ul", {
      class: "names",
      role: "listbox",
      id: uniqueId("names"),
      "aria-label": _("Người được nhắc"),
      hidden: true,
    });
    this.told = el("span", {class: "visually-hidden", role: "status"});
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", event => this.pressed(event));
    field.addEventListener("blur", () => this.close());
  }

  typed() {
    clearTimeout(this.timer);
    const asked = askedName(this.field.value, this.field.selectionStart);
    if (!asked) return this.close();
    this.timer = setTimeout(() => this.look(asked), PAUSE_MS);
    return undefined;
  }

  async look({start, query}) {
    let found = [];
    try {
      ({found} = await this.server.get(`text/people?audience=${this.audience}&q=${encodeURIComponent(query)}`));
    } catch {
      return this.close();
    }
    const now = askedName(this.field.value, this.field.selectionStart);
    if (now?.query !== query || document.activeElement !== this.field) return undefined;
    this.start = start;
    return this.show(found.slice(0, 8));
  }

  show(found) {
    this.found = found;
    if (!found.length) return this.close();
    this.list.replaceChildren(...found.map((person, index) => this.option(person, index)));
    this.list.hidden = false;
    this.field.setAttribute("aria-controls", this.list.id);
    this.told.textContent = _("%(count)s người khớp, dùng phím mũi tên để chọn", {count: found.length});
    return this.choose(0);
  }

  option({name, position}, index) {
    const words = [el("span", {class: "fw-medium"}, name), position ? ` – ${position}` : ""];
    return el(
      "li",
      {
        role: "option",
        id: `${this.list.id}-${index}`,
        // A press must not take the focus away: losing it closes the list.
        on: {mousedown: event => event.preventDefault(), click: () => this.take(index)},
      },
      ...words,
    );
  }

  choose(index) {
    this.at = index;
    [...this.list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === index)));
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
    this.list.children[index].scrollIntoView({block: "nearest"});
  }

  pressed(event) {
    if (this.list.hidden) return;
    const count = this.found.length;
    const acts = {
      ArrowDown: () => this.choose((this.at + 1) % count),
      ArrowUp: () => this.choose((this.at + count - 1) % count),
      Enter: () => this.take(this.at),
      Tab: () => this.take(this.at),
      Escape: () => this.close(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  take(index) {
    const {id, name} = this.found[index];
    this.chosen.set(name, id);
    this.field.setRangeText(`@${name} `, this.start, this.field.selectionStart, "end");
    this.close();
    this.field.focus();
    this.field.dispatchEvent(new Event("change", {bubbles: true}));
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.told.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }
}
