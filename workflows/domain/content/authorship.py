"""Who changed which block between two states of a text, by the steps that lie between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from prosemirror.model import Node

from workflows.domain.content.pairing import block_places

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Credit:
    """Whose a change is; of an accepted proposal also whose words they were."""

    name: str
    proposer: str = ""


@dataclass(frozen=True, slots=True)
class Authored:
    """A step as it is kept, its map (start, old size, new size, …), and whose it is."""

    step: dict[str, Any]
    ranges: Sequence[int]
    author: Credit


def authors_after(text: Node, steps: Sequence[Authored]) -> dict[str, set[Credit]]:
    """Of each block of *text*, which is what *steps* led to, those who changed it."""
    return _by_block(text, _spans((each, _forth(each.ranges)) for each in steps))


def authors_before(text: Node, steps: Sequence[Authored]) -> dict[str, set[Credit]]:
    """Of each block of *text*, from which *steps* led on, those who changed or removed it."""
    return _by_block(text, _spans((each, _back(each.ranges)) for each in reversed(steps)))


Ranges = list[tuple[int, int, int]]


def _forth(ranges: Sequence[int]) -> Ranges:
    return list(zip(ranges[0::3], ranges[1::3], ranges[2::3], strict=True))


def _back(ranges: Sequence[int]) -> Ranges:
    """The map of the step that would undo it."""
    moved, found = 0, []
    for start, old, new in _forth(ranges):
        found.append((start + moved, new, old))
        moved += new - old
    return found


def _spans(
    steps: Iterable[tuple[Authored, Ranges]],
) -> dict[Credit, list[Span]]:
    """What each of them touched, in the places of the text at the end."""
    touched: dict[Credit, list[Span]] = defaultdict(list)
    for each, ranges in steps:
        if ranges:
            for author, spans in touched.items():
                touched[author] = _joined(_past(span, ranges) for span in spans)
        touched[each.author] = _joined([*touched[each.author], *_own(each.step, ranges)])
    return touched


def _own(step: dict[str, Any], ranges: Ranges) -> Iterator[Span]:
    moved = 0
    for start, old, new in ranges:
        yield start + moved, start + moved + new
        moved += new - old
    if not ranges and "pos" in step:
        yield step["pos"], step["pos"] + 1
    elif not ranges and "from" in step:
        yield step["from"], step["to"]


def _past(span: Span, ranges: Ranges) -> Span:
    """*span* past a step; what the step put in the place of its words is not its own."""
    start, end = _at(span[0], ranges, is_start=True), _at(span[1], ranges, is_start=False)
    return (min(start, end), end)


def _at(place: int, ranges: Ranges, *, is_start: bool) -> int:
    moved = 0
    for start, old, new in ranges:
        if place < start or (place == start and not is_start):
            break
        if place < start + old or (place == start + old and (not old or not is_start)):
            return start + moved + (new if is_start else 0)
        moved += new - old
    return place + moved


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same in order, each that meets the one before made one with it."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _by_block(text: Node, touched: dict[Credit, list[Span]]) -> dict[str, set[Credit]]:
    found: dict[str, set[Credit]] = defaultdict(set)
    for block_id, position in block_places(text).items():
        first, last = position, position + _size(text.node_at(position))
        for author, spans in touched.items():
            if any(
                (start < last and first < end) if start < end else first < start < last
                for start, end in spans
            ):
                found[block_id].add(author)
    return dict(found)


def _size(block: Node | None) -> int:
    """How much of the text is the block's own: of one that holds others, what stands before them.

    An annex is its title.
    """
    if block is None:
        return 0
    if block.is_textblock or block.is_leaf:
        return block.node_size
    return 1 + (block.child(0).node_size if block.type.name == "annex" else 0)
