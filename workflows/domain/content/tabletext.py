r"""The written form of a table: `| ô | ô |` rows, a rule under the row of headings.

`\p` parts the paragraphs of one cell; `{h c2 r3 w120,80}` before a cell's text says that it is a
heading, how many columns and rows it spans, and its widths.
"""

import re
from collections.abc import Sequence

from workflows.domain.content.inline import read_inline, split_unescaped, write_inline
from workflows.domain.content.lines import read_cell_line, write_line
from workflows.domain.content.numbering import Numbering
from workflows.domain.content.runs import content_of, runs_of
from workflows.domain.content.shape import Doc, NewId
from workflows.domain.content.tables import MAX_COLUMNS, MAX_ROWS
from workflows.domain.errors import Fault, UnfitText

_RULE = re.compile(r"[ ]*:?-{2,}:?[ ]*")
_SPEC = re.compile(r"\{(h?)(?: ?c(\d{1,4}))?(?: ?r(\d{1,4}))?(?: ?w([\d,]{1,300}))?\}[ ]*")
_NO_SPEC: tuple[str | None, ...] = ("", None, None, None)


def is_row(line: str) -> bool:
    """Whether a trimmed line belongs to a table."""
    return line.startswith("|")


def read_table(lines: Sequence[str], new_id: NewId) -> tuple[Doc, bool]:
    """The table in these lines, and whether no row was short; short rows are filled up."""
    rows = [_cells(line) for line in lines]
    has_rule = len(rows) > 1 and all(_RULE.fullmatch(cell) for cell in rows[1])
    body = rows[:1] + rows[2:] if has_rule else rows
    read = [
        [_read_cell(text, has_rule and not order, new_id) for text in row]
        for order, row in enumerate(body)
    ]
    table: Doc = {
        "type": "table",
        "attrs": {"id": new_id()},
        "content": [{"type": "table_row", "content": row} for row in read],
    }
    return table, _fill_up(read, new_id)


def write_table(table: Doc) -> list[str]:
    """The lines of a table."""
    rows = table["content"]
    ruled = _is_all_heading(rows[0])
    lines = [
        _row([_write_cell(cell, ruled and not order) for cell in row["content"]])
        for order, row in enumerate(rows)
    ]
    rule = [_row(["---"] * len(rows[0]["content"]))] if ruled else []
    return [*lines[:1], *rule, *lines[1:]]


def _cells(line: str) -> list[str]:
    cells = split_unescaped(line[1:], "|")
    if len(cells) > 1 and not cells[-1].strip(" "):
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise UnfitText(
            "Bảng có %(columns)d cột, nhiều hơn %(most)d cột mà trang in chứa được.",
            (Fault("Bảng", f"có {len(cells)} cột; hãy tách thành nhiều bảng.", None),),
            columns=len(cells),
            most=MAX_COLUMNS,
        )
    return [cell.strip(" ") for cell in cells]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_all_heading(row: Doc) -> bool:
    return all(cell["type"] == "table_header" for cell in row["content"])


def _read_cell(text: str, is_header: bool, new_id: NewId) -> Doc:
    found = _SPEC.match(text)
    # “{}” alone is no mark of ours.
    spec = found.groups() if found and any(found.groups()) else _NO_SPEC
    rest = text[found.end() :] if found and any(found.groups()) else text
    header, columns, rows, widths = spec
    return {
        "type": "table_header" if is_header or header else "table_cell",
        "attrs": {
            "colspan": _within(columns, MAX_COLUMNS),
            "rowspan": _within(rows, MAX_ROWS),
            "colwidth": _widths(widths),
        },
        "content": [_clause(part.strip(" "), new_id) for part in split_unescaped(rest, "\\p")],
    }


def _within(digits: str | None, most: int) -> int:
    return min(max(int(digits or 1), 1), most)


def _widths(digits: str | None) -> list[int] | None:
    widths = [int(each[:5]) for each in (digits or "").split(",") if each]
    return widths[:MAX_COLUMNS] or None


def _clause(text: str, new_id: NewId) -> Doc:
    line = read_cell_line(text)
    runs, _ = read_inline(line.text)
    attrs = {"id": new_id(), "level": line.level}
    return {"type": "clause", "attrs": attrs, "content": content_of(runs)}


def _fill_up(rows: list[list[Doc]], new_id: NewId) -> bool:
    cells = [cell for row in rows for cell in row]
    if any(cell["attrs"]["colspan"] > 1 or cell["attrs"]["rowspan"] > 1 for cell in cells):
        return True
    width = min(max(len(row) for row in rows), MAX_COLUMNS)
    short = [row for row in rows if len(row) < width]
    for row in short:
        row.extend(_read_cell("", False, new_id) for _ in range(width - len(row)))
    return not short


def _write_cell(cell: Doc, under_rule: bool) -> str:
    clauses = " \\p ".join(_write_clause(clause) for clause in cell["content"])
    spec = _write_spec(cell, under_rule)
    return f"{spec} {clauses}" if spec else clauses


def _write_clause(clause: Doc) -> str:
    level = clause["attrs"]["level"]
    if level == "para" and not clause.get("content"):
        return ""
    written = write_inline(runs_of(clause), "|")
    # Two signs that would end a cell or make a rule of its row stand right at the beginning.
    written = f"\\{written}" if written.startswith(("-", ":")) else written
    return write_line(level, Numbering().advance(level), written, in_cell=True)


def _write_spec(cell: Doc, under_rule: bool) -> str:
    attrs = cell["attrs"]
    words = ["h"] if cell["type"] == "table_header" and not under_rule else []
    words += [f"c{attrs['colspan']}"] if attrs["colspan"] > 1 else []
    words += [f"r{attrs['rowspan']}"] if attrs["rowspan"] > 1 else []
    if attrs["colwidth"]:
        words.append("w" + ",".join(str(width) for width in attrs["colwidth"]))
    return f"{{{' '.join(words)}}}" if words else ""
