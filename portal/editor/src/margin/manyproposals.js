/** Deciding on many proposals at once: one question, one answer for all, and what could not be done. */
import {ask} from "../dialog.js";
import {el} from "../dom.js";
import {_} from "../words.js";
import {textField} from "./cards.js";

/** Ask; the answer to be told to all who proposed ("" for none), or null when it is not to be done. */
export async function confirmAll({verdict, count, left}) {
  const isAccepted = verdict === "accept";
  const answer = textField(_("Ý kiến trả lời chung (không bắt buộc)"), 3);
  const rest = left ? el("p", {}, _("%(left)s đề xuất không còn khớp sẽ để lại để bạn xem riêng.", {left})) : null;
  const chosen = await ask({
    title: isAccepted ? _("Chấp nhận tất cả?") : _("Từ chối tất cả?"),
    body: [
      el(
        "p",
        {},
        isAccepted
          ? _("%(count)s đề xuất sẽ được đưa vào văn bản. Văn bản hiện nay được ghi lại trước để quay lại khi cần.", {count})
          : _("%(count)s đề xuất sẽ không được đưa vào văn bản.", {count}),
      ),
      rest,
      answer.element,
    ].filter(Boolean),
    choices: [
      {value: "yes", words: isAccepted ? _("Chấp nhận tất cả") : _("Từ chối tất cả"), kind: "primary"},
      {value: "no", words: _("Thôi")},
    ],
  });
  return chosen === "yes" ? answer.field.value.trim().normalize("NFC") : null;
}

/** *told* = [[the proposal, why it could not be settled]]. */
export function tellConflicts(told) {
  return ask({
    title: _("Còn %(count)s đề xuất chưa xử lý được", {count: told.length}),
    body: [
      el(
        "ul",
        {class: "ask-list"},
        told.map(([what, why]) => el("li", {}, el("span", {class: "fw-medium"}, what), " – ", why)),
      ),
    ],
    choices: [{value: "seen", words: _("Đã xem"), kind: "primary"}],
  });
}
