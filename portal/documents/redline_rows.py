"""A table of a redline as it is shown: its rows and cells, each with what became of it."""

from dataclasses import dataclass
from typing import Literal

from portal.documents.changes import Change

Fate = Literal["same", "edit", "insert", "delete", "move"]


@dataclass(frozen=True)
class CellView:
    """One cell; with no changes it only fills the row."""

    fate: Fate
    across: int
    is_header: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RowView:
    """One row; *number* counts in the new table, or in the old one for a row that is gone.

    *touched* is what changed in it beyond the columns that came or went.
    """

    fate: Fate
    number: int
    cells: tuple[CellView, ...]
    touched: tuple[Change, ...]

    @property
    def is_touched(self) -> bool:
        """Whether the row itself changed."""
        return bool(self.touched)

    @property
    def is_head(self) -> bool:
        return all(cell.is_header for cell in self.cells if cell.changes)


@dataclass(frozen=True)
class TableView:
    """The table; columns by their headings. A table that is new or gone says so as a whole."""

    fate: Fate
    place: str
    rows: tuple[RowView, ...]
    added_columns: tuple[str, ...] = ()
    removed_columns: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max((sum(cell.across for cell in row.cells) for row in self.rows), default=1)

    @property
    def touched(self) -> tuple[Change, ...]:
        """Everything that changed in it."""
        return tuple(change for row in self.rows for change in row.touched)

    def rows_that(self, fate: Fate) -> tuple[RowView, ...]:
        """Its rows of one fate."""
        return tuple(row for row in self.rows if row.fate == fate)
