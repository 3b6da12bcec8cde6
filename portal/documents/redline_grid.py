"""Where the cells of a table stand, and how the rows or columns of two tables become one row."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

# The place on the grid, counted from 0, and how many columns a cell takes there.
Spot = tuple[int, int]
Spots = Mapping[tuple[str, int, int], Spot]
# A row or a column: of the old text or of the new one, and its number there.
Line = tuple[Literal["new", "old"], int]


def usual(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each first of the pairs the second that it most often has."""
    found: dict[int, int] = {}
    for (first, second), _count in Counter(pairs).most_common():
        found.setdefault(first, second)
    return found


def among(news: Iterable[int], olds: Iterable[int], went: Mapping[int, int]) -> list[Line]:
    """New lines in their order, each old one behind the one that it stood behind."""
    keyed: list[tuple[int, int, Line]] = [(new, -1, ("new", new)) for new in news]
    known = sorted(went)
    for old in sorted(set(olds)):
        left = bisect_left(known, old)
        keyed.append((went[known[left - 1]] if left else -1, old, ("old", old)))
    return [line for _, _, line in sorted(keyed)]


def spots_of(doc: dict[str, Any]) -> Spots:
    """The spot of every cell of the document, by table, row and order in the row."""
    spots: dict[tuple[str, int, int], Spot] = {}
    for node in doc["content"]:
        for table in node["content"] if node["type"] == "annex" else (node,):
            if table["type"] == "table":
                identity = table["attrs"]["id"]
                spots |= {(identity, *at): spot for at, spot in _grid(table)}
    return spots


def _grid(table: dict[str, Any]) -> Iterator[tuple[tuple[int, int], Spot]]:
    """Each cell's row and order in it, counted from 1, and its spot: the next free one."""
    taken: dict[int, int] = {}  # For each column the row, below which it is free.
    for row, line in enumerate(table["content"], start=1):
        x = 0
        for order, cell in enumerate(line["content"], start=1):
            while taken.get(x, 0) >= row:
                x += 1
            across, down = cell["attrs"]["colspan"], cell["attrs"]["rowspan"]
            taken.update(dict.fromkeys(range(x, x + across), row + down - 1))
            yield (row, order), (x, across)
            x += across
