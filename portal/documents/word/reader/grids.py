"""Reads a Word table as a rectangle of cells, whatever its spans and gaps say."""

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

from portal.documents.word.reader.pieces import Cell, Paragraph, Row, Table
from portal.documents.word.reader.told import Remarks
from portal.documents.word.reader.words import UNKNOWN, tell_stray, text_below
from portal.documents.word.reader.xml import Element, W, local, number, switch, value
from workflows.domain.content.tables import MAX_COLUMNS

Paragraphs = Callable[[Element], Iterator[Paragraph]]

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})

ROW_DELETED: Final = "Hàng của bảng đã xoá khi theo dõi thay đổi không được đưa vào."
FILLED_UP: Final = "Bảng có hàng thiếu ô; các ô trống đã được thêm vào cho đủ."


def table_of(element: Element, paragraphs: Paragraphs) -> Table:
    """The table; cells merged downwards become one, short rows are filled up."""
    remarks = Remarks()
    # By the column at which they begin: the cells that may still grow downwards.
    open_cells: dict[int, Cell] = {}
    rows: list[Row] = []
    for row in _below(element, "tr", remarks):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            remarks.leave_out(ROW_DELETED, text_below(row))
            continue
        is_header = bool(switch(properties, "tblHeader"))
        cells = list(_below(row, "tc", remarks))
        rows.append(Row(_cells(cells, properties, open_cells, paragraphs), is_header))
    table = Table(_squared(rows, remarks), remarks=remarks)
    table.marks = [mark for each in table.paragraphs for mark in each.marks]
    return table


def _below(node: Element, name: str, remarks: Remarks) -> Iterator[Element]:
    """Rows or cells, whatever they are wrapped in; what else has words is told."""
    tell_stray(node, remarks)
    for child in node:
        if child.tag == W + name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from _below(child, name, remarks)
        elif words := text_below(child):
            remarks.leave_out(UNKNOWN, words)


def _cells(
    elements: list[Element],
    properties: Element | None,
    open_cells: dict[int, Cell],
    paragraphs: Paragraphs,
) -> list[Cell]:
    cells: list[Cell] = []
    at = _bounded(number(properties, "gridBefore"), 0)
    if at:
        cells.append(Cell([], at))
    began: dict[int, Cell] = {}
    for element in elements:
        cell, merge = _cell(element, paragraphs)
        above = open_cells.get(at)
        if merge == "continue" and above is not None and above.colspan == cell.colspan:
            above.rowspan += 1
            above.paragraphs += [each for each in cell.paragraphs if each.text.strip()]
            began[at] = above
        else:
            cells.append(cell)
            if merge is not None:
                began[at] = cell
        at += cell.colspan
    open_cells.clear()
    open_cells.update(began)
    return cells


def _cell(element: Element, paragraphs: Paragraphs) -> tuple[Cell, str | None]:
    properties = element.find(W + "tcPr")
    merge = None
    if properties is not None and properties.find(W + "vMerge") is not None:
        merge = value(properties, "vMerge") or "continue"
    span = _bounded(number(properties, "gridSpan", 1), 1)
    return Cell(list(paragraphs(element)), span), merge


def _bounded(span: int, least: int) -> int:
    return min(max(span, least), MAX_COLUMNS + 1)


def _squared(rows: list[Row], remarks: Remarks) -> list[Row]:
    """Every row as wide as the widest, and none that only cells from above reach into."""
    widths = _widths(rows)
    widest = max(widths, default=0)
    for row, width in zip(rows, widths, strict=True):
        if width < widest:
            row.cells.append(Cell([], widest - width))
            remarks.add(FILLED_UP)
    # How many rows before each one have no cell of their own.
    empty = [0, *accumulate(not row.cells for row in rows)]
    for order, row in enumerate(rows):
        for cell in row.cells:
            cell.rowspan -= empty[order + cell.rowspan] - empty[order]
    return [row for row in rows if row.cells]


def _widths(rows: list[Row]) -> list[int]:
    """How many columns each row takes, with the cells from above that reach into it."""
    changes = [0] * (len(rows) + 1)
    for order, row in enumerate(rows):
        for cell in row.cells:
            changes[order] += cell.colspan
            changes[order + cell.rowspan] -= cell.colspan
    return list(accumulate(changes[:-1]))
