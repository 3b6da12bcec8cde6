/** The dialog that lists every key of the editor. */
import {_} from "./words.js";
import {ask} from "./dialog.js";
import {el} from "./dom.js";

const groups = () => [
  [_("Viết"), [
    ["Enter", _("Đoạn mới cùng cấp; ở đoạn trống: ra ngoài một cấp")],
    ["Shift+Enter", _("Xuống dòng trong đoạn")],
    ["Ctrl+Shift+Space", _("Dấu cách không ngắt dòng")],
    ["Ctrl+B, Ctrl+I", _("Chữ đậm, chữ nghiêng")],
    ["Ctrl+Z, Ctrl+Y", _("Hoàn tác, làm lại")],
    ["Ctrl+Shift+V", _("Dán chữ, không dán định dạng")],
    ["Ctrl+S", _("Gửi ngay những gì vừa gõ")],
  ]],
  [_("Cấp và thứ tự"), [
    ["I. 1. 1.1 a) - +", _("Gõ ở đầu đoạn, rồi dấu cách: đoạn thành cấp ấy; Backspace để bỏ")],
    ["Tab, Shift+Tab", _("Hạ, nâng một cấp cùng các đoạn bên dưới")],
    ["Alt+↑, Alt+↓", _("Chuyển đoạn lên, xuống")],
    ["Backspace", _("Ở đầu đoạn: bỏ cấp, rồi nối với đoạn trên")],
  ]],
  [_("Bảng"), [
    ["Tab, Shift+Tab", _("Ô sau, ô trước; ở ô cuối: thêm một hàng")],
    ["Shift + mũi tên", _("Chọn nhiều ô")],
  ]],
  [_("Đi lại"), [
    ["Ctrl+F, Ctrl+H", _("Tìm, tìm và thay")],
    ["F3, Shift+F3", _("Chỗ tìm thấy sau, trước")],
    ["Ctrl+Home, Ctrl+End", _("Đầu, cuối văn bản")],
    ["Escape, Tab", _("Ra khỏi ô soạn thảo")],
    ["Escape, Shift+Tab", _("Tới thanh công cụ; phím mũi tên để đi giữa các nút")],
    ["Ctrl+/", _("Bảng phím tắt này")],
  ]],
  [_("Góp ý"), [
    ["Ctrl+Alt+M", _("Góp ý chỗ đang chọn")],
    ["Ctrl+Alt+J", _("Tới góp ý của chỗ có con trỏ")],
  ]],
];

const row = ([keys, words]) => el("tr", {}, el("th", {scope: "row"}, el("kbd", {}, keys)), el("td", {}, words));

const table = ([title, rows]) => el(
  "table",
  {class: "ed-shortcuts"},
  el("caption", {}, title),
  el("tbody", {}, rows.map(row)),
);

/** Show them; resolves when the dialog is closed. */
export function showShortcuts() {
  const closed = ask({
    title: _("Phím tắt"),
    body: groups().map(table),
    choices: [{value: "seen", words: _("Đóng"), kind: "primary"}],
  });
  // The button below has the focus; the list is read from its top.
  document.querySelector("dialog.ask[open]").scrollTop = 0;
  return closed;
}
