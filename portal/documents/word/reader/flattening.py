"""Turns what was walked into the lines in which the parts of a plan can be recognised."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from portal.documents.word.reader.closings import (
    columns_of,
    from_recipients,
    is_signing_table,
    parts_of,
    recipients_column,
)
from portal.documents.word.reader.lines import RECIPIENTS_WORD, Line, is_annex, line_of, parted
from portal.documents.word.reader.pieces import Item, Paragraph, Row, Table
from portal.documents.word.reader.told import Remarks
from workflows.domain.content.parts import KIND, is_signing
from workflows.domain.content.runs import BREAK

# What `is_row` knows a table by.
TABLE_LINE: Final = "|bảng|"
# The letterhead is a table among the first things of a file; that of an annex is a small one.
_HEADER_WITHIN: Final = 6
_LETTERHEAD_ROWS: Final = 3
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
    signing: list[str] = field(default_factory=list)
    # Whether Nơi nhận has begun, and whether the signature stands beside it behind tabs.
    is_closing: bool = False
    is_tabbed: bool = False
    _waiting: Remarks = field(default_factory=Remarks)

    def add(self, line: Line) -> None:
        """One more line; what was told of empty paragraphs before it is told of it."""
        line.remarks.take(self._waiting)
        self._waiting = Remarks()
        self.lines.append(line)

    def wait(self, remarks: Remarks) -> None:
        """Remarks on a paragraph without text, or on one that is left out."""
        self._waiting.take(remarks)

    def sign(self, part: Paragraph) -> None:
        """A line of the signature."""
        self.wait(part.remarks)
        self.signing += filter(None, (each.strip() for each in part.text.split(BREAK)))

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
            found.wait(item.remarks)
            _add_table(item, order, found)
    return found


def _add_paragraph(paragraph: Paragraph, found: Flattened) -> None:
    for each in parted(paragraph):
        part = _first_column(each, found)
        if part.text.strip():
            found.add(line_of(part))
        else:
            found.wait(part.remarks)


def _first_column(part: Paragraph, found: Flattened) -> Paragraph:
    """Of Nơi nhận and a signature behind tabs, what is Nơi nhận; the other is noted."""
    text, columns = part.text.strip(), columns_of(part)
    first = "".join(piece.text for piece in columns[0]).strip() if columns else text
    is_head = RECIPIENTS_WORD.match(first) is not None
    found.is_closing = found.is_closing or is_head
    if columns and is_head and is_signing(columns[1]):
        found.is_tabbed = True
    elif not found.is_tabbed or not columns or is_annex(text, part):
        found.is_tabbed = found.is_tabbed and not is_annex(text, part)
        return part
    found.signing.append(columns[1])
    return replace(part, pieces=columns[0])


def _add_table(table: Table, place: int, found: Flattened) -> None:
    parts = [part for row in table.rows for cell in row.cells for part in parts_of(cell)]
    is_first = place < _HEADER_WITHIN
    if (is_first or len(table.rows) <= _LETTERHEAD_ROWS) and _is_letterhead(parts):
        _drop_letterhead(parts, found, is_first=is_first)
    elif (column := recipients_column(table)) is not None:
        _add_recipients(table, column, found)
    elif is_signing_table(table):
        for part in parts:
            found.sign(part)
    elif len(table.rows) == 1 and len(table.rows[0].cells) == 1:
        _add_box(parts, found)
    elif found.is_closing and any(map(_names_annex, table.rows)):
        _add_annex_table(table, found)
    else:
        found.add(Line(TABLE_LINE, table=table))


def _is_letterhead(parts: list[Paragraph]) -> bool:
    return any(_LETTERHEAD.search(part.text) for part in parts)


def _add_box(parts: list[Paragraph], found: Flattened) -> None:
    for order, part in enumerate(parts):
        if not order:
            part.remarks.add(BOXED)
        _add_paragraph(part, found)


def _drop_letterhead(parts: list[Paragraph], found: Flattened, *, is_first: bool) -> None:
    """The letterhead is made anew; some put a title into the same table."""
    at = len(parts)
    for order, part in enumerate(parts):
        text = part.text.strip()
        if text.startswith(KIND) if is_first else is_annex(text, part):
            at = order
            break
    for part in parts[:at]:
        found.wait(part.remarks)
    words = " / ".join(text for part in parts[:at] if (text := part.text.strip()))
    if is_first:
        found.letterhead = " / ".join(filter(None, (found.letterhead, words)))
    else:
        told = Remarks()
        told.leave_out(LETTERHEAD, words)
        found.wait(told)
    for part in parts[at:]:
        _add_paragraph(part, found)


def _add_recipients(table: Table, column: int, found: Flattened) -> None:
    """The column of Nơi nhận gives lines; the others are the signature."""
    is_under = False
    for row in table.rows:
        for order, cell in enumerate(row.cells):
            parts = parts_of(cell)
            if order != column:
                for part in parts:
                    found.sign(part)
                continue
            for part in from_recipients(parts, is_under=is_under):
                _add_paragraph(part, found)
                is_under = found.is_closing


def _add_annex_table(table: Table, found: Flattened) -> None:
    """The rows down to the one that says Phụ lục are a heading; what is below them is a table."""
    last = 1 + next(order for order, row in enumerate(table.rows) if _names_annex(row))
    while last < len(table.rows) and len(table.rows[last].cells) == 1:
        last += 1
    heading, rest = table.rows[:last], table.rows[last:]
    if _reaches_over(heading):
        heading, rest = table.rows, []
    for row in heading:
        for cell in row.cells:
            for part in parts_of(cell):
                _add_paragraph(part, found)
    if rest:
        found.add(Line(TABLE_LINE, table=Table(rest)))


def _names_annex(row: Row) -> bool:
    parts = (part for cell in row.cells for part in parts_of(cell))
    return any(is_annex(part.text.strip(), part) for part in parts)


def _reaches_over(rows: list[Row]) -> bool:
    """Whether a cell of these rows goes on below them."""
    return any(
        order + cell.rowspan > len(rows) for order, row in enumerate(rows) for cell in row.cells
    )
