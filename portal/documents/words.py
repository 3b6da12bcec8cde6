"""Compares two texts word by word, in syllables as Vietnamese is written."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Fate = Literal["kept", "deleted", "inserted"]

# A syllable, a run of blanks or one sign; dates, amounts and codes of numbers stay whole:
# 15/01/2027, 1.500.000, 2026-2030.
TOKEN = re.compile(r"\s+|[^\W_]+(?:[./-](?=\d)[^\W_]+)*|[^\w\s]|_|.", re.DOTALL)
# Comparing takes time and memory by the product of the lengths; above this, a text is replaced
# as a whole, which is true if not helpful.
MOST_TOKENS = 12_000


@dataclass(frozen=True)
class Segment:
    """A stretch of text with one fate."""

    kind: Fate
    text: str


def compare(old: str, new: str) -> tuple[Segment, ...]:
    """Return the stretches of both texts: kept and deleted give the old, kept and inserted the new.

    Both are taken in NFC. Where a change spans lone blanks or signs, it is shown as one.
    """
    old, new = unicodedata.normalize("NFC", old), unicodedata.normalize("NFC", new)
    if old == new:
        return _segments([("", "", old)])
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return _segments([(old, new, "")])
    return _segments(_without_islands(_steps(before, after)))


# A step is what is deleted, what is inserted, and what is kept after them.
_Step = tuple[str, str, str]


def _steps(before: list[str], after: list[str]) -> list[_Step]:
    steps: list[_Step] = []
    deleted = inserted = ""
    for code in Indel.opcodes(before, after):
        old = "".join(before[code.src_start : code.src_end])
        if code.tag == "equal":
            steps.append((deleted, inserted, old))
            deleted = inserted = ""
        else:
            deleted += old
            inserted += "".join(after[code.dest_start : code.dest_end])
    return [*steps, (deleted, inserted, "")]


def _without_islands(steps: list[_Step]) -> list[_Step]:
    """Join changes with nothing between them but a blank or a sign: they read as one."""
    joined: list[_Step] = []
    for deleted, inserted, kept in steps:
        if joined and (deleted or inserted) and _is_island(joined[-1]):
            first, second, between = joined.pop()
            deleted, inserted = first + between + deleted, second + between + inserted
        joined.append((deleted, inserted, kept))
    return joined


def _is_island(step: _Step) -> bool:
    deleted, inserted, kept = step
    between = kept.strip()
    return bool(deleted or inserted) and len(between) <= 1 and not between.isalnum()


def _segments(steps: list[_Step]) -> tuple[Segment, ...]:
    kinds: tuple[Fate, ...] = ("deleted", "inserted", "kept")
    return tuple(
        Segment(kind, text)
        for step in steps
        for kind, text in zip(kinds, step, strict=True)
        if text
    )
