"""What changed between two texts of a plan: whole blocks by their ids, then words inside."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from portal.documents.changes import Change, Kind, Mark
from portal.documents.faces import faced, faces_of
from portal.documents.matching import Matching, match
from portal.documents.words import Segment, Words
from workflows.domain.content.blocks import Block, blocks

__all__ = ["Change", "Kind", "Mark", "longest_rise", "redline"]


def redline(
    old_doc: dict[str, Any], new_doc: dict[str, Any], *, any_placement: bool = False
) -> list[Change]:
    """Return every block of both texts in the new order, the deleted where they stood.

    Title, bases, opening, clauses, cells, closing, recipients, filing line, signature and
    annexes are all blocks. A block's identity is its id: moved text is found wherever it went.
    With *any_placement* the two ways to place an accent, hoà and hòa, are no difference.
    """
    return list(_Redline(list(blocks(old_doc)), list(blocks(new_doc)), any_placement).walk())


class _Redline:
    def __init__(self, before: list[Block], after: list[Block], any_placement: bool) -> None:
        self._before, self._after = before, after
        self._words = Words(any_placement=any_placement)
        self._match: Matching = match(before, after, self._words)
        self._new_of = {old: new for new, old in self._match.old_of.items()}

    def walk(self) -> Iterator[Change]:
        old_of = self._match.old_of
        order = [old_of[new] for new in range(len(self._after)) if new in old_of]
        unmoved = longest_rise(order)
        shown = 0
        for new in range(len(self._after)):
            old = old_of.get(new)
            if old in unmoved:
                yield from self._gone(range(shown, old))
                shown = old + 1
            yield self._come(new) if old is None else self._compared(old, new, old not in unmoved)
        yield from self._gone(range(shown, len(self._before)))

    def _gone(self, places: range) -> Iterator[Change]:
        for old in places:
            if old in self._new_of:
                continue
            block, into = self._before[old], self._match.gone_into.get(old)
            if into is None:
                yield Change("delete", block, None, _whole("deleted", block))
            else:
                yield Change("merge", block, None, other=self._after[self._new_of[into]])

    def _come(self, new: int) -> Change:
        block, source = self._after[new], self._match.cut_off.get(new)
        if source is None:
            return Change("insert", None, block, _whole("inserted", block))
        [(piece, text)] = self._match.pieces[new]
        segments = self._words.compare(piece, text)
        return Change("split", None, block, segments, self._after[source], is_cut=True)

    def _compared(self, old: int, new: int, moved: bool) -> Change:
        before, after = self._before[old], self._after[new]
        pieces = self._match.pieces.get(new)
        rows = [self._words.compare(*piece) for piece in pieces or ((before.text, after.text),)]
        segments = tuple(segment for row in rows for segment in row)
        seams = tuple(sum(map(len, rows[:at])) for at in range(1, len(rows)))
        is_cut = bool(pieces) and not seams
        if not pieces:
            segments = faced(segments, faces_of(before), faces_of(after))
        compared = Change("move", before, after, segments, seams=seams, is_cut=is_cut)
        if moved:
            return compared
        return Change(_kind(compared), before, after, segments, seams=seams, is_cut=is_cut)


def _kind(change: Change) -> Kind:
    marks = set(change.marks) - {Mark.MOVED, Mark.RENUMBERED}
    return "edit" if marks else "same"


def _whole(kind: Literal["deleted", "inserted"], block: Block) -> tuple[Segment, ...]:
    text = unicodedata.normalize("NFC", block.text)
    return (Segment(kind, text),) if text else ()


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
