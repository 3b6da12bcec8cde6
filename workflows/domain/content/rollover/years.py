"""Years and spans of years in an old text, and what they become in the new plan's year."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind, Years

_YEAR: Final = "(?:19|20)[0-9]{2}"
_NAMED: Final = re.compile(rf"(?<!\w)năm{SPACE}*({_YEAR})(?![0-9])", re.IGNORECASE)
# “các năm 2022, 2023 và 2024”: what comes after a named year.
_NEXT: Final = re.compile(
    rf"{SPACE}*(?:,(?:{SPACE}+và)?|và|hoặc){SPACE}+({_YEAR})(?![0-9/%]|[.,][0-9])", re.IGNORECASE
)
_RANGES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![0-9/.,])({_YEAR})({SPACE}*[-–—]{SPACE}*)({_YEAR})(?![0-9])",
        rf"(?<![0-9/.,])({_YEAR})(/)({_YEAR})(?![0-9/])",
        rf"(?<=từ[ \u00a0])(?:năm{SPACE}+)?({_YEAR})"
        rf"({SPACE}+đến{SPACE}+(?:hết{SPACE}+)?(?:năm{SPACE}+)?)({_YEAR})(?![0-9])",
    )
)
_TERM: Final = re.compile(rf"nhiệm{SPACE}+kỳ{SPACE}+\Z", re.IGNORECASE)
_SCHOOL: Final = re.compile(rf"(?:năm{SPACE}+học|niên{SPACE}+khóa){SPACE}+\Z", re.IGNORECASE)
_SPAN: Final = re.compile(
    rf"(?:giai{SPACE}+đoạn|thời{SPACE}+kỳ|nhiệm{SPACE}+kỳ|từ){SPACE}+(?:năm{SPACE}+)?\Z",
    re.IGNORECASE,
)
_HORIZON: Final = re.compile(
    rf"(?:đến|tới|hết|trước|vào)(?:{SPACE}+(?:hết|cuối|đầu))?{SPACE}+\Z", re.IGNORECASE
)


def year_of(title: str) -> int | None:
    """The year that a plan of this title is for."""
    found = _NAMED.search(title)
    return int(found[1]) if found else None


def find_years(text: str, years: Years) -> Iterator[Find]:
    """Spans first: a year inside one is not a year of its own."""
    for pattern in _RANGES:
        yield from (_range(found, years) for found in pattern.finditer(text) if _is_span(found))
    for found in _NAMED.finditer(text):
        yield _named(found, years)
        after = _NEXT.match(text, found.end())
        while after:
            yield _named(after, years)
            after = _NEXT.match(text, after.end())
    bare = re.compile(rf"(?<![0-9/.,–—-]){years.old}(?![0-9/%–—-]|[.,][0-9])")
    for found in bare.finditer(text):
        reason = f"Có thể là năm {years.old}, cũng có thể là một con số."
        yield Find(found.start(), found.end(), Kind.YEAR, str(years.new), reason, Advice.LATER)


def past(year: int, years: Years) -> Advice:
    """What becomes of a time that was still to come: once it is over, somebody has to decide."""
    return Advice.LATER if years.old < year < years.new else Advice.KEEP


def _is_span(found: re.Match[str]) -> bool:
    first, last = int(found[1]), int(found[3])
    return last == first + 1 if found[2] == "/" else first < last


def _named(found: re.Match[str], years: Years) -> Find:
    year = int(found[1])
    start, end = found.span() if found[0][0] in "nN" else found.span(1)
    moved = found.string[start : found.start(1)] + str(year + years.apart)
    if year == years.old:
        reason = "Năm của kế hoạch cũ."
        return Find(start, end, Kind.YEAR, moved, reason, Advice.REPLACE)
    if years.old + 1 < year < years.new or (
        year < years.new and year > years.old and _HORIZON.search(found.string[:start])
    ):
        reason = f"Mốc năm {year} đã qua khi đến năm {years.new}; hãy đặt mốc mới."
        return Find(start, end, Kind.YEAR, None, reason, Advice.LATER)
    if abs(year - years.old) == 1:
        side = "trước" if year < years.old else "sau"
        reason = f"Năm liền {side} năm của kế hoạch cũ."
        return Find(start, end, Kind.YEAR, moved, reason)
    reason = "Không phải năm của kế hoạch cũ."
    if year >= years.new:
        reason = f"Mốc năm {year} còn ở phía trước."
    return Find(start, end, Kind.YEAR, None, reason)


def _range(found: re.Match[str], years: Years) -> Find:
    first, last = int(found[1]), int(found[3])
    start, end = found.start(1), found.end(3)
    before = found.string[:start]
    is_school = _SCHOOL.search(before) is not None
    if is_school or (last == first + 1 and years.old in (first, last) and not _SPAN.search(before)):
        reason = "Năm học của kế hoạch cũ." if is_school else "Hai năm liền của kế hoạch cũ."
        advice = Advice.LATER if years.old in (first, last) else Advice.KEEP
        return Find(start, end, Kind.YEAR, _moved(found, years.apart), reason, advice)
    if last >= years.new:
        reason = f"Giai đoạn chưa kết thúc trong năm {years.new}."
        return Find(start, end, Kind.YEAR, None, reason)
    # A term begins in the year in which the one before it ends; other spans do not share a year.
    length = last - first + (0 if _TERM.search(before) else 1)
    times = -(-(years.new - last) // length)
    reason = f"Giai đoạn đã kết thúc trước năm {years.new}; hãy kiểm tra giai đoạn hiện hành."
    return Find(start, end, Kind.YEAR, _moved(found, times * length), reason, Advice.LATER)


def _moved(found: re.Match[str], by: int) -> str:
    return f"{int(found[1]) + by}{found[2]}{int(found[3]) + by}"
