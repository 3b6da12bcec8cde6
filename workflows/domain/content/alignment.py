"""Where two texts differ: blocks are found by their ids, then compared piece by piece."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from prosemirror.model import Node

from workflows.domain.content.blocks import FILING_ID
from workflows.domain.content.pairing import (
    Placed,
    Stretch,
    block_places,
    children_of,
    stretches,
)
from workflows.domain.content.tokens import (
    Token,
    border,
    differences,
    gaps_between,
    tokens_of,
    words_of,
)

# A new block is what was cut off another one when it has this share of its words from there.
CUT_OFF = 0.5


@dataclass(frozen=True, slots=True)
class Edit:
    """*start* to *end* of the old text becomes *new_start* to *new_end* of the new one.

    *table* is the table whose rows or cells it adds or removes.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Retouch:
    """An attribute of one block that changes; *start* to *end* is what the block holds."""

    block_id: str
    attribute: str
    before: Any
    after: Any
    position: int
    start: int
    end: int


def edits_between(base: Node, target: Node) -> list[Edit | Retouch]:
    """All differences, in the order of *base*; none reaches into another.

    At one position, what is listed later stands later.
    """
    shared = block_places(base).keys() & block_places(target).keys()
    return list(_Comparison(shared).siblings(base, target, 0, 0, None))


def coarse_edits(base: Node, target: Node) -> list[Edit | Retouch]:
    """The same in whole outermost blocks."""
    before, after = list(children_of(base, 0)), list(children_of(target, 0))
    kept = [str(each.node.to_json()) for each in before]
    wanted = [str(each.node.to_json()) for each in after]
    olds = [*(each.start for each in before), base.content.size]
    news = [*(each.start for each in after), target.content.size]
    return [Edit(olds[a], olds[b], news[c], news[d]) for a, b, c, d in differences(kept, wanted)]


class _Comparison:
    def __init__(self, shared: Set[str]) -> None:
        self._shared = shared

    def siblings(
        self, old: Node, new: Node, at: int, new_at: int, table: str | None
    ) -> Iterator[Edit | Retouch]:
        for stretch in stretches(list(children_of(old, at)), list(children_of(new, new_at))):
            here, there = at, new_at
            if stretch.pair:
                yield from _retouches(*stretch.pair)
                yield from self._pair(stretch, stretch.pair, table)
                here, there = (each.end for each in stretch.pair)
            yield from self._blocks(stretch, here, there, table)

    def _pair(
        self, stretch: Stretch, pair: tuple[Placed, Placed], table: str | None
    ) -> Iterator[Edit | Retouch]:
        old, new = pair
        if old.node.is_textblock:
            yield from self._textblock(stretch, old, new)
        elif not old.node.content.eq(new.node.content):
            inner = {"table": old.id, "table_row": table}.get(old.node.type.name)
            yield from self.siblings(old.node, new.node, old.start + 1, new.start + 1, inner)

    def _textblock(self, stretch: Stretch, old: Placed, new: Placed) -> Iterator[Edit]:
        """Compare within a block; what was cut off it, or joined to it, is taken with it."""
        joined, cut_off = self._pieces(stretch, old.node, new.node)
        if joined or cut_off or not old.node.content.eq(new.node.content):
            yield from _words([old, *joined], [new, *cut_off])
            del stretch.gone[: len(joined)], stretch.come[: len(cut_off)]
            stretch.pair = ([old, *joined][-1], [new, *cut_off][-1])

    def _pieces(self, stretch: Stretch, old: Node, new: Node) -> tuple[list[Placed], list[Placed]]:
        pieces: list[Placed] = []
        if bool(stretch.gone) == bool(stretch.come):
            return pieces, pieces
        was, now = words_of(old), words_of(new)
        moved = was - now if stretch.come else now - was
        for each in stretch.come or stretch.gone:
            words = words_of(each.node) if each.node.type == old.type else Counter()
            from_here = words & moved
            if each.id in self._shared or from_here.total() < max(words.total() * CUT_OFF, 1):
                break
            # Not "-=": that goes through all that is left, once for every piece.
            moved.subtract(from_here)
            pieces.append(each)
        return ([], pieces) if stretch.come else (pieces, [])

    def _blocks(self, stretch: Stretch, here: int, there: int, table: str | None) -> Iterator[Edit]:
        """Whole blocks that go or come; each that only moved is a change of its own."""
        gone, come = stretch.gone, stretch.come
        if gone and come and self._is_exchange(gone, come):
            yield Edit(gone[0].start, gone[-1].end, come[0].start, come[-1].end, table)
            return
        for run in self._runs(gone):
            yield Edit(run[0].start, run[-1].end, there, there, table)
        here = gone[-1].end if gone else here
        for run in self._runs(come):
            yield Edit(here, here, run[0].start, run[-1].end, table)

    def _is_exchange(self, gone: list[Placed], come: list[Placed]) -> bool:
        olds, news = {each.id for each in gone}, {each.id for each in come}
        return bool(olds & news) or not (olds | news) & self._shared

    def _runs(self, blocks: list[Placed]) -> list[list[Placed]]:
        runs: list[list[Placed]] = []
        alone = True
        for each in blocks:
            is_moved = each.id in self._shared
            if alone or is_moved:
                runs.append([])
            runs[-1].append(each)
            alone = is_moved
        return runs


def _retouches(old: Placed, new: Placed) -> Iterator[Retouch]:
    inside = (old.start, old.end) if old.node.is_leaf else (old.start + 1, old.end - 1)
    for name, before in old.node.attrs.items():
        after = new.node.attrs[name]
        if before != after:
            yield Retouch(old.id or FILING_ID, name, before, after, old.start, *inside)


def _words(before: list[Placed], after: list[Placed]) -> Iterator[Edit]:
    row, new_row = _row(before), _row(after)
    olds, news = _positions(row, before[0].start + 1), _positions(new_row, after[0].start + 1)
    for a, b, c, d in gaps_between(row, new_row):
        yield Edit(olds[a], olds[b], news[c], news[d])


def _row(textblocks: list[Placed]) -> list[Token]:
    first, *others = textblocks
    row = tokens_of(first.node)
    for each in others:
        row += (*border(each.node), *tokens_of(each.node))
    return row


def _positions(row: list[Token], start: int) -> list[int]:
    return list(accumulate((token.size for token in row), initial=start))
