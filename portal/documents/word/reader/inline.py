"""Reads what stands in one paragraph of a Word file: text, faces, and everything to be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from portal.documents.word.reader.faces import Face, StyleSheet
from portal.documents.word.reader.fields import Fields
from portal.documents.word.reader.pieces import Piece
from portal.documents.word.reader.told import Remarks
from portal.documents.word.reader.xml import MC, Element, M, W, local, value
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
        *("rt", "rubyPr", "ffData"),
    )
)
_SIGNS: Final = {"tab": " ", "ptab": " ", "cr": BREAK, "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_OWN_STYLES: Final = "TK "
_NOTE_REFERENCES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}

INSERTED: Final = "Chữ được thêm khi theo dõi thay đổi (track changes) được coi là đã chấp nhận."
DELETED: Final = "Chữ đã xoá khi theo dõi thay đổi (track changes) không được đưa vào."
HIDDEN: Final = "Chữ ẩn trong tệp không được đưa vào."
STRUCK: Final = "Chữ bị gạch ngang được giữ thành chữ thường; hãy xem có cần xoá không."
RAISED: Final = "Chữ chỉ số trên hoặc dưới được giữ thành chữ thường."
NOTE: Final = "Chú thích ở chân trang hoặc cuối văn bản không được đưa vào."
COMMENT: Final = "Nhận xét ghi trong tệp không được đưa vào."
BOX: Final = "Khung chữ (text box) không được đưa vào."
PICTURE: Final = "Hình ảnh không được đưa vào."
OBJECT: Final = "Đối tượng nhúng (bảng tính, biểu đồ, điều khiển…) không được đưa vào."
FORMULA: Final = "Công thức không được đưa vào."
SYMBOL: Final = "Ký hiệu của phông biểu tượng không được đưa vào."
OPEN_FIELD: Final = "Trường (field) trong tệp không có điểm kết thúc; hãy xem có thiếu chữ không."
CONTENTS: Final = "Mục lục trong tệp không được đưa vào."
UNKNOWN: Final = "Có phần mà hệ thống không biết; chữ trong đó được giữ."
CONTENT_ELSEWHERE: Final = "Nội dung chèn từ tệp khác không được đưa vào."


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
        for child in node:
            name = local(child)
            if child.tag == W + "r":
                self._run(child, style_id, found)
            elif name in ("del", "moveFrom"):
                found.remarks.add(DELETED, text_below(child))
            elif name == "bookmarkStart":
                found.marks.append(str(child.get(W + "name", "")))
            elif name in ("oMath", "oMathPara"):
                found.remarks.add(FORMULA, "".join(each.text or "" for each in child.iter(M + "t")))
            elif child.tag == MC + "AlternateContent":
                self._walk(_chosen(child), style_id, found)
            elif name not in _SILENT:
                self._wrapper(child, name, style_id, found)

    def _wrapper(self, node: Element, name: str, style_id: str | None, found: Inline) -> None:
        if name in ("ins", "moveTo"):
            found.remarks.add(INSERTED, text_below(node))
        elif name == "fldSimple" and str(node.get(W + "instr", "")).split()[:1] == ["TOC"]:
            found.remarks.add(CONTENTS, text_below(node))
            return
        self._walk(node, style_id, found)

    def _run(self, run: Element, style_id: str | None, found: Inline) -> None:
        properties = run.find(W + "rPr")
        face = self.sheet.face(properties, style_id)
        before = len(found.pieces)
        for child in run:
            self._in_run(child, face, found)
        shown = "".join(piece.text for piece in found.pieces[before:])
        if face.is_hidden and shown:
            del found.pieces[before:]
            found.remarks.add(HIDDEN, shown)
        elif face.is_struck and shown.strip():
            found.remarks.add(STRUCK, shown)
        elif value(properties, "vertAlign") in ("superscript", "subscript") and shown.strip():
            found.remarks.add(RAISED, shown)

    def _in_run(self, child: Element, face: Face, found: Inline) -> None:
        name = local(child)
        if name == "t" and child.tag == W + "t":
            self._say(child.text or "", face, found)
        elif name in _SIGNS:
            self._say(_SIGNS[name], face, found)
        elif name == "br":
            # Page and column breaks are the old file's layout.
            is_line = child.get(W + "type", "textWrapping") == "textWrapping"
            self._say(BREAK if is_line else "", face, found)
        elif name == "fldChar":
            self.fields.mark(child)
        elif name == "instrText":
            self.fields.instruct(child.text or "")
        elif name == "ruby":
            self._walk(child, None, found)
        elif name not in _SILENT:
            self._tell(child, name, found)

    def _say(self, text: str, face: Face, found: Inline) -> None:
        if not text or not self.fields.is_shown:
            return
        if self.fields.in_contents:
            found.remarks.add(CONTENTS, text)
            return
        text = text.upper() if face.is_capitals and not self._is_own else text
        # Text may hold line ends, which are spaces; a break is a piece of its own.
        found.pieces.append(Piece(text if text == BREAK else _one_line(text), face))

    def _tell(self, child: Element, name: str, found: Inline) -> None:
        if name in _NOTE_REFERENCES:
            texts = self.notes.get(_NOTE_REFERENCES[name], {})
            found.remarks.add(NOTE, texts.get(str(child.get(W + "id")), ""))
        elif name == "commentReference":
            texts = self.notes.get("comments", {})
            found.remarks.add(COMMENT, texts.get(str(child.get(W + "id")), ""))
        elif name == "sym":
            found.remarks.add(SYMBOL)
        elif name == "delText":
            found.remarks.add(DELETED, child.text or "")
        else:
            chosen = _chosen(child) if child.tag == MC + "AlternateContent" else child
            for sentence, about in drawn(chosen):
                found.remarks.add(sentence, about)


def drawn(node: Element) -> Iterator[tuple[str, str]]:
    """What is told of a drawing: its texts, pictures and objects; a bare line says nothing."""
    names = {local(each) for each in node.iter() if isinstance(each.tag, str)}
    if "txbxContent" in names:
        yield BOX, " ".join(text_below(each) for each in node.iter(W + "txbxContent"))
    if names & {"OLEObject", "control", "chart", "relIds"}:
        yield OBJECT, ""
    elif names & {"blip", "imagedata"}:
        yield PICTURE, ""
    elif "t" in names and "txbxContent" not in names:
        yield UNKNOWN.partition(";")[0] + "; phần đó không được đưa vào.", text_below(node)


def text_below(node: Element) -> str:
    """All the text under a node, deleted text too, paragraphs parted by spaces."""
    parts = []
    for each in node.iter(W + "t", W + "delText", W + "p", W + "tab"):
        parts.append((each.text or "") if local(each) in ("t", "delText") else " ")
    return " ".join("".join(parts).split())


def _chosen(alternatives: Element) -> Element:
    """The first of the alternatives, which is the fullest."""
    for name in ("Choice", "Fallback"):
        found = alternatives.find(MC + name)
        if found is not None:
            return found
    return alternatives


def _one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
