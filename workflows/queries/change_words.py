"""What a change to a text says to people: the words that stand there, and those that would."""

from typing import Any

from prosemirror.model import Node
from sqlalchemy.orm import Session

from workflows.domain.content.changes import Change
from workflows.domain.content.passages import words_between, words_of_slice
from workflows.models.people import Position

RESTYLED = "(chỉ đổi kiểu chữ)"
EMPTY = "(đoạn trống)"
ATTRIBUTES = {
    "filing": "Lưu",
    "target": "Mã nơi nhận",
    "purpose": "Mục đích gửi",
    "position": "Người ký",
}


def words_of(session: Session, base: Node, change: Change) -> tuple[str, str]:
    """The words before and after a change to *base*; a level speaks for itself."""
    if change.kind == "attrs":
        name = ATTRIBUTES.get(change.attribute or "", change.attribute)
        before, after = (
            _value(session, change.attribute, each) for each in (change.before, change.after)
        )
        return f"{name}: {before}", f"{name}: {after}"
    before = words_between(base, change.start, change.end)
    if change.kind == "level":
        return before, ""
    after = words_of_slice(change.slice)
    if before or after:
        return before, f"{after} {RESTYLED}" if before == after else after
    # Blocks without a word in them come, or go.
    return ("", EMPTY) if (change.slice or {}).get("content") else (EMPTY, "")


def _value(session: Session, attribute: str | None, value: Any) -> str:
    is_position = attribute == "position" and isinstance(value, str) and value.isdigit()
    position = session.get(Position, int(value)) if is_position and len(value) < 10 else None
    if position is not None:
        return f"{position.title} {position.person.name}"
    return str(value) if value else "không có"
