/** A text field with suggestions, after the combobox pattern of the ARIA practices guide. */
import {_} from "./words.js";
import {el, uniqueId} from "./dom.js";
import {takesLines} from "./linefield.js";

const PAUSE = 200;

/** What *find* gave for the newest question only; older answers are dropped. */
function newest(find) {
  let asked = 0;
  return async words => {
    const own = ++asked;
    let found = [];
    try {
      found = await find(words);
    } catch {
      found = null;
    }
    return own === asked ? {found} : null;
  };
}

export class Combobox {
  /** *find*(words) resolves to [{code, name}]; *code* is that of the picked one, null for typed words. */
  constructor({label, find, name = "", code = null}) {
    const id = uniqueId("combobox");
    this.find = newest(find);
    this.code = code;
    this.options = [];
    this.at = -1;
    this.list = el("ul", {id: `${id}-list`, class: "ed-options", role: "listbox", "aria-label": label, hidden: true});
    this.said = el("p", {class: "ed-options-said small text-body-secondary", role: "status"});
    this.field = takesLines(el("input", {
      id,
      class: "form-control",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      maxlength: "500",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${id}-list`,
      on: {input: () => this.onInput(), keydown: event => this.onKey(event), blur: () => this.close()},
    }));
    this.field.value = name;
    this.dom = el("div", {class: "ed-combobox"}, el("label", {for: id, class: "form-label"}, label), this.field, this.list, this.said);
    this.tell();
  }

  get name() {
    return this.field.value;
  }

  onInput() {
    this.code = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
    this.tell();
  }

  async ask() {
    const answer = await this.find(this.field.value.trim());
    if (!answer || !this.field.isConnected) return;
    this.options = answer.found || [];
    this.show(-1);
    if (answer.found === null) this.said.textContent = _("Chưa tìm được: kết nối có trục trặc. Bạn vẫn gõ tay được.");
    else this.tell();
  }

  show(at) {
    this.at = at;
    const items = this.options.map(({code, name}, order) => el(
      "li",
      {
        id: `${this.list.id}-${order}`,
        role: "option",
        "aria-selected": order === at ? "true" : "false",
        // The field must not lose the focus before the choice is taken.
        on: {mousedown: event => event.preventDefault(), click: () => this.pick(order)},
      },
      el("span", {}, name),
      el("span", {class: "ed-option-code"}, code),
    ));
    this.list.replaceChildren(...items);
    this.list.hidden = !items.length;
    this.field.setAttribute("aria-expanded", String(items.length > 0));
    if (at >= 0) {
      this.field.setAttribute("aria-activedescendant", items[at].id);
      items[at].scrollIntoView({block: "nearest"});
    } else this.field.removeAttribute("aria-activedescendant");
  }

  pick(order) {
    const {code, name} = this.options[order];
    this.code = code;
    this.field.value = name;
    this.close();
    this.tell();
  }

  close() {
    this.options = [];
    this.show(-1);
  }

  tell() {
    if (this.code) this.said.textContent = _("Đã gắn với mã %(code)s: văn bản sẽ được gửi tới đây khi ban hành.", {code: this.code});
    else if (this.options.length) this.said.textContent = _("%(count)s gợi ý; dùng phím mũi tên để chọn.", {count: this.options.length});
    else this.said.textContent = this.field.value ? _("Chưa gắn với nơi nào: dòng này chỉ được in trên văn bản.") : "";
  }

  onKey(event) {
    const isOpen = this.options.length > 0;
    const {length} = this.options;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.ask();
      else this.show((this.at + (event.key === "ArrowDown" ? 1 : length - (this.at < 0 ? 0 : 1))) % length);
    } else if (event.key === "Enter" && isOpen && this.at >= 0) {
      event.preventDefault();
      this.pick(this.at);
    } else if (event.key === "Escape" && isOpen) {
      // The first Escape closes the list, the second one the dialog around it.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}
