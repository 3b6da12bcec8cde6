"""Which changes make sense only together: both halves of a move, the cells of a new column."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from prosemirror.model import Node

from workflows.domain.content.alignment import Edit, Retouch
from workflows.domain.content.pairing import block_places

# Text of this length that goes here and comes there was moved, not written twice.
MOVED_FAR = 20
MOVED_NEAR = 4
# Above this nobody judges the changes one by one.
MOST_JUDGED = 300

# Whether the changes at these places of the list, alone, give a text that the schema takes.
Stands = Callable[[Sequence[int]], bool]


def belong_together(
    base: Node, target: Node, edits: Sequence[Edit | Retouch], stands: Stands
) -> list[int]:
    """For each edit the number of its group, counted from 0 in the order of the text."""
    if len(edits) > MOST_JUDGED:
        return [0] * len(edits)
    groups = _Groups(len(edits))
    for reasons in (_same_blocks(base, target, edits), _same_tables(edits)):
        groups.join_equal(reasons)
    groups.join_pairs(_moved_text(base, target, edits))
    groups.join_what_does_not_stand(stands)
    return groups.numbers()


class _Groups:
    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def join_equal(self, reasons: Iterator[tuple[Hashable, int]]) -> None:
        first: dict[Hashable, int] = {}
        for reason, at in reasons:
            self._join(first.setdefault(reason, at), at)

    def join_pairs(self, pairs: Iterator[tuple[int, int]]) -> None:
        for one, other in pairs:
            self._join(one, other)

    def join_what_does_not_stand(self, stands: Stands) -> None:
        """First with its neighbours, then with all others that do not stand, then with all."""
        for widen in (self._with_neighbours, self._with_each_other, self._with_all):
            fallen = [members for members in self._members() if not stands(members)]
            if not fallen:
                return
            widen(fallen)

    def numbers(self) -> list[int]:
        known: dict[int, int] = {}
        return [known.setdefault(self._root(at), len(known)) for at in range(len(self._parent))]

    def _with_neighbours(self, fallen: list[list[int]]) -> None:
        for at in (at for members in fallen for at in members):
            for neighbour in (at - 1, at + 1):
                if 0 <= neighbour < len(self._parent):
                    self._join(at, neighbour)

    def _with_each_other(self, fallen: list[list[int]]) -> None:
        for members in fallen:
            self._join(fallen[0][0], members[0])

    def _with_all(self, fallen: list[list[int]]) -> None:
        for at in range(len(self._parent)):
            self._join(0, at)

    def _members(self) -> list[list[int]]:
        members = defaultdict(list)
        for at in range(len(self._parent)):
            members[self._root(at)].append(at)
        return list(members.values())

    def _root(self, at: int) -> int:
        while self._parent[at] != at:
            at = self._parent[at]
        return at

    def _join(self, one: int, other: int) -> None:
        self._parent[self._root(other)] = self._root(one)


def _same_blocks(
    base: Node, target: Node, edits: Sequence[Edit | Retouch]
) -> Iterator[tuple[Hashable, int]]:
    """A block that goes here and comes there: without both halves it is lost or there twice."""
    gone, come = _Openings(base), _Openings(target)
    for at, edit in enumerate(edits):
        if isinstance(edit, Edit):
            for identity in (
                *gone.between(edit.start, edit.end),
                *come.between(edit.new_start, edit.new_end),
            ):
                yield identity, at


class _Openings:
    """Where the blocks of a text begin."""

    def __init__(self, doc: Node) -> None:
        self._places = sorted((place, identity) for identity, place in block_places(doc).items())

    def between(self, start: int, end: int) -> list[str]:
        low, high = (bisect_left(self._places, (place, "")) for place in (start, end))
        return [identity for _, identity in self._places[low:high]]


def _same_tables(edits: Sequence[Edit | Retouch]) -> Iterator[tuple[Hashable, int]]:
    """Rows and cells of one table: a column is a cell in every row."""
    for at, edit in enumerate(edits):
        if isinstance(edit, Edit) and edit.table is not None:
            yield edit.table, at


def _moved_text(
    base: Node, target: Node, edits: Sequence[Edit | Retouch]
) -> Iterator[tuple[int, int]]:
    """Words that go in one change and come in another."""
    gone, come = {}, {}
    for at, edit in enumerate(edits):
        if isinstance(edit, Edit):
            gone[at] = base.text_between(edit.start, edit.end, " ").strip()
            come[at] = target.text_between(edit.new_start, edit.new_end, " ").strip()
    whence = defaultdict(list)
    for at, text in gone.items():
        whence[text].append(at)
    for at, text in come.items():
        if len(text) >= MOVED_FAR:
            yield from ((at, other) for other in whence[text])
        for near in (at - 1, at + 1):
            shorter, longer = sorted((text, gone.get(near, "")), key=len)
            if len(shorter) >= MOVED_NEAR and shorter in longer:
                yield at, near
