"""Knows the tables and tabbed paragraphs in which a file sets Nơi nhận beside the signature."""

from collections.abc import Iterator
from typing import Final

from portal.documents.word.reader.lines import RECIPIENTS_WORD, parted
from portal.documents.word.reader.pieces import Cell, Paragraph, Piece, Table
from workflows.domain.content.lines import read_line
from workflows.domain.content.parts import is_signing

# Wider or longer ones are tables of the text, whatever their headings are called.
_MOST_CELLS: Final = 3
_MOST_ROWS: Final = 12
_MOST_SIGNING_ROWS: Final = 4


def parts_of(cell: Cell) -> list[Paragraph]:
    """The lines of a cell."""
    return [part for each in cell.paragraphs for part in parted(each)]


def recipients_column(table: Table) -> int | None:
    """Which cell of a row holds Nơi nhận, if the table is the one at the end of a plan."""
    if len(table.rows) > _MOST_ROWS or any(len(row.cells) > _MOST_CELLS for row in table.rows):
        return None
    for order, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            said = _said(cell)
            if not said or not RECIPIENTS_WORD.match(said[0]):
                continue
            below = [_said(each.cells[column]) for each in table.rows[order + 1 :]
                     if column < len(each.cells)]  # fmt: skip
            is_list = len(said) > 1 or any(each and each[0][0] in "-–+" for each in below)
            # “Nơi nhận” alone may be the heading of a column.
            if is_list or (":" in said[0] and len(table.rows) == 1):
                return column
    return None


def is_signing_table(table: Table) -> bool:
    """Whether a table holds nothing but the place of the signature."""
    if len(table.rows) > _MOST_SIGNING_ROWS:
        return False
    cells = [cell for row in table.rows for cell in row.cells]
    is_narrow = all(len(row.cells) <= _MOST_CELLS for row in table.rows)
    return is_narrow and any(said and is_signing(said[0]) for said in map(_said, cells))


def from_recipients(parts: list[Paragraph], *, is_under: bool) -> Iterator[Paragraph]:
    """In this cell every line is a recipient, with a dash before it or without."""
    for part in parts:
        text = part.text.strip()
        is_head = RECIPIENTS_WORD.match(text) is not None
        if is_under and not is_head and text and part.label is None and _is_plain(text):
            part.pieces = [Piece("- "), *part.pieces]
        is_under = is_under or is_head
        yield part


def columns_of(paragraph: Paragraph) -> tuple[list[Piece], str] | None:
    """What stands before the tabs of a paragraph and what behind them, when there are any."""
    pieces = paragraph.pieces
    at = next(
        (at for at, piece in enumerate(pieces) if piece.is_tab and _follows(pieces, at)), None
    )
    if at is None:
        return None
    return pieces[:at], "".join(piece.text for piece in pieces[at:]).strip()


def _follows(pieces: list[Piece], at: int) -> bool:
    """A tab after a dash only sets the text off; one before words parts columns."""
    before = "".join(piece.text for piece in pieces[:at]).strip()
    return before not in ("-", "–", "+", "•")


def _said(cell: Cell) -> list[str]:
    return [text for part in parts_of(cell) if (text := part.text.strip())]


def _is_plain(text: str) -> bool:
    return read_line(text).level == "para"
