"""Places the cells of a table on a grid, whatever the spans say, and weighs its columns."""

from collections.abc import Callable, Iterator
from typing import Any

from portal.documents.typesetting import RenderingFailed

Json = dict[str, Any]
PiecesOf = Callable[[Json, int], list[tuple[str, str]]]

MOST_COLUMNS = 40
# The size of type, in points, for tables of up to so many columns.
SIZES = ((8, 12), (12, 11), (20, 9), (MOST_COLUMNS, 7))
# Words longer than a column is wide may break anywhere; this is what a whole line holds.
LONGEST_WORD, LETTERS_ACROSS = 15, 75
# A column whose longest cell is no longer than this is as wide as its text, and never breaks it.
NARROW = 12
# Narrow columns together may take this many characters before all columns share alike.
NARROW_TOGETHER = 40
# A column whose cells are no longer than this is centred: numbers, signs, units.
SHORT = 6
# Cells of up to this many characters stay on one page.
LONGEST_WHOLE_CELL = 500
# A head taller than this many characters is printed once: repeated, it would leave no room.
LONGEST_REPEATED_HEAD = 1500


def table_block(table: Json, pieces_of: PiecesOf) -> Json:
    """Return a table as plan.typ sets it; *pieces_of* sets one clause in words so long at most."""
    spots = list(_spots(table["content"]))
    columns = max((spot["x"] + spot["colspan"] for _, spot in spots), default=1)
    if columns > MOST_COLUMNS:
        raise RenderingFailed(
            "Bảng có %(columns)d cột, nhiều hơn %(most)d cột mà trang in chứa được."
            " Hãy tách bảng thành nhiều bảng.",
            columns=columns,
            most=MOST_COLUMNS,
        )
    longest = min(LONGEST_WORD, LETTERS_ACROSS // columns)
    cells = _aligned([_cell(node, longest, pieces_of) | spot for node, spot in spots])
    rows = len(table["content"])
    head = _header_rows(cells, rows)
    return {
        "kind": "table",
        "size": next(size for most, size in SIZES if columns <= most),
        "columns": _weights(cells, columns),
        "rows": rows,
        "cells": cells,
        "header_rows": head,
        "repeat": sum(_length(cell) for cell in cells if cell["y"] < head) < LONGEST_REPEATED_HEAD,
    }


def _spots(rows: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each cell's node with its place, found as HTML does: the next free one in its row."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for node in row.get("content", ()):
            while (x, y) in taken:
                x += 1
            across = _free_across(node, x, y, taken)
            down = max(1, min(_span(node, "rowspan"), len(rows) - y))
            taken.update((x + i, y + j) for i in range(across) for j in range(down))
            yield node, {"x": x, "y": y, "colspan": across, "rowspan": down}
            x += across


def _span(node: Json, name: str) -> int:
    return int(node.get("attrs", {}).get(name) or 1)


def _free_across(node: Json, x: int, y: int, taken: set[tuple[int, int]]) -> int:
    """Return how many columns the cell gets: what it asks for, up to the next taken place."""
    wanted = max(1, min(_span(node, "colspan"), MOST_COLUMNS + 1))
    return next((i for i in range(1, wanted) if (x + i, y) in taken), wanted)


def _cell(node: Json, longest: int, pieces_of: PiecesOf) -> Json:
    blocks = [pieces_of(clause, longest) for clause in node["content"]]
    header = node["type"] == "table_header"
    cell = {"header": header, "blocks": blocks}
    return cell | {"long": _length(cell) > LONGEST_WHOLE_CELL}


def _aligned(cells: list[Json]) -> list[Json]:
    """Say of each cell whether it is *short*, and centred: in the body, all of a column or none."""
    long = {
        x
        for cell in cells
        if not cell["header"] and _length(cell) > SHORT
        for x in range(cell["x"], cell["x"] + cell["colspan"])
    }
    return [cell | {"short": cell["header"] or cell["x"] not in long} for cell in cells]


def _length(cell: Json) -> int:
    return sum(len(text) for block in cell["blocks"] for text, _ in block)


def _header_rows(cells: list[Json], rows: int) -> int:
    """Return how many rows on top hold only header cells that end within them."""
    count = 0
    while count < rows and all(cell["header"] for cell in cells if cell["y"] == count):
        count += 1
    if any(cell["y"] < count < cell["y"] + cell["rowspan"] for cell in cells):
        return 0
    return count if count < rows else 0


def _weights(cells: list[Json], columns: int) -> list[int]:
    """Return a share for each column, 0 for one as wide as its text."""
    longest = [0] * columns
    for cell in cells:
        if cell["colspan"] == 1:
            longest[cell["x"]] = max(longest[cell["x"]], _length(cell))
    narrow = [length for length in longest if length <= NARROW]
    if sum(narrow) > NARROW_TOGETHER or len(narrow) == columns:
        return [10 + min(length, 70) for length in longest]
    return [0 if length <= NARROW else 10 + min(length, 70) for length in longest]
