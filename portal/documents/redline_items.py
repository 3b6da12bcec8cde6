"""What a redline is made of when it is read: blocks, tables, headings above them, gaps."""

from dataclasses import dataclass

from portal.documents.changes import Change, Mark
from portal.documents.redline_rows import RowView, TableView
from workflows.domain.content.blocks import Block


@dataclass(frozen=True)
class Entry:
    """One block. *number* is the change's place in the row of changes, None for what is none."""

    change: Change
    number: int | None = None
    kind: str = "entry"


@dataclass(frozen=True)
class Context:
    """An unchanged heading, shown for what stands below it; *old_label* where it has a new one."""

    block: Block
    old_label: str | None = None
    kind: str = "context"


@dataclass(frozen=True)
class Gap:
    """So many unchanged blocks are left out here."""

    count: int
    kind: str = "gap"


@dataclass(frozen=True)
class Renumbered:
    """Blocks of which nothing changed but the number; *skipped* unchanged ones lie among them."""

    changes: tuple[Change, ...]
    skipped: int = 0
    kind: str = "renumbered"


@dataclass(frozen=True)
class TableRow:
    """A row with its place among the changes; before it, *skipped* unchanged rows are left out."""

    row: RowView
    number: int | None
    skipped: int


@dataclass(frozen=True)
class TableEntry:
    """A table, of which unchanged rows may be left out."""

    table: TableView
    number: int | None
    rows: tuple[TableRow, ...]
    marks: tuple[Mark, ...]
    skipped: int = 0
    kind: str = "table"


Item = Entry | Context | Gap | Renumbered | TableEntry


@dataclass(frozen=True)
class Line:
    """A changed clause in the list of contents."""

    number: int
    place: str
    is_gone: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Layout:
    """What is shown. *last* is the number of the last change."""

    items: tuple[Item, ...]
    counts: dict[Mark, int]
    contents: tuple[Line, ...]
    last: int
