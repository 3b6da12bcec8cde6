"""Compares two texts word by word, in syllables as Vietnamese is written."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from typing import Literal

from rapidfuzz.distance import Indel

from portal.documents.accents import without_placement

Fate = Literal["kept", "deleted", "inserted"]

# A syllable, a run of blanks or one sign; dates, amounts and codes of numbers stay whole:
# 15/01/2027, 1.500.000, 2026-2030.
TOKEN = re.compile(r"\s+|[^\W_]+(?:[./-](?=\d)[^\W_]+)*|[^\w\s]|_|.", re.DOTALL)
SYLLABLE = re.compile(r"[^\W_]+(?:[./-](?=\d)[^\W_]+)*")
# Comparing takes time and memory by the product of the lengths. Above the first of these, a text
# is replaced as a whole, which is true if not helpful; the second is for all texts of a redline
# together, so that many pasted monsters cost no more than one.
MOST_WORK = 36_000_000
MOST_WORK_TOGETHER = 120_000_000
# So few words that two longer changes have in common between them tell nobody anything.
LONGEST_ISLAND, FAR_LONGER = 3, 3


@dataclass(frozen=True)
class Segment:
    """A stretch of text with one fate.

    *faces*, of kept text whose type changed: before and after, `b`, `i`, both or none.
    """

    kind: Fate
    text: str
    faces: tuple[str, str] | None = None


# What is deleted, what is inserted, and what is kept after them.
_Step = tuple[str, str, str]
# Whether what the first change keeps behind it may go into one change with the next.
_Island = Callable[[_Step, tuple[str, str]], bool]
# Half-open stretches of both rows of tokens, and whether they are equal.
_Stretch = tuple[bool, int, int, int, int]


class Words:
    """Compares the texts of one redline, within one allowance of work for all of them.

    With *any_placement*, hoà and hòa are the same word and the newer spelling is shown.
    """

    def __init__(self, *, any_placement: bool = False, work: int = MOST_WORK_TOGETHER) -> None:
        self._any_placement = any_placement
        self._work = work

    def compare(self, old: str, new: str) -> tuple[Segment, ...]:
        """Return the stretches: kept and deleted give the old text, kept and inserted the new.

        Both are taken in NFC. A change that spans lone blanks or signs is shown as one.
        """
        old, new = unicodedata.normalize("NFC", old), unicodedata.normalize("NFC", new)
        if old == new:
            return _segments([("", "", old)])
        before, after = TOKEN.findall(old), TOKEN.findall(new)
        steps = _steps(self._stretches(before, after), before, after)
        for is_island in (_is_slight, _is_lost):
            steps = _without_islands(steps, is_island)
        return _segments(_with_blanks_kept(steps))

    def cut(self, whole: str, parts: Sequence[str]) -> list[str]:
        """Cut *whole*, in NFC, into as many pieces as *parts*, each where it fits best."""
        tokens = TOKEN.findall(unicodedata.normalize("NFC", whole))
        rows = [TOKEN.findall(unicodedata.normalize("NFC", part)) for part in parts]
        stretches = self._stretches(tokens, [token for row in rows for token in row])
        ends = list(accumulate(len(row) for row in rows))[:-1]
        places = [0, *(_place(stretches, end) for end in ends), len(tokens)]
        return ["".join(tokens[start:end]) for start, end in pairwise(places)]

    def _stretches(self, before: list[str], after: list[str]) -> list[_Stretch]:
        olds, news = self._keys(before), self._keys(after)
        start = _common(olds, news)
        end = _common(olds[start:][::-1], news[start:][::-1])
        old_end, new_end = len(olds) - end, len(news) - end
        head = [(True, 0, start, 0, start)] if start else []
        tail = [(True, old_end, len(olds), new_end, len(news))] if end else []
        middle = self._middle(olds[start:old_end], news[start:new_end])
        moved = [(e, a + start, b + start, c + start, d + start) for e, a, b, c, d in middle]
        return [*head, *moved, *tail]

    def _middle(self, olds: list[str], news: list[str]) -> Iterator[_Stretch]:
        work = len(olds) * len(news)
        if not work or work > MOST_WORK or work > self._work:
            yield False, 0, len(olds), 0, len(news)
            return
        self._work -= work
        for code in Indel.opcodes(olds, news):
            is_equal = code.tag == "equal"
            yield is_equal, code.src_start, code.src_end, code.dest_start, code.dest_end

    def _keys(self, tokens: list[str]) -> list[str]:
        return [without_placement(token) for token in tokens] if self._any_placement else tokens


def compare(old: str, new: str) -> tuple[Segment, ...]:
    """Compare two texts that stand alone."""
    return Words().compare(old, new)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _place(stretches: list[_Stretch], end: int) -> int:
    """Where in the old row stands what is at *end* of the new one."""
    for is_equal, old_start, _old_end, new_start, new_end in stretches:
        if new_start <= end <= new_end:
            return old_start + (end - new_start if is_equal else 0)
    return 0


def _steps(stretches: list[_Stretch], before: list[str], after: list[str]) -> list[_Step]:
    steps: list[_Step] = []
    deleted = inserted = ""
    for is_equal, old_start, old_end, new_start, new_end in stretches:
        new = "".join(after[new_start:new_end])
        if is_equal:
            steps.append((deleted, inserted, new))
            deleted = inserted = ""
        else:
            deleted += "".join(before[old_start:old_end])
            inserted += new
    return [*steps, (deleted, inserted, "")]


def _without_islands(steps: list[_Step], is_island: _Island) -> list[_Step]:
    """Join changes with next to nothing between them: they read as one."""
    joined: list[_Step] = []
    for deleted, inserted, kept in steps:
        if joined and (deleted or inserted) and is_island(joined[-1], (deleted, inserted)):
            first, second, between = joined.pop()
            deleted, inserted = first + between + deleted, second + between + inserted
        joined.append((deleted, inserted, kept))
    return joined


def _with_blanks_kept(steps: list[_Step]) -> Iterator[_Step]:
    """Take blanks that both sides of a change end with out of it."""
    for deleted, inserted, kept in steps:
        shared = _common(_blanks_at_end(deleted), _blanks_at_end(inserted))
        if shared:
            kept = deleted[len(deleted) - shared :] + kept
            deleted, inserted = deleted[:-shared], inserted[:-shared]
        yield deleted, inserted, kept


def _blanks_at_end(text: str) -> str:
    """The last blanks of a text, the last one first."""
    return text[len(text.rstrip()) :][::-1]


def _is_slight(step: _Step, _following: tuple[str, str]) -> bool:
    deleted, inserted, kept = step
    between = kept.strip()
    return bool(deleted or inserted) and len(between) <= 1 and not between.isalnum()


def _is_lost(step: _Step, following: tuple[str, str]) -> bool:
    """Whether these are a few words between two changes that are each far longer."""
    deleted, inserted, kept = step
    if not (deleted or inserted) or "\n" in kept:
        return False
    words = _count(kept)
    shorter = min(_size(deleted, inserted), _size(*following))
    return words <= LONGEST_ISLAND and words * FAR_LONGER < shorter


def _size(deleted: str, inserted: str) -> int:
    return max(_count(deleted), _count(inserted))


def _count(text: str) -> int:
    """The syllables of a text, as far as it matters how many they are."""
    return sum(1 for _ in islice(SYLLABLE.finditer(text), LONGEST_ISLAND * FAR_LONGER + 1))


def _segments(steps: Iterable[_Step]) -> tuple[Segment, ...]:
    kinds: tuple[Fate, ...] = ("deleted", "inserted", "kept")
    return tuple(
        Segment(kind, text)
        for step in steps
        for kind, text in zip(kinds, step, strict=True)
        if text
    )
