/** What the check of form finds: underlined in the text, listed with its rule of law. */
import {el} from "../dom.js";
import {_} from "../words.js";
import {Refusal} from "../server.js";
import {setPlaces} from "./anchors.js";
import {blockCalled} from "./blocks.js";
import {CardList, leadsTo} from "./cards.js";

const IDLE_MS = 1500;
const LEVELS = {error: () => _("Lỗi"), warning: () => _("Cảnh báo"), note: () => _("Lưu ý")};

/** *page* as in Threads, with `view` and `counted(number)`. */
export class Findings {
  constructor(page) {
    this.page = page;
    this.list = new CardList({
      label: _("Kiểm tra thể thức"),
      content: finding => this.content(finding),
      keyOf: ({id, isPlaced}) => (isPlaced ? id : null),
      onFocus: page.focused,
    });
    this.told = el("p", {class: "margin-empty"}, _("Đang kiểm tra…"));
    this.panel = el("div", {}, this.told, this.list.element);
  }

  /** Look once the hands have rested. */
  later(delay = IDLE_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), delay);
  }

  async look() {
    // Drawing under a word that is still being composed would break it off.
    if (this.page.view.composing) return this.later();
    try {
      const {findings} = await this.page.server.get(`text/findings${this.page.which === "draft" ? "" : `?version=${this.page.which}`}`);
      if (this.page.view.isDestroyed) return;
      this.show(findings);
    } catch (error) {
      this.told.hidden = false;
      this.told.textContent = error instanceof Refusal ? error.sentence : _("Chưa kiểm tra được thể thức, sẽ thử lại.");
      if (!(error instanceof Refusal)) this.later(10000);
    }
  }

  show(findings) {
    const places = findings.map((finding, index) => placeOf(this.page.view.state.doc, finding, `finding:${index}`));
    setPlaces(this.page.view, "finding", places.filter(Boolean));
    this.page.counted(findings.length);
    this.told.hidden = findings.length > 0;
    this.told.textContent = _("Không thấy lỗi thể thức.");
    this.list.show(
      findings.map((finding, index) => ({...finding, id: `finding:${index}`, isPlaced: Boolean(places[index])})),
    );
  }

  content({id, level, sentence, law, isPlaced}) {
    return [
      el("h3", {}, el("span", {class: `mark mark-${level}`}, LEVELS[level]?.() || level)),
      isPlaced ? leadsTo(sentence, () => this.page.jump(id)) : el("p", {class: "mb-1"}, sentence),
      law ? el("p", {class: "law"}, law) : null,
    ];
  }
}

/** Where a finding is in *doc*; null when its block is gone or it speaks of the whole text. */
export function placeOf(doc, {blockId, start, end, level}, key) {
  if (!blockId) return null;
  const found = blockCalled(doc, blockId);
  if (!found) return null;
  const {node, pos} = found;
  const isWhole = start === null || start === undefined || !node.isTextblock || node.content.size === 0;
  if (isWhole) return {key, start: pos, end: pos + node.nodeSize, look: {level, isWhole: true}};
  // The server counts units, as the text does.
  const from = pos + 1 + Math.min(start, node.content.size);
  const to = pos + 1 + Math.min(end ?? start, node.content.size);
  return from < to
    ? {key, start: from, end: to, look: {level, isWhole: false}}
    : {key, start: pos, end: pos + node.nodeSize, look: {level, isWhole: true}};
}
