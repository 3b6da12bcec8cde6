"""A table of both texts as one: what came or went stands among the rows and columns that stayed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from portal.documents.changes import Change
from portal.documents.redline_grid import Line, Spot, Spots, among, spots_of, usual
from portal.documents.redline_rows import CellView, Fate, RowView, TableView
from workflows.domain.content.blocks import Cell


def tables_of(
    changes: Iterable[Change], old_doc: dict[str, Any], new_doc: dict[str, Any]
) -> dict[str, TableView]:
    """Every table of the redline by its id; of one that went on, by the id it has now."""
    cells = [change for change in changes if change.block.cell]
    now: dict[str, str] = {}
    for change in cells:
        if change.before and change.before.cell and change.after and change.after.cell:
            now.setdefault(change.before.cell.table_id, change.after.cell.table_id)
    grouped: dict[str, list[Change]] = defaultdict(list)
    for change in cells:
        grouped[table_of(change, now)].append(change)
    old_spots, new_spots = spots_of(old_doc), spots_of(new_doc)
    return {
        identity: _Table(identity, own, old_spots, new_spots).view()
        for identity, own in grouped.items()
    }


def table_of(change: Change, now: Mapping[str, str]) -> str:
    """The id of the table that shows this change; *now* says which old tables went on as which."""
    identity = change.block.cell.table_id if change.block.cell else ""
    return identity if change.after else now.get(identity, identity)


class _Table:
    def __init__(
        self, identity: str, changes: Sequence[Change], old_spots: Spots, new_spots: Spots
    ) -> None:
        self._identity, self._changes = identity, changes
        self._old_spots, self._new_spots = old_spots, new_spots
        self._gone = [(each, cell) for each in changes if (cell := _cell_gone(each))]
        self._here = [(each, each.after.cell) for each in changes if each.after and each.after.cell]
        self._stayed = [
            (each.before.cell, cell)
            for each, cell in self._here
            if each.before and each.before.cell
        ]
        self._cell_of = dict(self._stayed)
        self._row_of = usual((old.row, new.row) for old, new in self._stayed)
        self._column_of = usual(
            (self._spot(old, is_old=True)[0], self._spot(new)[0]) for old, new in self._stayed
        )

    def view(self) -> TableView:
        rows = tuple(self._rows())
        fates = {row.fate for row in rows}
        whole = not self._stayed and len(fates) == 1
        fate: Fate = "edit" if fates != {"same"} else "same"
        return TableView(
            fate=next(iter(fates)) if whole else fate,
            place=self._changes[0].block.place.rsplit(", hàng ", 1)[0],
            rows=rows,
            added_columns=() if whole else tuple(map(self._name, self._added)),
            removed_columns=() if whole else tuple(map(self._name, self._removed)),
        )

    def _spot(self, cell: Cell, *, is_old: bool = False) -> Spot:
        spots = self._old_spots if is_old else self._new_spots
        return spots.get((cell.table_id, cell.row, cell.column), (cell.column - 1, 1))

    @cached_property
    def _added(self) -> list[Line]:
        known = set(self._column_of.values())
        come = {self._spot(cell)[0] for each, cell in self._here if not each.before}
        return [("new", x) for x in sorted(come - known)] if known else []

    @cached_property
    def _removed(self) -> list[Line]:
        gone = {self._spot(cell, is_old=True)[0] for _each, cell in self._gone}
        return [("old", x) for x in sorted(gone - self._column_of.keys())]

    @cached_property
    def _columns(self) -> dict[Line, int]:
        """Where each column of either table stands among all that are shown."""
        width = max((sum(self._spot(cell)) for _each, cell in self._here), default=0)
        lines = among(range(width), (x for _, x in self._removed), self._column_of)
        return {line: at for at, line in enumerate(lines)}

    def _rows(self) -> Iterator[RowView]:
        cells: dict[Line, dict[tuple[int, int], list[Change]]] = defaultdict(dict)
        for change, cell in self._here:
            spot = self._across(self._spot(cell))
            cells["new", cell.row].setdefault(spot, []).append(change)
        for change, cell in self._gone:
            row, spot = self._where_it_was(cell, cells)
            cells[row].setdefault(spot, []).append(change)
        news = sorted(row for side, row in cells if side == "new")
        olds = (row for side, row in cells if side == "old")
        for line in among(news, olds, self._row_of):
            yield self._row(line, cells[line])

    def _across(self, spot: Spot) -> Spot:
        """A spot on the grid of the new table as one on that of both."""
        x, across = spot
        first, last = self._columns["new", x], self._columns["new", x + across - 1]
        return first, last - first + 1

    def _where_it_was(
        self, cell: Cell, cells: Mapping[Line, Mapping[Spot, object]]
    ) -> tuple[Line, Spot]:
        if stayed := self._cell_of.get(cell):
            return ("new", stayed.row), self._across(self._spot(stayed))
        x, across = self._spot(cell, is_old=True)
        at = self._columns.get(("old", x), self._columns.get(("new", self._column_of.get(x, -1))))
        at = at or 0
        if cell.row not in self._row_of:
            return ("old", cell.row), (at, across)
        row: Line = ("new", self._row_of[cell.row])
        # A cell that went into its neighbour is shown there.
        over = (spot for spot in cells.get(row, ()) if spot[0] <= at < sum(spot))
        return row, next(over, (at, 1))

    def _row(self, line: Line, cells: Mapping[Spot, Sequence[Change]]) -> RowView:
        side, number = line
        views: list[CellView] = []
        end = 0
        for (start, across), changes in sorted(cells.items(), key=lambda each: each[0]):
            if start > end:
                views.append(CellView("same", start - end))
            views.append(_cell(across, changes))
            end = max(end, start + across)
        if end < len(self._columns):
            views.append(CellView("same", len(self._columns) - end))
        fate: Fate = "delete" if side == "old" else _fate(views)
        if side == "new" and self._stayed and number not in self._row_of.values():
            fate = "insert"
        shifted = {self._columns[line] for line in (*self._added, *self._removed)}
        touched = [
            each
            for (start, _across), changes in cells.items()
            if start not in shifted
            for each in changes
            if each.kind != "same"
        ]
        return RowView(fate, number, tuple(views), tuple(touched))

    def _name(self, column: Line) -> str:
        """What stands first in the column."""
        side, x = column
        pairs = self._here if side == "new" else self._gone
        for change, cell in pairs:
            if self._spot(cell, is_old=side == "old")[0] == x and change.block.text.strip():
                return change.block.text.strip()
        return f"cột {x + 1}"


def _cell_gone(change: Change) -> Cell | None:
    return change.before.cell if change.before and not change.after else None


def _cell(across: int, changes: Sequence[Change]) -> CellView:
    head = next((each.block.cell.is_header for each in changes if each.block.cell), False)
    kinds = {each.kind for each in changes}
    fate: Fate = "edit"
    for word in ("same", "insert", "delete", "move"):
        if kinds == {word}:
            fate = word
    return CellView(fate, across, head, tuple(changes))


def _fate(cells: Sequence[CellView]) -> Fate:
    fates = {cell.fate for cell in cells if cell.changes}
    return fates.pop() if len(fates) == 1 else "edit"
