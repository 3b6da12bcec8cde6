/** What stands on the tool bar: each tool with its command, its words and when it is pressed or shown. */
import {_} from "./words.js";
import {schema} from "./schema.js";
import {addAnnex, isInAnnex, removeAnnex} from "./blocks/annexes.js";
import {acts as spoken, breakLine, toggle} from "./keys.js";
import {isKind, setKind, setLevel} from "./levels.js";
import * as reasons from "./reasons.js";
import {isInRecipient, removeRecipient} from "./recipients.js";
import {showShortcuts} from "./shortcutlist.js";
import * as tables from "./tables.js";
import {told} from "./told.js";

const {clause, basis, opening, closing} = schema.nodes;

function isWorn(state, name) {
  const type = schema.marks[name];
  const {from, to, empty, $from} = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

const now = name => _("Nay là %(name)s.", {name});

const face = (key, sign, words, shortcut) => ({
  key, sign, words, shortcut, run: toggle(key), why: reasons.oneFace, isPressed: state => isWorn(state, key),
});
const level = (key, sign, words) => ({
  key, sign, words, run: told(setLevel(key), now), why: reasons.otherKind, isPressed: state => isKind(state, clause, key), stays: true,
});
const kind = (type, words) => ({
  key: type.name, sign: words, words: _("Đổi thành %(kind)s", {kind: words}), run: told(setKind(type), now),
  why: reasons.otherKind, isPressed: state => isKind(state, type), stays: true,
});

const always = () => [
  [
    {key: "undo", sign: "↶", words: _("Hoàn tác"), shortcut: "Ctrl+Z", run: spoken.undo, why: reasons.nothingToUndo},
    {key: "redo", sign: "↷", words: _("Làm lại"), shortcut: "Ctrl+Y", run: spoken.redo, why: reasons.nothingToRedo},
  ],
  [
    face("strong", _("Đ"), _("Chữ đậm"), "Ctrl+B"),
    face("em", _("N"), _("Chữ nghiêng"), "Ctrl+I"),
    {key: "break", sign: "↵", words: _("Xuống dòng trong đoạn"), shortcut: "Shift+Enter", run: breakLine, why: reasons.oneLine},
  ],
  [
    level("part", "I.", _("I. Phần")),
    level("sec", "1.", _("1. Mục")),
    level("sub", "1.1", _("1.1 Khoản")),
    level("pt", "a)", _("a) Điểm")),
    level("dash", "–", _("Gạch đầu dòng (-)")),
    level("plus", "+", _("Dấu cộng đầu dòng (+)")),
    level("para", "¶", _("Đoạn thường")),
  ],
  [
    {key: "promote", sign: "⇤", words: _("Nâng một cấp"), shortcut: "Shift+Tab", run: spoken.promote, why: reasons.outermost},
    {key: "demote", sign: "⇥", words: _("Hạ một cấp"), shortcut: "Tab", run: spoken.demote, why: reasons.innermost},
    {key: "up", sign: "↑", words: _("Chuyển lên trên"), shortcut: "Alt+↑", run: spoken.up, why: reasons.nothingAbove},
    {key: "down", sign: "↓", words: _("Chuyển xuống dưới"), shortcut: "Alt+↓", run: spoken.down, why: reasons.nothingBelow},
  ],
  [kind(basis, _("Căn cứ")), kind(opening, _("Mở đầu")), kind(closing, _("Kết"))],
];

const inTable = () => [
  ["rowAbove", _("Hàng ↑"), _("Thêm hàng phía trên"), tables.addRowBefore, reasons.fullTable],
  ["rowBelow", _("Hàng ↓"), _("Thêm hàng phía dưới"), tables.addRowAfter, reasons.fullTable],
  ["rowGone", _("Xoá hàng"), _("Xoá hàng"), tables.deleteRow, reasons.onlyRow],
  ["columnLeft", _("Cột ←"), _("Thêm cột bên trái"), tables.addColumnBefore, reasons.fullTable],
  ["columnRight", _("Cột →"), _("Thêm cột bên phải"), tables.addColumnAfter, reasons.fullTable],
  ["columnGone", _("Xoá cột"), _("Xoá cột"), tables.deleteColumn, reasons.onlyColumn],
  ["header", _("Hàng tiêu đề"), _("Bật hoặc tắt hàng tiêu đề"), tables.toggleHeaderRow],
  ["merge", _("Gộp ô"), _("Gộp các ô đang chọn"), tables.mergeCells, reasons.oneCell],
  ["split", _("Tách ô"), _("Tách ô đã gộp"), tables.splitCell, reasons.wholeCell],
  ["before", _("Đoạn trước"), _("Thêm đoạn trước bảng"), tables.paragraphBeside(-1)],
  ["after", _("Đoạn sau"), _("Thêm đoạn sau bảng"), tables.paragraphBeside(1)],
  ["tableGone", _("Xoá bảng"), _("Xoá cả bảng"), tables.deleteTable],
].map(([key, sign, words, run, why]) => ({key, sign, words, run, why}));

/** The groups of tools; *acts* are those that open a dialog. A group with *when* shows only then. */
export function toolGroups(acts) {
  const opens = act => (_state, dispatch) => {
    if (dispatch) act();
    return true;
  };
  const editLine = (state, dispatch) => {
    if (!isInRecipient(state)) return false;
    if (dispatch) acts.editRecipient(state.selection.$from.before());
    return true;
  };
  return [
    ...always().map(tools => ({tools})),
    {tools: [
      {key: "table", sign: _("Bảng"), words: _("Chèn bảng 3 hàng, 3 cột"), run: tables.insertTable(3, 3), why: reasons.noTable},
      {key: "recipient", sign: _("Nơi nhận"), words: _("Thêm nơi nhận"), run: opens(acts.addRecipient)},
      {key: "annex", sign: _("Phụ lục"), words: _("Thêm phụ lục"), run: addAnnex},
    ]},
    {tools: [
      {key: "find", sign: _("Tìm"), words: _("Tìm và thay"), shortcut: "Ctrl+F", run: opens(acts.find)},
      {key: "shortcuts", sign: "?", words: _("Phím tắt"), shortcut: "Ctrl+/", run: opens(showShortcuts)},
    ]},
    {words: _("Bảng"), when: tables.isInTable, tools: inTable()},
    {words: _("Nơi nhận"), when: isInRecipient, tools: [
      {key: "lineEdit", sign: _("Chọn nơi nhận…"), words: _("Chọn nơi nhận và mục đích cho dòng này"), run: editLine},
      {key: "lineGone", sign: _("Xoá dòng"), words: _("Xoá dòng nơi nhận này"), run: removeRecipient},
      {key: "filing", sign: _("Dòng Lưu"), words: _("Tới dòng Lưu"), run: opens(acts.toFiling)},
      {key: "signer", sign: _("Người ký"), words: _("Tới ô chọn chức vụ người ký"), run: opens(acts.toSigner)},
    ]},
    {words: _("Phụ lục"), when: isInAnnex, tools: [
      {key: "annexGone", sign: _("Xoá phụ lục"), words: _("Xoá cả phụ lục này"), run: removeAnnex},
    ]},
  ];
}
