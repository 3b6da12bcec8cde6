"""What changes that belong together do to the clauses of a text, as people would say it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import cast

from prosemirror.model import Node, Slice

from workflows.domain.content.blocks import blocks
from workflows.domain.content.changes import Change, Json
from workflows.domain.content.pairing import block_places
from workflows.domain.content.schema import SCHEMA
from workflows.domain.content.shape import Doc


@dataclass(frozen=True)
class Doing:
    """*kind* is moved, split, joined, added, removed or leveled.

    *blocks* are the places of what is touched, *count* how many parts or blocks come of it. *after*
    is the place behind which something comes: "" for the very beginning, None where it has no name.
    """

    kind: str
    blocks: tuple[str, ...] = ()
    count: int = 0
    after: str | None = None
    is_down: bool = False
    is_reworded: bool = False
    levels: tuple[str, str] | None = None


class Teller:
    """Tells of changes to one text where they are, and what those of one group do."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._places = {block.id: block.place for block in blocks(cast(Doc, node.to_json()))}
        self._starts = sorted((start, name) for name, start in block_places(node).items())

    def where(self, change: Change) -> str:
        """How people find the block; "" for one that has no such name."""
        block_id = change.block_id
        if block_id is None:
            # Searched for and not resolved: a text may have a thousand proposals.
            at = bisect_right(self._starts, change.start, key=lambda each: each[0])
            block_id = self._starts[at - 1][1] if at else ""
        return self._places.get(block_id, "")

    def doing(self, changes: Sequence[Change]) -> Doing | None:
        """What one group does."""
        return doing_of(self._node, self._places, changes)


def stored(doing: Doing | None) -> Json | None:
    """As the database keeps it."""
    return asdict(doing) if doing else None


def doing_from(kept: Json | None) -> Doing | None:
    """As it was kept."""
    if kept is None:
        return None
    levels = (kept["levels"][0], kept["levels"][1]) if kept["levels"] else None
    return Doing(**{**kept, "blocks": tuple(kept["blocks"]), "levels": levels})


def doing_of(node: Node, places: Mapping[str, str], changes: Sequence[Change]) -> Doing | None:
    """What *changes*, one group that fits *node*, do; None where their words say it best.

    *places* tells of each block, by its id, how people find it.
    """
    if all(change.kind == "level" for change in changes):
        return _leveled(places, changes)
    if any(change.kind != "text" for change in changes):
        return None
    edits = [_Edit(node, change) for change in changes]
    if len(edits) == 1 and (border := _border(places, edits[0])):
        return border
    if all(edit.is_whole for edit in edits):
        return _blocks(node, places, edits)
    return None


class _Edit:
    """One change of words: what goes and what comes."""

    def __init__(self, node: Node, change: Change) -> None:
        self.start = change.start
        self.gone = node.slice(change.start, change.end)
        self.come = Slice.from_json(SCHEMA, change.slice)

    @property
    def is_whole(self) -> bool:
        """Whether only whole blocks go and come."""
        return all(
            side.open_start == 0 == side.open_end
            and all(child.is_block for child in side.content.content)
            for side in (self.gone, self.come)
        )


def _leveled(places: Mapping[str, str], changes: Sequence[Change]) -> Doing | None:
    found = {(str(each.before), str(each.after)) for each in changes}
    if len(found) != 1:
        return None
    named = _named(places, (each.block_id for each in changes))
    return Doing("leveled", named, len(changes), levels=found.pop())


def _border(places: Mapping[str, str], edit: _Edit) -> Doing | None:
    """A border between two blocks that comes or goes, and nothing with it."""
    for kind, side, other in (("split", edit.come, edit.gone), ("joined", edit.gone, edit.come)):
        parts = side.content.content
        is_bare = side.open_start == 1 == side.open_end and not other.size
        if is_bare and len(parts) > 1 and not any(part.content.size for part in parts):
            ids = [cast("str | None", part.attrs.get("id")) for part in parts]
            return Doing(kind, _named(places, ids), len(parts))
    return None


def _blocks(node: Node, places: Mapping[str, str], edits: Sequence[_Edit]) -> Doing | None:
    gone = dict(_with_ids(edit.gone for edit in edits))
    come = dict(_with_ids(edit.come for edit in edits))
    if gone and come and gone.keys() != come.keys():
        return None
    named = _named(places, gone or come)
    if not come:
        return Doing("removed", named, len(gone))
    target = next(edit for edit in edits if edit.come.size)
    after = _before(node, places, target.start)
    if not gone:
        return Doing("added", count=len(come), after=after)
    return Doing(
        "moved",
        named,
        len(come),
        after,
        is_down=target.start > min(edit.start for edit in edits if edit.gone.size),
        is_reworded=any(not come[name].eq(gone[name]) for name in come),
    )


def _before(node: Node, places: Mapping[str, str], place: int) -> str | None:
    before = node.resolve(place).node_before
    return places.get(str(before.attrs.get("id"))) if before is not None else ""


def _with_ids(sides: Iterator[Slice]) -> Iterator[tuple[str, Node]]:
    for side in sides:
        for child in side.content.content:
            yield str(child.attrs.get("id")), child


def _named(places: Mapping[str, str], ids: object) -> tuple[str, ...]:
    return tuple(places[each] for each in cast("Sequence[str]", ids) if each in places)
