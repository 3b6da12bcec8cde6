/** What the check of form finds: underlined in the text, listed with its rule of law. */
import {el} from "../dom.js";
import {_} from "../words.js";
import {Refusal} from "../server.js";
import {setPlaces} from "./anchors.js";
import {blockCalled} from "./blocks.js";
import {CardList, leadsTo} from "./cards.js";

const IDLE_MS = 1500;
const LEVELS = {error: () => _("Lỗi"), warning: () => _("Cảnh báo"), note: () => _("Lưu ý")};
const RANKS = Object.keys(LEVELS);

/** *page* as in Threads, with `view` and `counted(number or nodes)`. */
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
      const {findings, most} = await this.page.server.get(`text/findings${this.page.which === "draft" ? "" : `?version=${this.page.which}`}`);
      if (this.page.view.isDestroyed) return;
      this.show(findings, most);
    } catch (error) {
      this.told.textContent = error instanceof Refusal ? error.sentence : _("Chưa kiểm tra được thể thức, sẽ thử lại.");
      if (!(error instanceof Refusal)) this.later(10000);
    }
  }

  /** Those that hold up the submission stand first; *most* is how many a rule tells. */
  show(findings, most) {
    const places = findings.map((finding, index) => placeOf(this.page.view.state.doc, finding, `finding:${index}`));
    setPlaces(this.page.view, "finding", places.filter(Boolean));
    this.page.counted(countOf(findings));
    this.told.textContent = [this.sum(findings), isCut(findings, most) && this.cut(most)].filter(Boolean).join(" ");
    const cards = findings.map((finding, index) => ({...finding, id: `finding:${index}`, isPlaced: Boolean(places[index])}));
    this.list.show(cards.sort((a, b) => RANKS.indexOf(a.level) - RANKS.indexOf(b.level)));
  }

  sum(findings) {
    const errors = this.page.which === "draft" ? _("%(count)s lỗi phải sửa trước khi trình") : _("%(count)s lỗi");
    const words = {error: errors, warning: _("%(count)s cảnh báo"), note: _("%(count)s lưu ý")};
    const told = RANKS.map(level => [words[level], findings.filter(each => each.level === level).length])
      .filter(([, count]) => count)
      .map(([sentence, count]) => sentence.replace("%(count)s", count));
    return told.length ? `${told.join(", ")}.` : _("Không thấy lỗi thể thức.");
  }

  cut(most) {
    return _("Mỗi quy tắc chỉ kể %(most)s chỗ đầu; sửa xong sẽ thấy các chỗ còn lại, nếu có.", {most});
  }

  content({id, level, sentence, law, isPlaced}) {
    return [
      el("h3", {}, el("span", {class: `mark mark-${level}`}, LEVELS[level]?.() || level)),
      isPlaced ? leadsTo(sentence, () => this.page.jump(id)) : el("p", {class: "mb-1"}, sentence),
      law ? el("p", {class: "law"}, law) : null,
    ];
  }
}

/** What the tab says: the errors apart, where there are any. */
function countOf(findings) {
  const errors = findings.filter(({level}) => level === "error").length;
  if (!errors) return findings.length;
  const others = findings.length - errors;
  return [el("span", {class: "tab-errors"}, _("%(count)s lỗi", {count: errors})), others ? ` · ${others}` : ""];
}

/** Whether some rule found as many as it tells at most. */
function isCut(findings, most) {
  return findings.some(({rule}) => findings.filter(each => each.rule === rule).length >= most);
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
