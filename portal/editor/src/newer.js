/** Says that a text has gone on, and what that means for whoever words a proposal on the older one. */
import {el} from "./dom.js";
import {_} from "./words.js";

const meaning = () =>
  _("Bạn vẫn viết và gửi được: chỗ nào chưa đổi thì chuyển sang bản mới, chỗ đã đổi thì báo là không còn khớp.");

/** A notice for the page: *shown* is on the screen, *newest* the number of the last frozen version; or null. */
export function newerVersion({newest, shown, isProposing, planUrl}) {
  if (shown === "draft" || !(newest > Number(shown))) return null;
  const sentence = _("Kế hoạch đã có phiên bản %(new)s; bạn đang xem phiên bản %(old)s.", {new: newest, old: shown});
  if (isProposing) return [`${sentence} ${meaning()}`];
  return [sentence, el("a", {class: "alert-link", href: `${planUrl}review`}, _("Mở phiên bản mới nhất"))];
}

/** Of a kept copy, that it was made on an older text than *now* = {version, number}; "" when it was not. */
export function olderCopy(kept, now) {
  if (kept.version === now.version) return "";
  const since =
    kept.number === "draft" || now.number === "draft"
      ? _("Văn bản đã được sửa từ khi bạn viết.")
      : _("Bản này viết trên phiên bản %(old)s, nay là phiên bản %(new)s.", {old: kept.number, new: now.number});
  return `${since} ${meaning()}`;
}
