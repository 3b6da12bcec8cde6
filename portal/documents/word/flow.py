"""What stands on the pages of a plan in Word, one below the other: lines and grids of lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.documents.word.names import GENERATED, SPACER
from workflows.domain.content.runs import Run


@dataclass(frozen=True)
class Piece:
    """Text with one face; *style* names a character style. A line break is a piece of its own."""

    text: str
    strong: bool = False
    em: bool = False
    style: str | None = None


@dataclass(frozen=True)
class Line:
    """A paragraph. *key* tells it from all others; *marks* are its hidden bookmarks.

    What is generated stands *before* and *after* the text: they are compared on their own, so
    that a number never counts as a word of the text.
    """

    key: str
    style: str
    text: tuple[Piece, ...] = ()
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    marks: tuple[str, ...] = ()
    outline: int | None = None
    is_centred: bool = False
    keeps_next: bool = False
    # Points of type, where the style does not say.
    size: int | None = None
    # Left and right, in twentieths of a point.
    indents: tuple[int, int] | None = None
    ends_section: bool = False
    # Its coming and going is not tracked: a paragraph before a table cannot be joined to it.
    is_untracked: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell *across* columns of the grid; *merge* as Word has it: “restart” or “continue”."""

    lines: tuple[Line, ...]
    across: int = 1
    merge: str | None = None
    is_middle: bool = False


@dataclass(frozen=True)
class Row:
    """A row, known by *key* within its table. A *whole* row stays on one page."""

    key: str
    cells: tuple[Cell, ...]
    is_head: bool = False
    is_whole: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of the plan, ruled, or one that only sets things side by side."""

    key: str
    columns: tuple[int, ...]
    rows: tuple[Row, ...]
    is_ruled: bool = True


Item = Line | Grid


def pieces_of(runs: Iterable[Run]) -> tuple[Piece, ...]:
    """The pieces of a block's runs."""
    return tuple(Piece(run.text, run.strong, run.em) for run in runs)


def generated(text: str) -> tuple[Piece, ...]:
    """Text that the plan does not store."""
    return (Piece(text, style=GENERATED),) if text else ()


def plain(key: str, style: str, text: str = "") -> Line:
    """A line in one face, without a mark."""
    return Line(key, style, (Piece(text),) if text else ())


def spacer(key: str, *, ends_section: bool = False) -> Line:
    """The paragraph that Word wants beside a table, almost without height."""
    return Line(key, SPACER, ends_section=ends_section)


def spacer_before(key: str) -> Line:
    """The one above a table, which it keeps company; it outlasts the table.

    Its blank keeps it apart: LibreOffice would give an empty one the style of a paragraph above
    that goes.
    """
    return Line(key, SPACER, before=generated(" "), keeps_next=True, is_untracked=True)


def marked(lines: tuple[Line, ...], mark: str | None) -> tuple[Line, ...]:
    """The lines, the first also carrying *mark*."""
    if mark is None:
        return lines
    first, *others = lines
    return (replace(first, marks=(mark, *first.marks)), *others)
