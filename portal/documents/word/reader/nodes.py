"""Makes the nodes of a plan from what a Word file holds: clauses in cells, tables, plain text."""

from collections.abc import Iterable

from portal.documents.word.reader.lines import line_of, stripped, without
from portal.documents.word.reader.pieces import Cell, Paragraph, Row, Table
from portal.documents.word.reader.refusals import TOO_WIDE, WordRefused
from workflows.domain.content.lines import read_cell_line
from workflows.domain.content.reading import Source, excerpt
from workflows.domain.content.runs import BREAK, Run, content_of, text_of
from workflows.domain.content.shape import Doc, NewId
from workflows.domain.content.suspicions import misreadings
from workflows.domain.content.tables import MAX_COLUMNS


def require_narrow(table: Table) -> None:
    """Raise WordRefused for a table that no page holds; its first words say which one it is."""
    if sum(cell.colspan for cell in table.rows[0].cells) <= MAX_COLUMNS:
        return
    words = " ".join(text for each in table.paragraphs if (text := each.text.strip()))
    name = f"“{excerpt(words)}”" if words else "không có chữ"
    raise WordRefused(TOO_WIDE, table=name, most=MAX_COLUMNS)


def table_node(table: Table, new_id: NewId) -> Doc:
    """A table of a file that is not our own."""
    require_narrow(table)
    return {
        "type": "table",
        "attrs": {"id": new_id()},
        "content": [_row_node(row, new_id) for row in table.rows],
    }


def plain_content(runs: Iterable[Run]) -> list[Doc]:
    """Text without faces and breaks."""
    text = " ".join(text_of(runs).replace(BREAK, " ").split(" "))
    return [{"type": "text", "text": text}] if text else []


def unfaced(runs: list[Run], *, strong: bool = True, em: bool = True) -> list[Run]:
    """The runs without a face that all of them wear: then it is the style's, not the text's."""
    said = [run for run in runs if run.text.strip()]
    drop_strong = strong and all(run.strong for run in said)
    drop_em = em and all(run.em for run in said)
    return [Run(r.text, r.strong and not drop_strong, r.em and not drop_em) for r in runs]


def cell_node(cell: Cell, clauses: list[Doc], *, is_header: bool) -> Doc:
    """A cell around its clauses."""
    attrs = {"colspan": cell.colspan, "rowspan": cell.rowspan, "colwidth": None}
    return {
        "type": "table_header" if is_header else "table_cell",
        "attrs": attrs,
        "content": clauses,
    }


def empty_clause(new_id: NewId) -> Doc:
    """A cell holds at least one clause."""
    return {"type": "clause", "attrs": {"id": new_id(), "level": "para"}}


def _row_node(row: Row, new_id: NewId) -> Doc:
    return {
        "type": "table_row",
        "content": [_cell(each, row.is_header, new_id) for each in row.cells],
    }


def _cell(cell: Cell, is_header: bool, new_id: NewId) -> Doc:
    filled = [each for each in cell.paragraphs if each.text.strip() or each.label]
    clauses = [_clause(each, is_header, new_id) for each in filled]
    return cell_node(cell, clauses or [empty_clause(new_id)], is_header=is_header)


def _clause(paragraph: Paragraph, is_header: bool, new_id: NewId) -> Doc:
    """Numbers in a cell are just text (STT); only bullets are levels."""
    if paragraph.label is not None and not paragraph.label.is_bullet:
        text = paragraph.label.text
        runs = stripped([Run(f"{text} "), *paragraph.runs])
        level = "para"
    elif paragraph.label is not None:
        line = line_of(paragraph)
        runs, level = line.runs, read_cell_line(line.text).level
    else:
        runs = stripped(paragraph.runs)
        text = text_of(runs).replace(BREAK, " ").replace("\u00a0", " ")
        read = read_cell_line(text)
        runs, level = without(runs, len(text) - len(read.text)), read.level
    runs = unfaced(runs) if is_header else runs
    paragraph.block_id = new_id()
    for doubt in misreadings(Source(0, text_of(runs))):
        paragraph.remarks.add(doubt.sentence, doubt.excerpt)
    attrs = {"id": paragraph.block_id, "level": level}
    return {"type": "clause", "attrs": attrs, "content": content_of(runs)}
