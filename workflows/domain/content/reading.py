"""What a reader of written text hands back: the document, and the places it is not sure of."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from workflows.domain.content.shape import Doc, NewId
from workflows.domain.errors import Fault, UnfitText

MAX_LENGTH = 2_000_000
MAX_LINES = 20_000
# Asterisks, bars and backslashes: each may make a node, and a document has a bounded number.
MAX_SIGNS = 60_000
MAX_DOUBTS = 500


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place for the drafter to look at; nothing in it stops the work.

    *line* counts from 1 in the text that was read, or in the field *part*; *suggestion* is what
    the excerpt should perhaps be.
    """

    line: int
    sentence: str
    excerpt: str
    suggestion: str | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that parses, and its doubts in the order of the text."""

    doc: Doc
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One trimmed line and its number."""

    number: int
    text: str


def source_lines(text: str) -> list[Source]:
    """The lines of *text*, blank ones included; raises UnfitText when there is too much."""
    if len(text) > MAX_LENGTH:
        raise too_long(len(text), MAX_LENGTH, "ký tự")
    signs = sum(text.count(sign) for sign in "*|\\")
    if signs > MAX_SIGNS:
        raise too_long(signs, MAX_SIGNS, "dấu *, | và \\")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if sum(1 for line in lines if line) > MAX_LINES:
        raise too_long(len(lines), MAX_LINES, "dòng")
    return [Source(number, tidy(line)) for number, line in enumerate(lines, start=1)]


def tidy(line: str) -> str:
    """A line without what copying leaves in it: tabs, zero-width signs, spaces at its ends."""
    return line.translate(_LEFTOVERS).strip(" ")


_LEFTOVERS = {0x09: " ", 0x200B: None, 0xFEFF: None, 0x00AD: None}


def too_long(length: int, most: int, unit: str) -> UnfitText:
    """The refusal of a text beyond all measure."""
    return UnfitText(
        "Văn bản có %(length)d %(unit)s, nhiều hơn mức %(most)d %(unit)s mà hệ thống nhận.",
        (Fault("Văn bản", f"dài {length} {unit}; tối đa {most} {unit}."),),
        length=length,
        most=most,
        unit=unit,
    )


def excerpt(text: str, most: int = 80) -> str:
    """The beginning of a long text."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts by line, cut off where nobody would read on."""
    found = list(doubts)
    if len(found) <= MAX_DOUBTS:
        return tuple(found)
    rest = f"Còn {len(found) - MAX_DOUBTS} chỗ nghi ngờ nữa; hãy kiểm tra lại cả văn bản."
    return (*found[:MAX_DOUBTS], Doubt(found[MAX_DOUBTS].line, rest, ""))


def sequence() -> NewId:
    """Ids for a document that stands alone: 0000000001, 0000000002, …."""
    numbers = count(1)
    return lambda: f"{next(numbers):010d}"
