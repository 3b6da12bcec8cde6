"""Lays a redline out to be read: what to show, under which headings, how many changes of a kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from portal.documents.changes import Change, Mark
from portal.documents.redline_items import (
    Context,
    Entry,
    Gap,
    Item,
    Layout,
    Line,
    Renumbered,
    TableEntry,
    TableRow,
)
from portal.documents.redline_rows import TableView
from portal.documents.redline_tables import table_of, tables_of
from workflows.domain.content.blocks import Block
from workflows.domain.content.headings import RANKS

HEADINGS = ("part", "sec", "sub", "pt")


def lay_out(
    changes: Sequence[Change],
    old_doc: dict[str, Any],
    new_doc: dict[str, Any],
    *,
    only_changes: bool,
) -> Layout:
    """Arrange *changes*, which are the redline of the two documents."""
    return _Layout(changes, tables_of(changes, old_doc, new_doc), only_changes).layout()


class _Layout:
    def __init__(
        self, changes: Sequence[Change], tables: dict[str, TableView], only_changes: bool
    ) -> None:
        self._changes, self._tables, self._only_changes = changes, tables, only_changes
        self._now = {
            each.before.cell.table_id: each.after.cell.table_id
            for each in changes
            if each.before and each.before.cell and each.after and each.after.cell
        }
        self._items: list[Item] = []
        self._contents: list[Line] = []
        self._counts: Counter[Mark] = Counter()
        self._last = 0
        # What is left out since something was last shown, in reading order: blocks by their ids,
        # those that have a new number with their change.
        self._left: list[tuple[str, Change | None]] = []
        self._old_labels: dict[str, str | None] = {}
        # The headings that the block at hand stands under, and those that the reader has seen.
        self._above: list[Block] = []
        self._shown: set[str] = set()

    def layout(self) -> Layout:
        tables_seen: set[str] = set()
        for change in self._changes:
            if not change.block.cell:
                self._block(change)
                continue
            identity = table_of(change, self._now)
            if identity not in tables_seen:
                tables_seen.add(identity)
                self._table(self._tables[identity])
        self._flush()
        ordered = {mark: self._counts[mark] for mark in Mark if self._counts[mark]}
        return Layout(tuple(self._items), ordered, tuple(self._contents), self._last)

    def _block(self, change: Change) -> None:
        if change.after:
            self._enter(change.after)
        marks = change.marks
        self._counts.update(marks)
        if marks and marks != (Mark.RENUMBERED,):
            number = self._stop(change.block.place, marks, is_gone=change.after is None)
            self._show(Entry(change, number), change.after)
        elif not self._only_changes:
            self._items.append(Entry(change))
        else:
            self._left.append((change.block.id, change if marks else None))
            if marks:
                self._old_labels[change.block.id] = change.label_before

    def _enter(self, block: Block) -> None:
        """Keep the headings that the block stands under, itself the last of them."""
        if block.kind == "annex":
            self._above = [block]
            return
        if block.kind != "clause":
            self._above = []
            return
        rank = RANKS[block.level or "para"]
        while self._above and _rank(self._above[-1]) >= rank:
            self._above.pop()
        if block.level in HEADINGS:
            self._above.append(block)

    def _show(self, item: Item, block: Block | None) -> None:
        """Put an item down, below the headings that it stands under."""
        if self._only_changes:
            above = [each for each in self._above if each is not block]
            fresh = [each for each in above if each.id not in self._shown]
            self._shown.update(each.id for each in (*fresh, *([block] if block else ())))
            self._left = [each for each in self._left if each[0] not in self._shown]
            self._flush()
            self._items.extend(Context(each, self._old_labels.get(each.id)) for each in fresh)
        self._items.append(item)

    def _flush(self) -> None:
        """Tell of what was left out, where it stands: nothing jumps over what was renumbered."""
        changes = [change for _id, change in self._left]
        numbered = [at for at, change in enumerate(changes) if change]
        first, last = (numbered[0], numbered[-1]) if numbered else (len(changes), len(changes))
        if first:
            self._items.append(Gap(first))
        if numbered:
            skipped = last - first + 1 - len(numbered)
            self._items.append(Renumbered(tuple(filter(None, changes)), skipped))
            if behind := len(changes) - last - 1:
                self._items.append(Gap(behind))
        self._left = []

    def _stop(self, place: str, marks: tuple[Mark, ...], *, is_gone: bool) -> int:
        self._last += 1
        self._contents.append(Line(self._last, place, is_gone, marks))
        return self._last

    def _table(self, table: TableView) -> None:
        if table.fate == "same" and self._only_changes:
            cells = (cell for row in table.rows for cell in row.cells)
            self._left += [(each.block.id, None) for cell in cells for each in cell.changes]
            return
        number, counts = None, _counts_of(table)
        self._counts += counts
        if table.fate != "same":
            number = self._stop(table.place, tuple(counts), is_gone=table.fate == "delete")
        rows = tuple(self._rows(table))
        shown = sum(1 + row.skipped for row in rows)
        self._show(TableEntry(table, number, rows, tuple(counts), len(table.rows) - shown), None)

    def _rows(self, table: TableView) -> Iterator[TableRow]:
        is_whole = table.fate in ("insert", "delete")
        skipped = 0
        for row in table.rows:
            if row.fate == "same" and not row.is_head and self._only_changes:
                skipped += 1
                continue
            is_stop = row.is_touched and not is_whole
            self._last += is_stop
            yield TableRow(row, self._last if is_stop else None, skipped)
            skipped = 0


def _rank(block: Block) -> int:
    return -1 if block.kind == "annex" else RANKS[block.level or "para"]


def _counts_of(table: TableView) -> Counter[Mark]:
    """A row or a column that comes or goes counts once, however many cells it has."""
    if table.fate in ("insert", "delete"):
        return Counter([Mark.INSERTED if table.fate == "insert" else Mark.DELETED])
    counts = Counter(
        mark for row in table.rows_that("edit") for change in row.touched for mark in change.marks
    )
    counts[Mark.MOVED] += len(table.rows_that("move"))
    counts[Mark.ROWS_ADDED] = len(table.rows_that("insert"))
    counts[Mark.ROWS_REMOVED] = len(table.rows_that("delete"))
    counts[Mark.COLUMNS_ADDED] = len(table.added_columns)
    counts[Mark.COLUMNS_REMOVED] = len(table.removed_columns)
    return +counts
