"""Stable ids through the plain form, which shows none: a block that was there keeps its id."""

import copy
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from workflows.domain.content.shape import Doc, NewId

# Two blocks with half of their words in common are one block that was edited.
SIMILAR = 0.5
# How many old blocks one new block is compared with; keeps the work linear.
WINDOW = 40

_SINGLE = ("title", "signature")


@dataclass(frozen=True, slots=True)
class _Entry:
    node: Doc
    kind: str
    level: str
    faces: str
    text: str
    words: frozenset[str]


def keep_ids(old: Doc, new: Doc, new_id: NewId) -> Doc:
    """*new* with the ids of *old* where a block is unchanged, moved or edited; else fresh ones.

    Both must parse. No id of *new* itself survives.
    """
    result = copy.deepcopy(new)
    before, after = list(_entries(old)), list(_entries(result))
    pairs = _Pairs(before, after)
    pairs.pair_singles()
    for key in (_exact, _same_text):
        pairs.pair_unique(key)
        pairs.spread(key)
        pairs.pair_in_order(key)
    pairs.pair_similar()
    taken = {entry.node["attrs"]["id"] for entry in before}
    for at, entry in enumerate(after):
        partner = pairs.old_of.get(at)
        identity = _fresh(new_id, taken) if partner is None else before[partner].node["attrs"]["id"]
        entry.node["attrs"]["id"] = identity
    return result


def _fresh(new_id: NewId, taken: set[str]) -> str:
    identity = new_id()
    while identity in taken:
        identity = new_id()
    taken.add(identity)
    return identity


def _exact(entry: _Entry) -> Hashable:
    return (entry.kind, entry.level, entry.faces, entry.text)


def _same_text(entry: _Entry) -> Hashable:
    return (entry.kind, entry.text)


class _Pairs:
    """Which old block became which new one, by their positions in reading order."""

    def __init__(self, before: list[_Entry], after: list[_Entry]) -> None:
        self._before = before
        self._after = after
        self.old_of: dict[int, int] = {}
        self._new_of: dict[int, int] = {}

    def pair_unique(self, key: Callable[[_Entry], Hashable]) -> None:
        """A block found once on either side is the same block, wherever it went."""
        for olds, news in self._groups(key):
            if len(olds) == len(news) == 1:
                self._pair(olds[0], news[0])

    def spread(self, key: Callable[[_Entry], Hashable]) -> None:
        """Equal blocks (short cells, say) are told apart by a neighbour already paired."""
        waiting = deque(self.old_of.items())
        while waiting:
            new, old = waiting.popleft()
            for step in (1, -1):
                if self._may_pair(old + step, new + step, key):
                    self._pair(old + step, new + step)
                    waiting.append((new + step, old + step))

    def pair_in_order(self, key: Callable[[_Entry], Hashable]) -> None:
        """Of the equal blocks left, the first is the first."""
        for olds, news in self._groups(key):
            for old, new in zip(olds, news, strict=False):
                self._pair(old, new)

    def pair_singles(self) -> None:
        """There is one title and one signature, whatever became of their text."""
        for kind in _SINGLE:
            [old] = (at for at, entry in enumerate(self._before) if entry.kind == kind)
            [new] = (at for at, entry in enumerate(self._after) if entry.kind == kind)
            if new not in self.old_of:
                self._pair(old, new)

    def pair_similar(self) -> None:
        """An edited block is looked for among the unpaired ones near where it should stand."""
        following = self._following()
        before = -1
        for new, entry in enumerate(self._after):
            if new not in self.old_of:
                near = self._near(entry.kind, before, following[new])
                scores = ((_likeness(self._before[old], entry), -old) for old in near)
                likeness, old = max(scores, default=(0.0, 0))
                if likeness >= SIMILAR:
                    self._pair(-old, new)
            before = self.old_of.get(new, before)

    def _following(self) -> list[int]:
        """For each new block, the partner of the next paired one."""
        following, partner = [], len(self._before)
        for new in reversed(range(len(self._after))):
            partner = self.old_of.get(new, partner)
            following.append(partner)
        return following[::-1]

    def _near(self, kind: str, before: int, after: int) -> Iterator[int]:
        forward = range(before + 1, min(before + 1 + WINDOW, len(self._before)))
        backward = range(max(after - WINDOW, 0), after)
        for old in dict.fromkeys((*forward, *backward)):
            if old not in self._new_of and self._before[old].kind == kind:
                yield old

    def _groups(self, key: Callable[[_Entry], Hashable]) -> Iterator[tuple[list[int], list[int]]]:
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for old, entry in enumerate(self._before):
            if old not in self._new_of:
                groups[key(entry)][0].append(old)
        for new, entry in enumerate(self._after):
            if new not in self.old_of:
                groups[key(entry)][1].append(new)
        yield from groups.values()

    def _may_pair(self, old: int, new: int, key: Callable[[_Entry], Hashable]) -> bool:
        return (
            0 <= old < len(self._before)
            and 0 <= new < len(self._after)
            and old not in self._new_of
            and new not in self.old_of
            and key(self._before[old]) == key(self._after[new])
        )

    def _pair(self, old: int, new: int) -> None:
        self.old_of[new], self._new_of[old] = old, new


def _likeness(old: _Entry, new: _Entry) -> float:
    ours, theirs = old.words, new.words
    if not ours and not theirs:
        return 1.0
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _entries(node: Doc) -> Iterator[_Entry]:
    attrs = node.get("attrs", {})
    if "id" in attrs:
        pieces = list(_pieces(node))
        text = "".join(piece for piece, _ in pieces)
        faces = repr([face for _, face in pieces])
        level = str(attrs.get("level", ""))
        yield _Entry(node, node["type"], level, faces, text, frozenset(text.split()))
    for child in node.get("content", ()):
        if child["type"] not in ("text", "hard_break"):
            yield from _entries(child)


def _pieces(node: Doc) -> Iterator[tuple[str, Any]]:
    """The texts below *node*; of an annex only its title, for its clauses are blocks too."""
    for child in node.get("content", ()):
        if child["type"] == "text":
            yield child["text"], (len(child["text"]), child.get("marks"))
        elif child["type"] == "hard_break":
            yield "\n", None
        elif node["type"] != "annex" or child["type"] == "annex_title":
            yield from _pieces(child)
            yield " ", child["type"]
