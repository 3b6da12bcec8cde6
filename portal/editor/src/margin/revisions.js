/** Named states of the text: give the present one a name, and go to the list of all. */
import {el} from "../dom.js";
import {_} from "../words.js";
import {sendingForm} from "./cards.js";
import {uniqueId} from "../dom.js";

/** *page* = {server, ready(), say(sentence)}; *mayName* when this person may write. */
export function revisions(page, {mayName}) {
  const link = el("a", {href: `${page.server.planUrl}revisions`}, _("Xem, so sánh và khôi phục các trạng thái đã lưu"));
  return el(
    "div",
    {class: "history"},
    el(
      "p",
      {class: "text-body-secondary"},
      _("Văn bản được lưu liên tục. Bạn đặt tên cho trạng thái hiện nay để sau này so sánh hoặc quay lại."),
    ),
    mayName ? nameForm(page) : null,
    el("p", {class: "mb-0"}, link),
  );
}

function nameForm(page) {
  const id = uniqueId("note");
  const field = el("input", {id, class: "form-control", maxlength: 200, autocomplete: "off"});
  const send = async () => {
    const note = field.value.trim().normalize("NFC");
    if (!note) return _("Bạn chưa đặt tên.");
    if (!(await page.ready())) return _("Nội dung bạn vừa gõ chưa lưu được. Bạn thử lại sau ít phút.");
    const {number} = await page.server.post("text/revisions", {note});
    field.value = "";
    page.say(_("Đã lưu trạng thái số %(number)s.", {number}));
    told.textContent = _("Đã lưu trạng thái số %(number)s: %(note)s", {number, note});
    return "";
  };
  const told = el("p", {class: "small mb-1"});
  const label = el(
    "label",
    {class: "form-label mb-1", for: id},
    _("Tên trạng thái, ví dụ “Trước khi lấy ý kiến các sở”"),
  );
  const form = sendingForm({
    fields: [label, field, told],
    field,
    send,
    words: _("Lưu trạng thái"),
    cancel: () => {
      field.value = "";
    },
  });
  return form.element;
}
