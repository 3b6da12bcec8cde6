/** Says whether what was typed is saved, and holds the page while it is not. */
import {_} from "./words.js";

const SLOW_MS = 700;
const PACE_MS = 2000;

export function statusWords(kind, count) {
  if (kind === "saving") return _("Đang lưu…");
  if (kind === "stopped") return count ? _("Không lưu được: còn %(count)s thay đổi chưa gửi", {count}) : _("Chỉ đọc");
  if (kind === "busy") {
    return count
      ? _("Máy chủ đang bận: còn %(count)s thay đổi chưa gửi, sẽ gửi lại", {count})
      : _("Máy chủ đang bận, đang chờ");
  }
  if (kind === "offline") {
    return count
      ? _("Mất kết nối: còn %(count)s thay đổi chưa gửi, sẽ gửi lại", {count})
      : _("Mất kết nối, đang nối lại");
  }
  return _("Đã lưu");
}

/**
 * A line that is read out when it changes. "Đang lưu…" waits a moment, so that a quick server does not make
 * a screen reader speak at every key, and a growing count is told every two seconds.
 */
export class StatusLine {
  constructor(element) {
    this.element = element;
    this.kind = null;
    this.count = 0;
    window.addEventListener("beforeunload", event => {
      if (this.count) event.preventDefault();
    });
  }

  show(kind, count) {
    const before = this.kind;
    Object.assign(this, {kind, count});
    this.element.dataset.state = kind;
    if (kind === before && this.timer) return;
    clearTimeout(this.timer);
    this.timer = null;
    if (kind === "saving") this.later(SLOW_MS);
    else if (kind === before) this.later(PACE_MS);
    else this.write();
  }

  later(delay) {
    this.timer = setTimeout(() => this.write(), delay);
  }

  write() {
    this.timer = null;
    const words = statusWords(this.kind, this.count);
    if (this.element.textContent !== words) this.element.textContent = words;
  }
}
