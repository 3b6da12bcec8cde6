"""Joins the lines that a page break or a scanner tore apart, and says so."""

import re
from collections.abc import Iterable, Iterator

from workflows.domain.content.lines import read_line
from workflows.domain.content.reading import Doubt, Source, excerpt
from workflows.domain.content.tabletext import is_row

_PAGE_NUMBER = re.compile(r"[-–]? ?[0-9]{1,3} ?[-–]?")
# Above this share, bullets without a closing mark are the writer's habit, not an accident.
_HABIT = 0.1


def join_lines(lines: Iterable[Source], doubts: list[Doubt]) -> list[Source]:
    """The lines with continuations joined to what they continue; blank ones stay."""
    kept = list(_without_page_numbers(lines, doubts))
    is_habit = _open_bullets(kept) > _HABIT
    joined: list[Source] = []
    for line in kept:
        last = next((at for at in reversed(range(len(joined))) if joined[at].text), None)
        before = joined[last] if last is not None else None
        if last is None or before is None or not _continues(before.text, line.text, is_habit):
            joined.append(line)
            continue
        doubts.append(_told(before, line))
        joined[last] = Source(before.number, f"{before.text} {line.text}")
        del joined[last + 1 :]
    return joined


def _without_page_numbers(lines: Iterable[Source], doubts: list[Doubt]) -> Iterator[Source]:
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line.text):
            sentence = "Dòng chỉ có số, có lẽ là số trang; được bỏ qua."
            doubts.append(Doubt(line.number, sentence, line.text))
        else:
            yield line


def _open_bullets(lines: list[Source]) -> float:
    bullets = [line.text for line in lines if read_line(line.text).level == "dash"]
    return sum(is_open(text) for text in bullets) / max(len(bullets), 1)


def is_open(text: str) -> bool:
    """Whether a text stops in mid-sentence."""
    return text.rstrip("*")[-1:].isalnum()


def _continues(before: str, text: str, is_habit: bool) -> bool:
    if not text or is_row(before) or is_row(text):
        return False
    line = read_line(text)
    if line.level == "dash":
        return not is_habit and is_open(before) and read_line(before).level in ("dash", "para")
    first = text.lstrip("*“\"'(")[:1]
    return line.level == "para" and first.islower()


def _told(before: Source, line: Source) -> Doubt:
    end = f"…{before.text[-40:]}" if len(before.text) > 40 else before.text
    if read_line(line.text).level == "dash":
        sentence = (
            f"Dòng trên (kết thúc “{end}”) chưa hết câu nên dòng này được nối vào, "
            "không thành gạch đầu dòng mới."
        )
    else:
        sentence = f"Dòng bắt đầu bằng chữ thường nên được nối vào dòng trên (kết thúc “{end}”)."
    return Doubt(line.number, sentence, excerpt(line.text))
