"""Finds where one sentence came as two paragraphs: torn by a page, a scanner, a stray Enter."""

from collections.abc import Iterable
from typing import Final

from workflows.domain.content.joins import is_open
from workflows.domain.content.lines import read_line
from workflows.domain.content.runs import runs_of, text_of
from workflows.domain.content.shape import Doc

LOWER_CASE: Final = "Đoạn bắt đầu bằng chữ thường; có lẽ nối tiếp đoạn trên."
DASHED: Final = "Đoạn bắt đầu bằng gạch ngang mà đoạn trên chưa hết câu; có lẽ nối tiếp đoạn trên."
TEARS: Final = frozenset({LOWER_CASE, DASHED})
_SENTENCE_ENDS: Final = frozenset(".;:!?…")
# A sentence is torn where its line is full; what stops before is a heading or a short item.
_FULL: Final = 40
# Above this share, bullets without a closing mark are the writer's habit, not an accident.
_HABIT: Final = 0.25


def leaves_bullets_open(texts: Iterable[str]) -> bool:
    """Whether whoever wrote these lines closes their bullets with no mark."""
    bullets = [text for text in texts if read_line(text).level == "dash"]
    return sum(map(is_open, bullets)) > max(1, _HABIT * len(bullets))


def tear_between(above: Doc, text: str, level: str, *, is_habit: bool) -> str | None:
    """The doubt whether the line with this *text* and *level* continues the block *above*."""
    runs = runs_of(above) if above["type"] != "table" else ()
    said = text_of(runs).rstrip()
    if level == "dash":
        is_item = above.get("attrs", {}).get("level", "para") in ("dash", "para")
        is_heading = all(run.strong for run in runs)
        is_torn = is_item and not is_heading and len(said) >= _FULL and is_open(said)
        return DASHED if is_torn and not is_habit else None
    is_torn = bool(said) and said[-1] not in _SENTENCE_ENDS and _begins_small(text)
    return LOWER_CASE if level == "para" and is_torn else None


def _begins_small(text: str) -> bool:
    return text.lstrip("*“\"'(")[:1].islower()
