"""Leaving a passage out so that the sentence around it still reads, or saying that it cannot be."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Cut, Find, Kind
from workflows.domain.content.rollover.texts import BlockText, sentence_of

_SPACES: Final = " \u00a0"
_TIMES: Final = (Kind.YEAR, Kind.DATE)
# Blocks that are one name each: with the name the line goes.
_LINES: Final = ("basis", "recipient")


def _words(*words: str) -> str:
    return "(?:" + "|".join(word.replace(" ", f"{SPACE}+") for word in words) + ")"


# What goes with the passage that it leads to.
_LEADS: Final = (
    *("trong cả", "trong suốt", "trong", "vào", "của", "từ", "đến hết", "đến", "tới", "cho"),
    *("theo", "tại", "trước", "hết", "chậm nhất là", "chậm nhất", "với", "nhân dịp", "nhân"),
)
_SPANS: Final = ("giai đoạn", "thời kỳ", "nhiệm kỳ", "ngày", "năm học", "niên khóa", "năm")
_TIME_LEAD: Final = re.compile(rf"(?<!\w){_words(*_SPANS, *_LEADS)}\Z", re.IGNORECASE)
_LEAD: Final = re.compile(rf"(?<!\w){_words(*_LEADS)}\Z", re.IGNORECASE)
_OPENING: Final = re.compile(
    _words(
        *("thực hiện", "căn cứ", "theo", "triển khai", "triển khai thực hiện", "trên cơ sở"),
        *("tiếp tục thực hiện", "để thực hiện", "trong", "vào", "trước", "từ", "đến"),
    )
    + r"\Z|\Z",
    re.IGNORECASE,
)
_AND: Final = re.compile(rf",?{SPACE}+(?:và|hoặc)\Z", re.IGNORECASE)
# Another name of the same kind, as its capital shows.
_AND_MORE: Final = re.compile(rf"{SPACE}*(?:và|hoặc){SPACE}+(?=[A-ZĐÀ-Ỹ])")
_THEME: Final = re.compile(
    rf"chủ{SPACE}+đề(?:{SPACE}+công{SPACE}+tác)?(?:{SPACE}+của)?(?:{SPACE}+năm{SPACE}+[0-9]{{4}})?\Z",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(rf"{SPACE}*(?:[,.;:!?…)”\"]|\Z)")
_LISTED: Final = re.compile(rf"{SPACE}*(?:[,.;:…)]|(?:và|hoặc){SPACE}|\Z)", re.IGNORECASE)
# What cannot follow where a time was: the rest of a span or of a list of years, or a predicate.
_MORE_YEARS: Final = re.compile(
    rf"{SPACE}*(?:,|và|hoặc|đến|tới|[-–—]){SPACE}*(?:hết{SPACE}+)?(?:năm{SPACE}+)?[0-9]",
    re.IGNORECASE,
)
_TIED: Final = re.compile(rf"{_MORE_YEARS.pattern}|{SPACE}*(?:là|và|đến|tới)(?!\w)", re.IGNORECASE)
# What cannot stand before a full stop.
_DANGLING: Final = re.compile(
    r"(?<!\w)"
    + _words(
        *(*_LEADS, *_SPANS, "là", "và", "hoặc", "các", "những", "về", "do", "để", "nhằm", "được"),
        *("bị", "đã", "sẽ", "so", "mỗi", "từng", "cả", "đầu", "giữa", "cuối", "tháng", "quý"),
        *("khóa", "lần", "kỷ niệm", "bằng", "như", "gồm", "thực hiện", "căn cứ", "triển khai"),
        *("đặc biệt", "nhất là", "liên quan", "đối", "cùng", "dựa", "nhờ", "gắn", "phối hợp"),
        *("phục vụ", "tổng kết", "sơ kết", "đánh giá", "xây dựng", "tổ chức", "ban hành", "góp"),
    )
    + r"\Z|[,:(“\"-]\Z|\A\Z",
    re.IGNORECASE,
)


def cut_of(block: BlockText, find: Find, others: Iterable[Find]) -> Cut | None:
    """What goes when *find* is left out; None where the words around it would not read.

    Nothing else that was found goes with it: each passage has a decision of its own.
    """
    text = block.text
    if block.kind in _LINES and not re.search(r"\w", _around(block, find)):
        return Cut(0, len(text), is_line=True)
    start, end = _with_quotes(text, find)
    apart = [each for each in others if each.start != find.start]
    cut = next(_cuts(text, start, end, find.kind, {each.start for each in apart}), None)
    if cut is None or any(each.start < cut.end and cut.start < each.end for each in apart):
        return None
    # A block without a word is no sentence.
    return cut if re.search(r"\w", text[: cut.start] + cut.words + text[cut.end :]) else None


def _around(block: BlockText, find: Find) -> str:
    before = block.text[: find.start]
    if block.kind == "basis":
        before = re.sub(r"^(?:Căn cứ|Thực hiện|Theo)\s", "", before)
    return before + block.text[find.end :]


def _with_quotes(text: str, find: Find) -> tuple[int, int]:
    pair = text[max(find.start - 1, 0) : find.start] + text[find.end : find.end + 1]
    is_quoted = pair in ("“”", '""')
    return find.start - is_quoted, find.end + is_quoted


def _cuts(text: str, start: int, end: int, kind: Kind, begun: set[int]) -> Iterator[Cut]:
    """The ways to cut, the surest first. *begun* is where other passages begin."""
    first, last = sentence_of(text, start, end)
    before, after = text[first:start].rstrip(_SPACES), text[end:last]
    if before.endswith("(") and after.lstrip(_SPACES).startswith(")"):
        opened = len(before[:-1].rstrip(_SPACES))
        yield Cut(first + opened, end + after.index(")") + 1)
    elif before.endswith(",") and _LISTED.match(after) and not _MORE_YEARS.match(after):
        yield Cut(first + len(before) - 1, end)
    elif (linked := _AND.search(before)) and (_ENDS.match(after) or kind not in _TIMES):
        yield Cut(first + linked.start(), end)
    elif (more := _AND_MORE.match(after)) and not _AND.search(before):
        yield _to(text, start, end + more.end())
    elif _OPENING.match(before) and after.startswith(","):
        behind = end + len(after) - len(after[1:].lstrip(_SPACES))
        # “Theo X, Y, Ủy ban …”: Y is led by the same word.
        yield _to(text, start if before and behind in begun else first, behind)
    elif kind is Kind.THEME and _THEME.search(before):
        yield Cut(first + len(before), end)
    else:
        yield from _phrase(text, first, before, end, after, kind)


def _phrase(text: str, first: int, before: str, end: int, after: str, kind: Kind) -> Iterator[Cut]:
    """A passage that only says when, where or by what: it goes with the word that leads to it."""
    is_time = kind in _TIMES
    lead = (_TIME_LEAD if is_time else _LEAD).search(before)
    left = before
    while found := (_TIME_LEAD if is_time else _LEAD).search(left):
        left = left[: found.start()].rstrip(_SPACES)
    if is_time and not left and not _TIED.match(after) and re.match(rf"{SPACE}+\w", after):
        yield _to(text, first, end + len(after) - len(after.lstrip(_SPACES)))
    elif (
        (is_time or lead)
        and not _DANGLING.search(left)
        and not _TIED.match(after)
        and (is_time or _ENDS.match(after))
    ):
        yield Cut(first + len(left), end)


def _to(text: str, start: int, end: int) -> Cut:
    """A cut up to *end*; at the head of a sentence the next letter becomes a capital."""
    ended = text[:start].rstrip(_SPACES)
    letter = text[end : end + 1]
    if letter.islower() and (not ended or ended[-1] in ".!?…\n"):
        return Cut(start, end + 1, letter.upper())
    return Cut(start, end)
