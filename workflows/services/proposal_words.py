"""What a proposal says to people: the words before and after, where that is, and what it does."""

from collections.abc import Sequence
from typing import Any

from prosemirror.model import Node

from workflows.domain.content.changes import Change
from workflows.domain.content.doings import Teller, stored
from workflows.domain.content.passages import words_between, words_of_slice
from workflows.models.discussion import Suggestion
from workflows.models.people import Position
from workflows.services.acting import Act

RESTYLED = "(chỉ đổi kiểu chữ)"
ATTRIBUTES = {
    "filing": "Lưu",
    "target": "Mã nơi nhận",
    "purpose": "Mục đích gửi",
    "position": "Người ký",
}


def describe(made: Sequence[Suggestion], base: Node, changes: Sequence[Change]) -> None:
    """Say of each where it is, and what its group does: the text will go on."""
    teller = Teller(base)
    groups: dict[int, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.group, []).append(change)
    doings = {group: stored(teller.doing(found)) for group, found in groups.items()}
    for each, change in zip(made, changes, strict=True):
        each.place_words, each.doing = teller.where(change), doings[change.group]


def words_of(act: Act, base: Node, change: Change) -> tuple[str, str]:
    """What stands there and what would, for people; a level speaks for itself."""
    if change.kind == "attrs":
        name = ATTRIBUTES.get(change.attribute or "", change.attribute)
        before, after = (
            _value(act, change.attribute, each) for each in (change.before, change.after)
        )
        return f"{name}: {before}", f"{name}: {after}"
    before = words_between(base, change.start, change.end)
    if change.kind == "level":
        return before, ""
    after = words_of_slice(change.slice)
    return before, f"{after} {RESTYLED}" if before == after else after


def _value(act: Act, attribute: str | None, value: Any) -> str:
    is_position = attribute == "position" and isinstance(value, str) and value.isdigit()
    position = act.session.get(Position, int(value)) if is_position and len(value) < 10 else None
    if position is not None:
        return f"{position.title} {position.person.name}"
    return str(value) if value else "không có"
