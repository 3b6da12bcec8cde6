"""Days, months and quarters in an old text, moved to the new year and held against the calendar."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from workflows.domain.calendar import vietnam
from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind, Years
from workflows.domain.content.rollover.years import past

_DAY: Final = "(?P<day>[0-9]{1,2})"
_MONTH: Final = "(?P<month>[0-9]{1,2})"
_YEAR: Final = "(?P<year>(?:19|20)[0-9]{2})"
_WORD: Final = f"(?:ngày{SPACE}+)?"
_DATED: Final = (
    re.compile(rf"(?<![0-9/]){_WORD}{_DAY}(?P<mark>[/.-]){_MONTH}(?P=mark){_YEAR}(?![0-9])", re.I),
    re.compile(
        rf"ngày{SPACE}+{_DAY}{SPACE}+tháng{SPACE}+{_MONTH}{SPACE}+năm{SPACE}+{_YEAR}(?![0-9])", re.I
    ),
)
_UNDATED: Final = (
    re.compile(
        rf"ngày{SPACE}+{_DAY}{SPACE}+tháng{SPACE}+{_MONTH}(?![0-9/]|{SPACE}+năm{SPACE}+[0-9])", re.I
    ),
    re.compile(rf"ngày{SPACE}+{_DAY}/{_MONTH}(?![0-9/])", re.I),
)
_QUARTER: Final = "(?:IV|I{1,3}|[1-4])(?![0-9])"
_BEFORE_YEAR: Final = f"(?:{SPACE}*[/.-]{SPACE}*|{SPACE}+(?:năm{SPACE}*)?)"
_PART: Final = (
    re.compile(rf"(?:tháng{SPACE}+|(?<!\w)T){_MONTH}{_BEFORE_YEAR}{_YEAR}(?![0-9])", re.I),
    re.compile(
        rf"(?:quý{SPACE}+|(?<!\w)Q\.?{SPACE}?){_QUARTER}"
        rf"(?:{SPACE}*(?:,|và|[-–]){SPACE}*(?:quý{SPACE}+)?{_QUARTER})*"
        rf"{_BEFORE_YEAR}{_YEAR}(?![0-9])",
        re.I,
    ),
)
# What makes the day behind it one by which something is due.
DEADLINE: Final = re.compile(
    rf"(?:trước|chậm{SPACE}+nhất|hạn|đến|hoàn{SPACE}+thành)(?:{SPACE}+(?:là|vào|trong))?{SPACE}+\Z",
    re.IGNORECASE,
)
_WEEKDAYS: Final = (
    *("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu"),
    *("thứ Bảy", "Chủ nhật"),
)
# Bộ luật Lao động 2019, Điều 112; 24/11 by Nghị quyết 28/2026/QH16. Tết and Giỗ Tổ move each year.
_FIXED: Final = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
_CULTURE_DAY: Final = (11, 24)
_CULTURE_DAY_SINCE: Final = 2026


def find_dates(text: str, years: Years) -> Iterator[Find]:
    """Whole dates, then days without a year, then months and quarters."""
    for pattern in _DATED:
        for found in pattern.finditer(text):
            yield from _dated(found, years)
    for pattern in _UNDATED:
        for found in pattern.finditer(text):
            yield from _undated(found, years)
    for pattern in _PART:
        for found in pattern.finditer(text):
            yield _part(found, years)


def is_whole_day(words: str) -> bool:
    """Whether *words* are a day with its year."""
    return any(pattern.fullmatch(words) for pattern in _DATED)


def is_day_off(day: date) -> bool:
    """Whether offices are closed; for a year without an announced calendar, as far as is known."""
    holidays = _FIXED | ({_CULTURE_DAY} if day.year >= _CULTURE_DAY_SINCE else set())
    if _is_announced(day.year):
        return not vietnam().is_working(day)
    return day.weekday() > 4 or (day.month, day.day) in holidays


def weekday(day: date) -> str:
    """“thứ Hai” … “Chủ nhật”."""
    return _WEEKDAYS[day.weekday()]


def _is_announced(year: int) -> bool:
    return any(day.year == year for day in vietnam().off)


def _dated(found: re.Match[str], years: Years) -> Iterator[Find]:
    year = int(found["year"])
    if _day(found, year) is None:
        return
    if not -1 <= year - years.old <= 1:
        yield _elsewhere(found, year, years)
        return
    moved = _day(found, year + years.apart)
    # Only 29 February can be missing.
    day = moved or date(year + years.apart, 2, 28)
    proposed = _written(found, day)
    about, is_off = _about(day)
    if moved is None:
        about = f"Năm {day.year} không có ngày 29/02. {about}"
    advice = Advice.REPLACE if year >= years.old else Advice.KEEP
    yield Find(*found.span(), Kind.DATE, proposed, about, advice, is_doubtful=is_off or not moved)


def _elsewhere(found: re.Match[str], year: int, years: Years) -> Find:
    advice = past(year, years)
    reason = "Không phải năm của kế hoạch cũ."
    if advice is Advice.LATER:
        reason = f"Thời điểm này đã qua khi đến năm {years.new}; hãy đặt lại."
    return Find(*found.span(), Kind.DATE, None, reason, advice)


def _undated(found: re.Match[str], years: Years) -> Iterator[Find]:
    day = _day(found, years.new)
    if day is None or _day(found, years.old) is None:
        return
    about, is_off = _about(day)
    if not (is_off and DEADLINE.search(found.string[: found.start()])):
        yield Find(*found.span(), Kind.DATE, None, about, is_doubtful=is_off)
        return
    earlier = day
    while is_day_off(earlier):
        earlier -= timedelta(days=1)
    proposed = _written(found, earlier) if earlier.year == day.year else None
    yield Find(*found.span(), Kind.DATE, proposed, about, Advice.LATER, is_doubtful=True)


def _part(found: re.Match[str], years: Years) -> Find:
    year = int(found["year"])
    if not -1 <= year - years.old <= 1:
        return _elsewhere(found, year, years)
    at = found.start("year") - found.start()
    proposed = f"{found[0][:at]}{year + years.apart}"
    advice = Advice.REPLACE if year >= years.old else Advice.KEEP
    return Find(*found.span(), Kind.DATE, proposed, "Thời gian của kế hoạch cũ.", advice)


def _about(day: date) -> tuple[str, bool]:
    """What kind of day it is, in a sentence, and whether offices are closed."""
    is_off = is_day_off(day)
    what = f"Ngày {day:%d/%m}/{day.year} là {weekday(day)}"
    if is_off:
        what += ", ngày nghỉ" if day.weekday() > 4 else ", ngày nghỉ lễ"
    if _is_announced(day.year):
        return f"{what}.", is_off
    return f"{what}. Lịch nghỉ Tết và hoán đổi của năm {day.year} chưa có.", is_off


def _day(found: re.Match[str], year: int) -> date | None:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _written(found: re.Match[str], day: date) -> str:
    """*day* in the very form of the passage: its words, marks and leading zeros."""
    values = {"day": day.day, "month": day.month, "year": day.year}
    written = found[0]
    for name in ("year", "month", "day"):
        if name in found.re.groupindex:
            start, end = (at - found.start() for at in found.span(name))
            number = str(values[name])
            if written[start] == "0":
                number = number.zfill(end - start)
            written = written[:start] + number + written[end:]
    return written
