"""Years and spans of years in an old text, and what they become in the new plan's year."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind, Years

_YEAR: Final = "(?:19|20)[0-9]{2}"
_NAMED: Final = re.compile(rf"năm{SPACE}+({_YEAR})(?![0-9])", re.IGNORECASE)
_RANGE: Final = re.compile(rf"(?<![0-9/.,])({_YEAR})({SPACE}*[-–—]{SPACE}*)({_YEAR})(?![0-9])")
_TERM: Final = re.compile(rf"nhiệm{SPACE}+kỳ{SPACE}+\Z", re.IGNORECASE)
_SCHOOL: Final = re.compile(rf"năm{SPACE}+học{SPACE}+\Z", re.IGNORECASE)


def year_of(title: str) -> int | None:
    """The year that a plan of this title is for."""
    found = _NAMED.search(title)
    return int(found[1]) if found else None


def find_years(text: str, years: Years) -> Iterator[Find]:
    """Spans first: a year inside one is not a year of its own."""
    yield from (_range(found, years) for found in _RANGE.finditer(text) if found[1] < found[3])
    yield from (_named(found, years) for found in _NAMED.finditer(text))
    bare = re.compile(rf"(?<![0-9/.,–—-]){years.old}(?![0-9/%–—-]|[.,][0-9])")
    for found in bare.finditer(text):
        reason = f"Có thể là năm {years.old}, cũng có thể là một con số."
        yield Find(found.start(), found.end(), Kind.YEAR, str(years.new), reason)


def _named(found: re.Match[str], years: Years) -> Find:
    year = int(found[1])
    moved = found[0][: found.start(1) - found.start()] + str(year + years.apart)
    if year == years.old:
        reason = "Năm của kế hoạch cũ."
        return Find(*found.span(), Kind.YEAR, moved, reason, Advice.REPLACE)
    if abs(year - years.old) == 1:
        side = "trước" if year < years.old else "sau"
        reason = f"Năm liền {side} năm của kế hoạch cũ."
        return Find(*found.span(), Kind.YEAR, moved, reason)
    return Find(*found.span(), Kind.YEAR, None, "Không phải năm của kế hoạch cũ.")


def _range(found: re.Match[str], years: Years) -> Find:
    first, last = int(found[1]), int(found[3])
    before = found.string[: found.start()]
    if _SCHOOL.search(before):
        moved = _moved(found, years.apart)
        return Find(*found.span(), Kind.YEAR, moved, "Năm học của kế hoạch cũ.")
    if last >= years.new:
        reason = f"Giai đoạn chưa kết thúc trong năm {years.new}."
        return Find(*found.span(), Kind.YEAR, None, reason)
    # A term begins in the year in which the one before it ends; other spans do not share a year.
    length = last - first + (0 if _TERM.search(before) else 1)
    times = -(-(years.new - last) // length)
    reason = f"Giai đoạn đã kết thúc trước năm {years.new}; hãy kiểm tra giai đoạn hiện hành."
    return Find(*found.span(), Kind.YEAR, _moved(found, times * length), reason, Advice.LATER)


def _moved(found: re.Match[str], by: int) -> str:
    return f"{int(found[1]) + by}{found[2]}{int(found[3]) + by}"
