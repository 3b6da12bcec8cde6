"""What stands beside a year or a day, and forbids that it quietly moves to the new year."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from workflows.domain.content.rollover.dates import DEADLINE, is_whole_day
from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind
from workflows.domain.content.rollover.texts import sentence_of

# After a comma a capital begins somebody who does something: the document's title is over.
_SOMEBODY: Final = re.compile(rf",{SPACE}+[A-ZĐÀ-Ỹ]")
_TITLED: Final = re.compile(
    rf"{SPACE}(?:về|quy{SPACE}+định|ban{SPACE}+hành|phê{SPACE}+duyệt){SPACE}", re.IGNORECASE
)


def beside_others(text: str, finds: list[Find]) -> Iterator[Find]:
    """The finds of one block, those that would move by themselves looked at once more."""
    for find in finds:
        if find.kind in (Kind.DATE, Kind.YEAR) and find.advice is Advice.REPLACE:
            start, end = sentence_of(text, find.start, find.end)
            near = [each for each in finds if start <= each.start < end]
            reason = _of_document(text, find, near) or _of_event(text, find, near)
            if reason:
                reason = f"{find.reason} {reason}"
                find = replace(find, advice=Advice.LATER, reason=reason, is_doubtful=True)
        yield find


def _of_document(text: str, find: Find, near: list[Find]) -> str | None:
    """The day or the title of a document before it belongs to the document."""
    cited = [each for each in near if each.kind is Kind.CITATION and each.end <= find.start]
    if not cited:
        return None
    between = text[cited[-1].end : find.start]
    if _SOMEBODY.search(between):
        return None
    if is_whole_day(text[find.start : find.end]):
        if DEADLINE.search(text[: find.start]):
            return None
        return "Đứng sau tên một văn bản: nếu là ngày của văn bản ấy thì giữ nguyên."
    if between.startswith(",") and _TITLED.search(text[cited[-1].start : cited[-1].end]):
        return "Có thể thuộc tên của văn bản đứng trước: nếu đúng thì giữ nguyên."
    return None


def _of_event(text: str, find: Find, near: list[Find]) -> str | None:
    """The day of an event that is over must not quietly become a day of the new year."""
    if find.kind is not Kind.DATE:
        return None
    event = next((each for each in near if each.kind is Kind.EVENT), None)
    if event is None:
        return None
    return f"Cùng câu với “{text[event.start : event.end]}”, việc đã qua."
