"""Turns what was walked into the lines in which the parts of a plan can be recognised."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from portal.documents.word.reader.lines import RECIPIENTS_WORD, Line, line_of, parted
from portal.documents.word.reader.pieces import Item, Paragraph, Piece, Table
from portal.documents.word.reader.told import Remarks
from workflows.domain.content.lines import read_line
from workflows.domain.content.parts import KIND

# What `is_row` knows a table by.
TABLE_LINE: Final = "|bảng|"
# The letterhead is a table among the first things of a file.
_HEADER_WITHIN: Final = 6
_LETTERHEAD: Final = re.compile(r"CỘNG H(ÒA|OÀ) XÃ HỘI|Độc lập *[-–] *Tự do", re.IGNORECASE)
LETTERHEAD: Final = (
    "Phần đầu trang (cơ quan, Quốc hiệu, số, ngày) do hệ thống tạo; bảng chứa phần này được bỏ qua."
)
SIGNATURE: Final = (
    "Khối chữ ký do hệ thống tạo từ chức vụ của người ký; các dòng này được bỏ qua. "
    "Hãy chọn người ký trong kế hoạch."
)
BOXED: Final = "Khung một ô được trải thành các đoạn văn."


@dataclass
class Flattened:
    """The lines in order; *letterhead* and *signing* are what the letterhead and signature said."""

    lines: list[Line] = field(default_factory=list)
    letterhead: str = ""
    signing: str = ""
    _waiting: Remarks = field(default_factory=Remarks)

    def add(self, line: Line) -> None:
        """One more line; what was told of empty paragraphs before it is told of it."""
        line.remarks.take(self._waiting)
        self._waiting = Remarks()
        self.lines.append(line)

    def wait(self, remarks: Remarks) -> None:
        """Remarks on a paragraph without text."""
        self._waiting.take(remarks)

    def end(self) -> Remarks:
        """What is still to be told when the text is over."""
        return self._waiting


def flattened(items: Iterable[Item]) -> Flattened:
    """All the lines of a file that is not our own."""
    found = Flattened()
    for order, item in enumerate(items):
        if isinstance(item, Paragraph):
            _add_paragraph(item, found)
        else:
            _add_table(item, order, found)
    return found


def _add_paragraph(paragraph: Paragraph, found: Flattened) -> None:
    for each in parted(paragraph):
        if each.text.strip():
            found.add(line_of(each))
        else:
            found.wait(each.remarks)


def _add_table(table: Table, place: int, found: Flattened) -> None:
    texts = [part.text.strip() for each in table.paragraphs for part in parted(each)]
    if place < _HEADER_WITHIN and any(map(_LETTERHEAD.search, texts)):
        _drop_letterhead(table, found)
    elif any(map(RECIPIENTS_WORD.match, texts)):
        _add_recipients(table, found)
    elif len(table.rows) == 1 and len(table.rows[0].cells) == 1:
        for order, each in enumerate(table.paragraphs):
            if not order:
                each.remarks.add(BOXED)
            _add_paragraph(each, found)
    else:
        found.add(Line(TABLE_LINE, table=table, remarks=table.remarks))


def _drop_letterhead(table: Table, found: Flattened) -> None:
    """The letterhead is made anew; some put the title into the same table."""
    parts = [part for each in table.paragraphs for part in parted(each)]
    texts = [part.text.strip() for part in parts]
    at = texts.index(KIND) if KIND in texts else len(texts)
    found.letterhead = " / ".join(text for text in texts[:at] if text)
    for part in parts[at:]:
        _add_paragraph(part, found)


def _add_recipients(table: Table, found: Flattened) -> None:
    """The cell of Nơi nhận gives lines; the others are the signature."""
    signing: list[str] = []
    for row in table.rows:
        for cell in row.cells:
            parts = [part for each in cell.paragraphs for part in parted(each)]
            if any(RECIPIENTS_WORD.match(part.text.strip()) for part in parts):
                for part in _from_recipients(parts):
                    _add_paragraph(part, found)
            else:
                signing += [text for part in parts if (text := part.text.strip())]
    found.signing = " / ".join(signing)


def _from_recipients(parts: list[Paragraph]) -> Iterator[Paragraph]:
    """In this cell every line is a recipient, with a dash before it or without."""
    is_under = False
    for part in parts:
        text = part.text.strip()
        is_head = RECIPIENTS_WORD.match(text) is not None
        if is_under and text and part.label is None and read_line(text).level == "para":
            part.pieces = [Piece("- "), *part.pieces]
        is_under = is_under or is_head
        yield part
