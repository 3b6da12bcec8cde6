"""What changed between two versions of a plan: whole blocks by their ids, then words inside."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portal.documents.words import Segment, compare
from workflows.domain.content.blocks import Block, blocks

Kind = Literal["same", "insert", "delete", "edit", "move"]


@dataclass(frozen=True)
class Change:
    """One block of the redline. *block* is as it is now, or as it was when it is gone.

    A moved block may be edited too: its segments say. *restyled* means that the words are the
    same and only bold or italic changed, which no segment shows.
    """

    kind: Kind
    block: Block
    segments: tuple[Segment, ...]
    label_before: str | None = None
    label_after: str | None = None
    level_before: str | None = None
    level_after: str | None = None
    restyled: bool = False

    @property
    def relevelled(self) -> bool:
        """Whether the block stands at another level than before."""
        return self.kind not in ("insert", "delete") and self.level_before != self.level_after


def redline(old_doc: dict[str, Any], new_doc: dict[str, Any]) -> list[Change]:
    """Return every block of both versions in the new order, the deleted where they stood.

    Title, bases, opening, clauses, cells, closing, recipients, filing line, signature and
    annexes are all blocks. A block's identity is its id: moved text is found wherever it went.
    """
    return list(_walk(list(blocks(old_doc)), list(blocks(new_doc))))


def _walk(before: list[Block], after: list[Block]) -> Iterator[Change]:
    was = {block.id: place for place, block in enumerate(before)}
    now = {block.id for block in after}
    unmoved = longest_rise([was[block.id] for block in after if block.id in was])
    shown = 0
    for block in after:
        if block.id not in was:
            yield _inserted(block)
            continue
        place = was[block.id]
        if place in unmoved:
            yield from _deleted(before[shown:place], now)
            shown = place + 1
        yield _compared(before[place], block, moved=place not in unmoved)
    yield from _deleted(before[shown:], now)


def _deleted(gone: list[Block], now: set[str]) -> Iterator[Change]:
    for block in gone:
        if block.id not in now:
            yield Change(
                "delete",
                block,
                _whole("deleted", block),
                label_before=block.label,
                level_before=block.level,
            )


def _inserted(block: Block) -> Change:
    return Change(
        "insert",
        block,
        _whole("inserted", block),
        label_after=block.label,
        level_after=block.level,
    )


def _compared(old: Block, new: Block, *, moved: bool) -> Change:
    segments = compare(old.text, new.text)
    restyled = _faces(old) != _faces(new)
    edited = any(segment.kind != "kept" for segment in segments)
    altered = edited or restyled or old.level != new.level
    return Change(
        "move" if moved else "edit" if altered else "same",
        new,
        segments,
        old.label,
        new.label,
        old.level,
        new.level,
        restyled and not edited,
    )


def _whole(kind: Literal["deleted", "inserted"], block: Block) -> tuple[Segment, ...]:
    text = unicodedata.normalize("NFC", block.text)
    return (Segment(kind, text),) if text else ()


def _faces(block: Block) -> list[tuple[str, bool, bool]]:
    """Return the runs with equal neighbours joined, so that only what shows is compared."""
    joined: list[tuple[str, bool, bool]] = []
    for run in block.runs:
        text = unicodedata.normalize("NFC", run.text)
        if joined and joined[-1][1:] == (run.strong, run.em):
            joined[-1] = (joined[-1][0] + text, run.strong, run.em)
        else:
            joined.append((text, run.strong, run.em))
    return joined


def longest_rise(places: Sequence[int]) -> set[int]:
    """Return the largest set of distinct *places* that keep their order: they did not move."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        rank = bisect_left(ends, place)
        ends[rank : rank + 1], at[rank : rank + 1] = [place], [index]
        before.append(at[rank - 1] if rank else -1)
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(places[index])
        index = before[index]
    return kept
