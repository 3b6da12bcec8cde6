"""Cited documents that were for one year or for a time that is over: this year has its own."""

import re
from dataclasses import replace
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Years

# What stands where only a person knows the number or the day.
BLANK: Final = "…"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_SLASHED: Final = re.compile(rf"[0-9]{{1,2}}([/.-])[0-9]{{1,2}}\1({_YEAR})(?![0-9])")
_WORDED: Final = re.compile(
    rf"(ngày{SPACE}+)[0-9]{{1,2}}({SPACE}+tháng{SPACE}+)[0-9]{{1,2}}({SPACE}+năm{SPACE}+)({_YEAR})",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\w/])[0-9]{1,5}(?=[/-])(?![/-][0-9]{1,2}[/-])")
_FOR_YEAR: Final = re.compile(rf"(?<!\w)năm{SPACE}*({_YEAR})(?![0-9])", re.IGNORECASE)
_ANY_YEAR: Final = re.compile(rf"(?<![0-9/.]){_YEAR}(?![0-9/])")
# These are made for each year: plans, reports, notices, letters, and what the councils resolve.
_EACH_YEAR: Final = re.compile(
    rf"Kế{SPACE}+hoạch(?={SPACE})|Báo{SPACE}+cáo(?={SPACE})|Thông{SPACE}+báo(?={SPACE})"
    rf"|Công{SPACE}+văn(?={SPACE})|Tờ{SPACE}+trình(?={SPACE})"
    r"|[0-9][/-](?:KH|BC|TB|TTr)[/-]|/NQ-HĐND|(?<![0-9])0[12]/NQ-CP",
    re.IGNORECASE,
)
_LAW: Final = re.compile(rf"Bộ{SPACE}+luật|Luật|Pháp{SPACE}+lệnh")


def of_one_year(words: str, cited: Find, years: Years) -> Find:
    """*cited*, put to a decision where its document was not made to last; *words* are its own."""
    if _LAW.match(words):
        return cited
    bare = _WORDED.sub("", _SLASHED.sub("", words))
    named = [int(found[1]) for found in _FOR_YEAR.finditer(bare)]
    spoken = [int(found[0]) for found in _ANY_YEAR.finditer(bare)]
    is_recent = bool(set(_dated(words)) & {years.old - 1, years.old})
    last = max(spoken, default=0)
    if last in (years.old - 1, years.old) and last in named:
        reason = f"Văn bản của riêng năm {last}."
    elif not spoken and is_recent and _EACH_YEAR.search(words):
        reason = "Loại văn bản thường ban hành cho từng năm."
    elif years.old < last < years.new:
        reason = f"Văn bản cho thời gian đến năm {last}, đã qua khi đến năm {years.new}."
        return replace(cited, reason=f"{reason} {cited.reason}", advice=Advice.LATER)
    else:
        return cited
    reason = f"{reason} Nếu đã có văn bản của năm {years.new} thì ghi số, ngày của văn bản ấy."
    return replace(cited, reason=reason, proposed=_blank(words, years), advice=Advice.LATER)


def has_blank(words: str) -> bool:
    """Whether a number or a day still waits to be filled in."""
    return re.search(rf"{BLANK}/|ngày{SPACE}+{BLANK}", words) is not None


def _dated(words: str) -> list[int]:
    return [
        int(found[found.re.groups]) for by in (_SLASHED, _WORDED) for found in by.finditer(words)
    ]


def _blank(words: str, years: Years) -> str:
    """The same citation of the new year, with what nobody can know yet left open."""
    written = _NUMBER.sub(BLANK, words, count=1)
    written = _SLASHED.sub(f"{BLANK}/{BLANK}/{BLANK}", written)
    written = _WORDED.sub(rf"\g<1>{BLANK}\g<2>{BLANK}\g<3>{BLANK}", written)
    return _FOR_YEAR.sub(lambda found: f"{found[0][:-4]}{int(found[1]) + years.apart}", written)
