"""Anniversaries, counted events, terms of office and names of a year: each counts on its own."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind, Years
from workflows.domain.content.rollover.texts import sentence_of

_ROMAN: Final = "[IVXLC]+"
_ANNIVERSARY: Final = re.compile(
    rf"(?:kỷ|kỉ){SPACE}+niệm{SPACE}+(?:lần{SPACE}+thứ{SPACE}+)?([0-9]{{1,4}}){SPACE}+(?:năm|ngày{SPACE}+sinh)"
    rf"|(?<!\w)([0-9]{{1,4}}){SPACE}+năm(?={SPACE}+Ngày{SPACE})",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    rf"(?<!\w)(?:lần{SPACE}+thứ|kỳ{SPACE}+họp{SPACE}+thứ)"
    rf"{SPACE}+((?-i:{_ROMAN})|[0-9]{{1,3}}|(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
    rf"(?:{SPACE}+(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?)(?!\w)",
    re.IGNORECASE,
)
_TERM: Final = re.compile(rf"khóa{SPACE}+((?-i:{_ROMAN})|[0-9]{{1,3}})(?!\w)", re.IGNORECASE)
# Held every five years: its count does not follow the calendar.
_CONGRESS: Final = re.compile(
    rf"Đại{SPACE}+hội(?!{SPACE}+(?:Thể{SPACE}+dục|thể{SPACE}+thao))[^.;\n]*\Z"
)
# “ngày Chuyển đổi số năm 2022”, “Tuần lễ Áo dài 2022”: the capital makes it a name.
_DAY_OF_YEAR: Final = re.compile(
    rf"(?<!\w)(?:[Nn]gày{SPACE}+hội|[Nn]gày|[Tt]uần{SPACE}+lễ|[Tt]háng{SPACE}+hành{SPACE}+động|"
    rf"[Ll]ễ{SPACE}+hội|[Hh]ội{SPACE}+chợ|[Ll]iên{SPACE}+hoan|[Gg]iải|[Cc]uộc{SPACE}+thi)"
    rf"{SPACE}+(?:[A-ZĐÀ-Ỹ]|“)[^,;.:()\n]{{1,80}}?{SPACE}+(?:năm{SPACE}+)?((?:19|20)[0-9]{{2}})(?![0-9/–-])"
)
# In the middle of a sentence a capital makes “Năm” the name of a year; so does a quotation mark.
_ON: Final = rf"(?!{SPACE}+(?:và|với|của|trên|tại|do)(?!\w))[^,;.:()“”\"\n]"
_NAMED_YEAR: Final = re.compile(
    rf"(?:(?<=[“\"])|(?<=\w[ \u00a0])|(?<=[–-][ \u00a0]))"
    rf"Năm{SPACE}+(?!học|{SPACE})[^\W\d](?:{_ON}){{2,80}}"
    rf"|\ANăm{SPACE}+[^\W\d](?:{_ON}){{2,60}}?{SPACE}quốc{SPACE}+gia(?!\w)"
)
_CALLED: Final = re.compile(
    rf"năm{SPACE}+(?:19|20)[0-9]{{2}}{SPACE}+là{SPACE}+(?:năm{SPACE}+)?[“\"]([^“”\"\n]{{3,200}})[”\"]",
    re.IGNORECASE,
)
_WORDS: Final = ("", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_NUMERALS: Final = (("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def find_occasions(text: str, years: Years) -> Iterator[Find]:
    """Every one waits for a decision; where the count is sure, the next one is proposed."""
    yield from _of_the_year(text, years)
    for found in _ANNIVERSARY.finditer(text):
        group = 1 if found[1] else 2
        proposed = _with(found, group, str(int(found[group]) + years.apart))
        reason = f"Số năm kỷ niệm của năm {years.old}; hãy xem năm {years.new} có kỷ niệm."
        yield _find(found, proposed, reason)
    for found in _COUNTED.finditer(text):
        yield _find(found, _next(found, years), "Số lần của năm cũ; hãy ghi lần của năm mới.")
    for found in _TERM.finditer(text):
        yield _find(found, None, f"Kiểm tra khóa, nhiệm kỳ của năm {years.new}.")


def _of_the_year(text: str, years: Years) -> Iterator[Find]:
    reason = f"Chủ đề của năm {years.old}. Hãy ghi chủ đề của năm {years.new} khi đã được công bố."
    for found in _CALLED.finditer(text):
        yield Find(*found.span(1), Kind.THEME, None, reason, Advice.LATER)
    for found in _NAMED_YEAR.finditer(text):
        end = found.start() + len(found[0].rstrip(" \u00a0"))
        yield Find(found.start(), end, Kind.THEME, None, reason, Advice.LATER)
    for found in _DAY_OF_YEAR.finditer(text):
        if int(found[1]) == years.old:
            proposed = _with(found, 1, str(years.new))
            reason = f"Sự kiện riêng của năm {years.old}; hãy xem năm {years.new} có tổ chức."
            yield _find(found, proposed, reason)


def _find(found: re.Match[str], proposed: str | None, reason: str) -> Find:
    return Find(*found.span(), Kind.OCCASION, proposed, reason, Advice.LATER)


def _next(found: re.Match[str], years: Years) -> str | None:
    """Sure only for what is held each year: the old year stands in the same sentence."""
    start, end = sentence_of(found.string, found.start(), found.end())
    before, around = found.string[start : found.start()], found.string[start:end]
    is_yearly = re.search(rf"(?<![0-9/]){years.old}(?![0-9])", around) is not None
    if not is_yearly or _CONGRESS.search(before) or "họp" in found[0].lower():
        return None
    written = _counted(found[1], years.apart)
    return _with(found, 1, written) if written else None


def _counted(word: str, more: int) -> str | None:
    """The number *more* further on in the same writing; None where it is not simple to write."""
    if word.isdecimal():
        return str(int(word) + more)
    number = _value(word)
    if number:
        return _roman(number + more)
    if word.lower() in _WORDS:
        at = _WORDS.index(word.lower()) + more
        return _WORDS[at] if at < len(_WORDS) else None
    return None


def _value(word: str) -> int | None:
    """The number of a Roman numeral up to 50."""
    return next((number for number in range(1, 51) if _roman(number) == word), None)


def _roman(number: int) -> str:
    written = ""
    for numeral, value in _NUMERALS:
        while number >= value:
            written += numeral
            number -= value
    return written


def _with(found: re.Match[str], group: int, words: str) -> str:
    start, end = (at - found.start() for at in found.span(group))
    return found[0][:start] + words + found[0][end:]
