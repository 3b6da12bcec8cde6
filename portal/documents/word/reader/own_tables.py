"""Reads a table of a file made here: its id, its heading cells, the widths given in the editor."""

from collections.abc import Mapping
from typing import Final

from portal.documents.word import names
from portal.documents.word.reader.lines import line_of
from portal.documents.word.reader.nodes import cell_node, empty_clause, require_narrow
from portal.documents.word.reader.own_text import Ids, own_runs
from portal.documents.word.reader.pieces import Cell, Paragraph, Table
from workflows.domain.content.lines import read_line
from workflows.domain.content.numbering import CELL_LEVELS
from workflows.domain.content.runs import content_of
from workflows.domain.content.shape import Doc
from workflows.domain.content.tables import MAX_COLUMNS

# The styles of what stands above the title and is made anew for every page.
LETTERHEAD: Final = frozenset(
    {names.PARENT, names.ORGANISATION, names.COUNTRY, names.MOTTO, names.NUMBER, names.DATE}
)
_LEVELS: Final = {style: level for level, style in names.CELLS.items()} | {
    style: level for level, style in names.HEADER_CELLS.items()
}
_HEADERS: Final = frozenset(names.HEADER_CELLS.values())


def own_table(table: Table, ids: Ids, properties: Mapping[str, str]) -> Doc:
    """The table as it was, with what was changed in its cells."""
    require_narrow(table)
    identity = ids.of(table.marks, names.TABLE_MARK)
    rows: list[Doc] = [
        {"type": "table_row", "content": [_cell(cell, ids) for cell in row.cells]}
        for row in table.rows
    ]
    _set_widths([cell for row in rows for cell in row["content"]], identity, properties)
    return {"type": "table", "attrs": {"id": identity}, "content": rows}


def _cell(cell: Cell, ids: Ids) -> Doc:
    kept = [each for each in cell.paragraphs if each.text.strip() or each.style in _LEVELS]
    clauses = [_clause(each, ids) for each in kept] or [empty_clause(ids.fresh)]
    return cell_node(cell, clauses, is_header=bool(kept) and kept[0].style in _HEADERS)


def _clause(paragraph: Paragraph, ids: Ids) -> Doc:
    level = _LEVELS.get(paragraph.style)
    if level is not None:
        runs = own_runs(paragraph)
    else:
        line = line_of(paragraph)
        level = read_line(line.text).level
        is_bullet = level in CELL_LEVELS
        runs, level = (line.runs, level) if is_bullet else (paragraph.runs, "para")
    paragraph.block_id = ids.of(paragraph.marks)
    attrs = {"id": paragraph.block_id, "level": level}
    return {"type": "clause", "attrs": attrs, "content": content_of(runs)}


def _set_widths(cells: list[Doc], identity: str, properties: Mapping[str, str]) -> None:
    pieces: list[str] = []
    prefix = f"{names.WIDTHS_PROPERTY}{identity}."
    while (piece := properties.get(f"{prefix}{len(pieces) + 1}")) is not None:
        pieces.append(piece)
    try:
        widths = names.read_widths("".join(pieces))
    except ValueError:
        return
    # Cells were added or merged since: whose width would it be?
    if len(widths) != len(cells):
        return
    for cell, width in zip(cells, widths, strict=True):
        cell["attrs"]["colwidth"] = width[:MAX_COLUMNS] if width else None
