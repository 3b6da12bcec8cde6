"""Takes a copy of a text that was changed elsewhere into the text as it has become meanwhile.

What others wrote since the copy was made stays: a change of the copy is taken in only where the
text still has what the copy changed. The rest is returned, for a person to decide.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, cast
from uuid import UUID

from prosemirror.model import Node

from workflows.domain.content.changes import Change, Json, TooManyChanges, changes_between, steps_of
from workflows.domain.content.edits import Edited, Place, carry, replay
from workflows.domain.content.moving import Ranges
from workflows.domain.content.pairing import block_places
from workflows.domain.content.proposals import still_fits
from workflows.domain.content.tables import is_rectangle

# Each change is carried through every step that was made since: so many in all take seconds.
MOST_CARRIED: Final = 1_000_000
_WRITTEN: Final = re.compile(r"([0-9a-f]{32}):(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Base:
    """Of which plan, and of which version of its working text, a copy was made."""

    plan_id: UUID
    version: int

    @property
    def written(self) -> str:
        """As a file carries it."""
        return f"{self.plan_id.hex}:{self.version}"

    @classmethod
    def read(cls, words: str) -> "Base | None":
        """What *words* say; anybody may have written them into a file."""
        found = _WRITTEN.fullmatch(words)
        return cls(UUID(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class Merged:
    """The text with the copy's changes, and those it has no place for, in order."""

    node: Node
    left: tuple[Change, ...]


def merge(base: Node, copy: Node, later: Sequence[Ranges], text: Node, *, most: int) -> Merged:
    """*text*, which *base* became by steps with the maps *later*, with what *copy* changed in base.

    Raises TooManyChanges above *most*, after many steps above fewer.
    """
    changes = changes_between(base, copy, most=most)
    if len(changes) * len(later) > MOST_CARRIED:
        raise TooManyChanges(len(changes), MOST_CARRIED // len(later))
    ranges = list(later)
    left: list[Change] = []
    for _number, found in groupby(_by_group(changes), key=lambda change: change.group):
        group = list(found)
        edited = _taken(base, group, ranges, text)
        if edited is None:
            left += group
        else:
            text = edited.doc
            ranges += edited.ranges
    return Merged(text, tuple(sorted(left, key=lambda change: change.start)))


def _by_group(changes: Sequence[Change]) -> list[Change]:
    """The changes of a group one after another, in the order of their first ones."""
    first: dict[int, int] = {}
    for at, change in enumerate(changes):
        first.setdefault(change.group, at)
    return sorted(changes, key=lambda change: first[change.group])


def _taken(
    base: Node, group: Sequence[Change], ranges: Sequence[Ranges], text: Node
) -> Edited | None:
    """*text* with a group of changes to *base*, or None when it no longer has what they change."""
    starts = block_places(text) if any(change.kind != "text" for change in group) else {}
    moved = []
    for change in group:
        place = carry(Place(change.start, change.end), ranges)
        there = replace(change, start=place.start, end=place.end)
        before = cast(Json, base.slice(change.start, change.end).to_json())
        is_gone = place.is_gone and change.kind == "text"
        if is_gone or not still_fits(text, there, before, starts):
            return None
        moved.append(there)
    try:
        edited = replay(text, [cast(Json, step.to_json()) for step in steps_of(text, moved)])
        edited.doc.check()
    except Exception:  # prosemirror raises all sorts where a slice does not fit.
        return None
    # A column for every row there was, and somebody has added a row.
    return edited if set(_torn(edited.doc)) <= set(_torn(text)) else None


def _torn(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.type.name == "table":
            if not is_rectangle(cast(Json, child.to_json())):
                yield str(child.attrs["id"])
        elif child.type.name == "annex":
            yield from _torn(child)
