"""What a look through an old text finds, before and after it is bound to a block."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# A plain or a no-break space; never a line break, for no finding reaches over one.
SPACE: Final = "[ \u00a0]"


class Kind(StrEnum):
    """What kind of thing was found; the order is that of the page."""

    YEAR = "year"
    DATE = "date"
    BODY = "body"
    EVENT = "event"
    OCCASION = "occasion"
    THEME = "theme"
    CITATION = "citation"
    NUMBER = "number"


class Advice(StrEnum):
    """What becomes of a passage; what a find says is chosen until the drafter chooses."""

    REPLACE = "replace"
    KEEP = "keep"
    LATER = "later"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Years:
    """The year that the old plan is for, and the year that the new one is for."""

    old: int
    new: int

    @property
    def apart(self) -> int:
        """How far everything moves."""
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class Find:
    """A passage of one text, and what should perhaps stand there."""

    start: int
    end: int
    kind: Kind
    proposed: str | None
    reason: str
    advice: Advice = Advice.KEEP
    source: str = ""
    # Further wordings to choose from.
    others: tuple[str, ...] = ()
    # The proposed wording itself needs a look: a day off, say.
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """What goes of a block when a passage is left out, and what stands there instead.

    *is_line*: the whole block goes.
    """

    start: int
    end: int
    words: str = ""
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A find in its block. *start* and *end* count characters of the block's text."""

    id: str
    block_id: str
    start: int
    end: int
    found: str
    kind: Kind
    proposed: str | None
    reason: str
    source: str
    advice: Advice
    others: tuple[str, ...] = ()
    is_doubtful: bool = False
    # None: the sentence would not read without the passage.
    cut: Cut | None = None
