"""Sets the tables of a plan on Word's grid: spans, merged cells, widths, repeated heads."""

from itertools import zip_longest
from typing import Any

from portal.documents.word import names
from portal.documents.word.flow import (
    Cell,
    Grid,
    Line,
    Row,
    generated,
    marked,
    pieces_of,
    spacer,
)
from portal.documents.word.page import TEXT_WIDTH
from workflows.domain.content.runs import runs_of

Json = dict[str, Any]
# What covers each place, column by row: a cell's node, and the same cell as it is laid out.
Places = dict[tuple[int, int], tuple[Json, Json]]

# The width of an average letter in parts of the type size, and what a cell keeps free inside.
LETTER, PADDING = 0.62, 220
LABELS = {"dash": "- ", "plus": "+ ", "para": ""}


def grid_of(table: Json, laid: Json) -> Grid:
    """The Word table; *laid* is the same one as composition.py lays it out for the page."""
    nodes = [node for row in table["content"] for node in row["content"]]
    places: Places = {
        (x, y): (node, spot)
        for node, spot in zip(nodes, laid["cells"], strict=True)
        for x in range(spot["x"], spot["x"] + spot["colspan"])
        for y in range(spot["y"], spot["y"] + spot["rowspan"])
    }
    rows = tuple(_row(y, places, laid) for y in range(laid["rows"]))
    return _named(Grid(table["attrs"]["id"], _columns(laid), rows))


def widths_of(table: Json) -> str:
    """The widths that its cells were given in the editor, for a custom property."""
    return names.write_widths(
        [cell["attrs"].get("colwidth") for row in table["content"] for cell in row["content"]]
    )


def _named(grid: Grid) -> Grid:
    """With the table's own id on the first paragraph."""
    first, *rows = grid.rows
    cell, *cells = first.cells
    mark = names.mark_of(grid.key, names.TABLE_MARK)
    opened = Cell(marked(cell.lines, mark), cell.across, cell.merge, cell.is_middle)
    head = Row(first.key, (opened, *cells), first.is_head, first.is_whole)
    return Grid(grid.key, grid.columns, (head, *rows))


def _row(y: int, places: Places, laid: Json) -> Row:
    """The cells of a row from left to right, what merged cells and gaps leave made up for."""
    cells: list[Cell] = []
    x, columns = 0, len(laid["columns"])
    while x < columns:
        found = places.get((x, y))
        cell = _cell(*found, y, laid["size"]) if found else Cell((spacer(f"gap:{x}:{y}"),))
        cells.append(cell)
        x += cell.across
    here = [places[x, y] for x in range(columns) if (x, y) in places]
    own = [node for node, spot in here if spot["y"] == y]
    return Row(
        own[0]["content"][0]["attrs"]["id"] if own else f"row:{y}",
        tuple(cells),
        is_head=laid["repeat"] and y < laid["header_rows"],
        is_whole=not any(spot["long"] for _, spot in here),
    )


def _cell(node: Json, spot: Json, y: int, size: int) -> Cell:
    across = spot["colspan"]
    if y > spot["y"]:
        below = spacer(f"below:{node['content'][0]['attrs']['id']}:{y}")
        return Cell((below,), across, "continue")
    lines = tuple(_line(clause, spot, size) for clause in node["content"])
    merge = "restart" if spot["rowspan"] > 1 else None
    return Cell(lines, across, merge, is_middle=True)


def _line(clause: Json, spot: Json, size: int) -> Line:
    attrs = clause["attrs"]
    styles = names.HEADER_CELLS if spot["header"] else names.CELLS
    mark = names.mark_of(attrs["id"])
    return Line(
        attrs["id"],
        styles[attrs["level"]],
        pieces_of(runs_of(clause)),
        before=generated(LABELS[attrs["level"]]),
        marks=(mark,) if mark else (),
        is_centred=spot["short"] and not spot["header"],
        size=None if size == 12 else size,
    )


def _columns(laid: Json) -> tuple[int, ...]:
    """The widths: a narrow column as its text needs, the others by their weights."""
    weights: list[int] = laid["columns"]
    narrow = [0 if weight else _narrow(laid, x) for x, weight in enumerate(weights)]
    rest, all_weights = TEXT_WIDTH - sum(narrow), sum(weights) or 1
    return tuple(
        own or rest * weight // all_weights
        for own, weight in zip_longest(narrow, weights, fillvalue=0)
    )


def _narrow(laid: Json, x: int) -> int:
    longest = max(
        (
            len("".join(text for text, _ in block))
            for cell in laid["cells"]
            if cell["x"] == x and cell["colspan"] == 1
            for block in cell["blocks"]
        ),
        default=0,
    )
    size: int = laid["size"]
    return PADDING + round(max(longest, 2) * LETTER * size * 20)
