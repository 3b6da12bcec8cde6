"""Finds, of two versions' flows, which lines and tables are the same one, changed or not."""

from collections.abc import Sequence
from typing import TypeVar

from portal.documents.redline import longest_rise
from portal.documents.word.flow import Cell, Grid, Line, Row

T = TypeVar("T", bound=Line | Grid | Row)
Pair = tuple[T | None, T | None]


def pair(old: Sequence[T], new: Sequence[T]) -> list[Pair[T]]:
    """Everything of both in one order: (old, new), (old, None) for what went, (None, new).

    What moved is gone from its old place and new in the other: Word then shows both places.
    """
    was = {_key(item): place for place, item in enumerate(old)}
    unmoved = longest_rise([was[_key(item)] for item in new if _key(item) in was])
    pairs: list[Pair[T]] = []
    shown = 0
    fresh: list[T] = []
    for item in new:
        place = was.get(_key(item), -1)
        if place not in unmoved:
            fresh.append(item)
            continue
        pairs += [*_gone(old[shown:place]), *_come(fresh), (old[place], item)]
        shown, fresh = place + 1, []
    return [*pairs, *_gone(old[shown:]), *_come(fresh)]


def moved(pairs: Sequence[Pair[Line | Grid]]) -> list[str]:
    """The keys of the lines that went from one place to another with the same words."""
    gone = {old.key: old for old, new in pairs if isinstance(old, Line) and new is None}
    came = [new for old, new in pairs if isinstance(new, Line) and old is None]
    return [
        new.key
        for new in came
        if new.key in gone and new.text and _words(new) == _words(gone[new.key]) and _tracks(new)
    ]


def _words(line: Line) -> str:
    return "".join(piece.text for piece in line.text)


def _tracks(line: Line) -> bool:
    return not line.is_untracked and not line.ends_section


def pair_to_the_end(old: Sequence[Line], new: Sequence[Line]) -> list[Pair[Line]]:
    """As `pair`, for a cell: its last paragraph's mark cannot go, so the last two are one."""
    if old and new and _key(old[-1]) != _key(new[-1]):
        return [*pair(old[:-1], new[:-1]), (old[-1], new[-1])]
    return pair(old, new)


def pair_rows(old: Grid, new: Grid) -> list[Pair[Row]] | None:
    """The rows of a table in two versions, or None when they do not fit into one table.

    Word tracks rows that come and go, but no merging of cells: rows are told apart by their
    own keys while no cell reaches over two, and else only while the whole shape is the same.
    """
    if _reaches_down(old) or _reaches_down(new):
        is_same = _shape(old.rows) == _shape(new.rows)
        return list(zip(old.rows, new.rows, strict=True)) if is_same else None
    if len(old.columns) != len(new.columns):
        return None
    pairs: list[Pair[Row]] = []
    for before, after in pair(old.rows, new.rows):
        if before and after and _shape([before]) != _shape([after]):
            pairs += [(before, None), (None, after)]
        else:
            pairs.append((before, after))
    return pairs


def pair_cells(old: Row, new: Row) -> list[tuple[Cell, Cell]]:
    """The cells of two rows of one shape."""
    return list(zip(old.cells, new.cells, strict=True))


def _key(item: Line | Grid | Row) -> tuple[type, str]:
    return type(item), item.key


def _gone(items: Sequence[T]) -> list[Pair[T]]:
    return [(item, None) for item in items]


def _come(items: Sequence[T]) -> list[Pair[T]]:
    return [(None, item) for item in items]


def _shape(rows: Sequence[Row]) -> list[list[tuple[int, str | None]]]:
    return [[(cell.across, cell.merge) for cell in row.cells] for row in rows]


def _reaches_down(grid: Grid) -> bool:
    return any(cell.merge for row in grid.rows for cell in row.cells)
