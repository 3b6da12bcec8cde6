"""Reads what stands in one paragraph of a Word file: text, faces, and everything to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from portal.documents.word.reader.faces import Face, StyleSheet
from portal.documents.word.reader.fields import Fields
from portal.documents.word.reader.pieces import Piece
from portal.documents.word.reader.symbols import shown
from portal.documents.word.reader.told import Remarks
from portal.documents.word.reader.words import (
    DELETED,
    FORMULA,
    chosen,
    drawn,
    tell_stray,
    text_below,
)
from portal.documents.word.reader.xml import MC, Element, W, local, value
from workflows.domain.content.coverage import unprintable
from workflows.domain.content.runs import BREAK

# Around the text, and silent.
_SILENT: Final = frozenset(
    (
        *("pPr", "rPr", "proofErr"),
        *("bookmarkEnd", "permStart", "permEnd"),
        *("sdtPr", "sdtEndPr", "smartTagPr"),
        *("customXmlPr", "commentRangeStart", "commentRangeEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "lastRenderedPageBreak", "annotationRef"),
        *("footnoteRef", "endnoteRef", "separator"),
        *("continuationSeparator", "fldData", "delInstrText"),
        *("rubyPr", "ffData"),
    )
)
_TABS: Final = frozenset({"tab", "ptab"})
_SIGNS: Final = {"tab": " ", "ptab": " ", "cr": BREAK, "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_OWN_STYLES: Final = "TK "
_NOTE_REFERENCES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}

INSERTED: Final = "Chữ được thêm khi theo dõi thay đổi (track changes) được coi là đã chấp nhận."
HIDDEN: Final = "Chữ ẩn trong tệp không được đưa vào."
STRUCK: Final = "Chữ bị gạch ngang được giữ thành chữ thường; hãy xem có cần xoá không."
RAISED: Final = "Chữ chỉ số trên hoặc dưới được giữ thành chữ thường."
NOTE: Final = "Chú thích ở chân trang hoặc cuối văn bản không được đưa vào."
COMMENT: Final = "Nhận xét ghi trong tệp không được đưa vào."
SYMBOL: Final = "Ký hiệu của phông biểu tượng không được đưa vào."
OPEN_FIELD: Final = "Trường (field) trong tệp không có điểm kết thúc; hãy xem có thiếu chữ không."
FIELD_CODE: Final = (
    "Chữ nằm trong mã của trường (field), Word không hiện ra, nên không được đưa vào."
)
CONTENTS: Final = "Mục lục trong tệp không được đưa vào."
READING_AID: Final = "Chữ chú âm đặt trên chữ khác không được đưa vào."
_LEFT_OUT: Final = {
    "del": DELETED,
    "moveFrom": DELETED,
    "rt": READING_AID,
    "oMath": FORMULA,
    "oMathPara": FORMULA,
}


@dataclass
class Inline:
    """What was found in one paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)


@dataclass
class InlineReader:
    """Reads paragraphs one after another, because fields reach over them.

    *notes* holds the texts of footnotes, endnotes and comments by part and id.
    """

    sheet: StyleSheet
    notes: Mapping[str, Mapping[str, str]]
    fields: Fields = field(default_factory=Fields)
    _is_own: bool = False
    # The notes that some place in the text refers to, by part and id.
    _told: set[tuple[str, str]] = field(default_factory=set)

    def read(self, paragraph: Element, style_id: str | None) -> Inline:
        """The content of one `w:p`."""
        found = Inline()
        # Our own styles show capitals where the text has none.
        self._is_own = self.sheet.name(style_id).startswith(_OWN_STYLES)
        self._walk(paragraph, style_id, found)
        if self.fields.end_paragraph():
            found.remarks.add(OPEN_FIELD)
        return found

    def _walk(self, node: Element, style_id: str | None, found: Inline) -> None:
        tell_stray(node, found.remarks)
        for child in node:
            name = local(child)
            if child.tag == W + "r":
                self._run(child, style_id, found)
            elif child.tag == W + "t":
                # No run around it, which Word never writes.
                self._say(child.text or "", Face(), found)
            elif name in _LEFT_OUT:
                found.remarks.leave_out(_LEFT_OUT[name], text_below(child))
            elif name == "bookmarkStart":
                found.marks.append(str(child.get(W + "name", "")))
            elif child.tag == MC + "AlternateContent":
                self._walk(chosen(child), style_id, found)
            elif name not in _SILENT:
                self._wrapper(child, name, style_id, found)

    def _wrapper(self, node: Element, name: str, style_id: str | None, found: Inline) -> None:
        if name in ("ins", "moveTo"):
            found.remarks.add(INSERTED, text_below(node))
        elif name == "fldSimple" and str(node.get(W + "instr", "")).split()[:1] == ["TOC"]:
            found.remarks.leave_out(CONTENTS, text_below(node))
            return
        self._walk(node, style_id, found)

    def _run(self, run: Element, style_id: str | None, found: Inline) -> None:
        properties = run.find(W + "rPr")
        face = self.sheet.face(properties, style_id)
        before = len(found.pieces)
        tell_stray(run, found.remarks)
        for child in run:
            self._in_run(child, face, found)
        text = "".join(piece.text for piece in found.pieces[before:])
        if face.is_hidden and text:
            del found.pieces[before:]
            found.remarks.leave_out(HIDDEN, text)
        elif face.is_struck and text.strip():
            found.remarks.add(STRUCK, text)
        elif value(properties, "vertAlign") in ("superscript", "subscript") and text.strip():
            found.remarks.add(RAISED, text)

    def _in_run(self, child: Element, face: Face, found: Inline) -> None:
        name = local(child)
        if name == "t" and child.tag == W + "t":
            self._say(child.text or "", face, found)
        elif name in _SIGNS or name == "br":
            self._say(_sign(child, name), face, found, is_tab=name in _TABS)
        elif name == "fldChar":
            self.fields.mark(child)
        elif name == "instrText":
            self.fields.instruct(child.text or "")
        elif name == "sym":
            self._symbol(child, face, found)
        elif name == "ruby":
            self._walk(child, None, found)
        elif name not in _SILENT:
            self._tell(child, name, found)

    def _say(self, text: str, face: Face, found: Inline, *, is_tab: bool = False) -> None:
        if not text:
            return
        if not self.fields.is_shown:
            if text.strip():
                found.remarks.leave_out(FIELD_CODE, text)
            return
        if self.fields.in_contents:
            found.remarks.leave_out(CONTENTS, text)
            return
        text = text.upper() if face.is_capitals and not self._is_own else text
        # Text may hold line ends, which are spaces; a break is a piece of its own.
        found.pieces.append(Piece(text if text == BREAK else _one_line(text), face, is_tab))

    def _symbol(self, child: Element, face: Face, found: Inline) -> None:
        font, code = str(child.get(W + "font", "")), str(child.get(W + "char", ""))
        sign = shown(font, code)
        if sign and not unprintable(sign):
            self._say(sign, face, found)
        else:
            found.remarks.leave_out(SYMBOL, sign or f"{font} {code}".strip())

    def _tell(self, child: Element, name: str, found: Inline) -> None:
        if name in _NOTE_REFERENCES:
            found.remarks.leave_out(NOTE, self._note(_NOTE_REFERENCES[name], child))
        elif name == "commentReference":
            found.remarks.leave_out(COMMENT, self._note("comments", child))
        elif name == "delText":
            found.remarks.leave_out(DELETED, child.text or "")
        else:
            for sentence, words in drawn(child):
                found.remarks.leave_out(sentence, words)

    def _note(self, part: str, reference: Element) -> str:
        identity = str(reference.get(W + "id"))
        self._told.add((part, identity))
        return self.notes.get(part, {}).get(identity, "")

    def unreferred(self) -> Remarks:
        """The notes to which nothing in the text refers; ask when the text is over."""
        remarks = Remarks()
        for part, texts in self.notes.items():
            for identity, text in texts.items():
                if text and (part, identity) not in self._told:
                    remarks.leave_out(COMMENT if part == "comments" else NOTE, text)
        return remarks


def _sign(child: Element, name: str) -> str:
    if name != "br":
        return _SIGNS[name]
    # Page and column breaks are the old file's layout, but they part words.
    return BREAK if child.get(W + "type", "textWrapping") == "textWrapping" else " "


def _one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
