"""What a proposal says to people: where it is, and what it does."""

from collections.abc import Sequence

from prosemirror.model import Node

from workflows.domain.content.changes import Change
from workflows.domain.content.doings import Teller, stored
from workflows.models.discussion import Suggestion


def describe(made: Sequence[Suggestion], base: Node, changes: Sequence[Change]) -> None:
    """Say of each where it is, and what its group does: the text will go on."""
    teller = Teller(base)
    groups: dict[int, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.group, []).append(change)
    doings = {group: stored(teller.doing(found)) for group, found in groups.items()}
    for each, change in zip(made, changes, strict=True):
        each.place_words, each.doing = teller.where(change), doings[change.group]
