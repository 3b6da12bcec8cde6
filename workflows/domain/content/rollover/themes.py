"""The theme that a year is given, and the figures that were set for it."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind, Years

_THEME: Final = rf"chủ{SPACE}+đề"
_QUOTED: Final = re.compile(
    rf"{_THEME}[^“”\"\n;.]{{0,60}}?[“\"]([^“”\"\n]{{3,300}})[”\"]", re.IGNORECASE
)
_UNQUOTED: Final = re.compile(
    rf"{_THEME}(?={SPACE}+(?:công{SPACE}+tác{SPACE}+)?(?:của{SPACE}+)?năm{SPACE}+[0-9]{{4}})",
    re.IGNORECASE,
)
_NUMBER: Final = r"[0-9]+(?:[.,][0-9]+)*"
_FIGURES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![0-9.,])({_NUMBER}{SPACE}?%)",
        rf"(?<![0-9.,/])({_NUMBER}{SPACE}+chỉ{SPACE}+tiêu)(?!\w)",
        rf"chỉ{SPACE}+tiêu[^0-9.;:\n]{{1,40}}?(?<![0-9.,/])({_NUMBER})(?![0-9/])",
    )
)
_ALL: Final = re.compile(r"100[^0-9]?%")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def find_themes(text: str, years: Years) -> Iterator[Find]:
    """The quoted words; where none are quoted, the word “chủ đề” itself."""
    reason = f"Chủ đề của năm {years.old}. Hãy ghi chủ đề của năm {years.new} khi đã được công bố."
    for found in _QUOTED.finditer(text):
        yield Find(*found.span(1), Kind.THEME, None, reason, Advice.LATER)
    for found in _UNQUOTED.finditer(text):
        if not _QUOTED.match(text, found.start()):
            yield Find(*found.span(), Kind.THEME, None, reason, Advice.LATER)


def find_figures(text: str) -> Iterator[Find]:
    """Numbers beside a percent sign or the word “chỉ tiêu”; “100%” is a wish for every year."""
    for pattern in _FIGURES:
        for found in pattern.finditer(text):
            if _YEAR.fullmatch(found[1]):
                continue
            advice = Advice.KEEP if _ALL.fullmatch(found[1]) else Advice.LATER
            yield Find(*found.span(1), Kind.NUMBER, None, "Số liệu cần cập nhật.", advice)
