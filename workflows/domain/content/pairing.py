"""Which block of one text is which of another: by their ids, in the order that they share."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import cast

from prosemirror.model import Node

from workflows.domain.content.blocks import FILING_ID
from workflows.domain.content.tokens import differences


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it begins in its text."""

    node: Node
    start: int

    @property
    def end(self) -> int:
        return self.start + self.node.node_size

    @property
    def id(self) -> str | None:
        """Its id; of rows and cells, which have none, that of the first block in them."""
        return _identity(self.node)

    @property
    def key(self) -> Hashable:
        """By what it is found again. What bears no name must be as it was."""
        bears_name = "id" in self.node.attrs or self.node.type.name == "recipients"
        return (self.node.type.name, self.id, None if bears_name else repr(self.node.attrs))


@dataclass(slots=True)
class Stretch:
    """A block that is in both texts, and what goes and comes between it and the next such one."""

    pair: tuple[Placed, Placed] | None
    gone: list[Placed] = field(default_factory=list)
    come: list[Placed] = field(default_factory=list)


def block_places(doc: Node) -> dict[str, int]:
    """Where each block with an id begins; the recipients, who have none, under “filing”."""
    places: dict[str, int] = {}

    def see(node: Node, position: int, *_: object) -> bool:
        identity = FILING_ID if node.type.name == "recipients" else node.attrs.get("id")
        if identity is not None:
            places[cast(str, identity)] = position
        return not node.is_textblock

    doc.descendants(see)
    return places


def children_of(parent: Node, start: int) -> Iterator[Placed]:
    """The blocks in a block whose content begins at *start*."""
    for child in parent.children:
        yield Placed(child, start)
        start += child.node_size


def stretches(before: list[Placed], after: list[Placed]) -> list[Stretch]:
    """Both rows of blocks from one that they share to the next; the first may have no pair."""
    found = [Stretch(None)]
    at = new_at = 0
    end = (len(before), len(before), len(after), len(after))
    gaps = differences([each.key for each in before], [each.key for each in after])
    for start, stop, new_start, new_stop in (*gaps, end):
        found.extend(map(Stretch, zip(before[at:start], after[new_at:new_start], strict=True)))
        found[-1].gone.extend(before[start:stop])
        found[-1].come.extend(after[new_start:new_stop])
        at, new_at = stop, new_stop
    return found


def _identity(node: Node) -> str | None:
    while node.type.name in ("table_row", "table_cell", "table_header") and node.child_count:
        node = node.child(0)
    return cast("str | None", node.attrs.get("id"))
