"""Rules on dates in a text: that there is such a day, and that it is written as prescribed."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from workflows.domain.form.findings import Hit, matched
from workflows.domain.form.letters import SPACE
from workflows.domain.form.sheet import Sheet

_DAY: Final = "(?P<day>[0-9]{1,2})"
_MONTH: Final = "(?P<month>[0-9]{1,2})"
_YEAR: Final = "(?P<year>(?:19|20)[0-9]{2})"
_WORDS: Final = re.compile(
    rf"ngày{SPACE}+{_DAY}{SPACE}+tháng{SPACE}+{_MONTH}(?:{SPACE}+năm{SPACE}+{_YEAR})?(?![0-9/])",
    re.IGNORECASE,
)
_SLASHED: Final = re.compile(rf"(?<![0-9/.-]){_DAY}/{_MONTH}/{_YEAR}(?![0-9/])")
_OTHER: Final = re.compile(
    rf"ngày{SPACE}+(?P<date>{_DAY}(?P<mark>[.-]){_MONTH}(?P=mark)(?P<year>(?:20)?[0-9]{{2}})"
    rf"|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2}})(?![0-9/-]|\.[0-9])",
    re.IGNORECASE,
)
# A year without 29 February would call a day of any leap year impossible.
_LEAP: Final = 2000


def date_zero(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for pattern in (_WORDS, _SLASHED):
            for found in pattern.finditer(block.text):
                right = _padded(found)
                if right != found[0] and _exists(found):
                    sentence = (
                        f"Ngày nhỏ hơn 10 và tháng 1, 2 ghi thêm số 0 ở trước. Hãy ghi “{right}”."
                    )
                    yield matched(block, found, sentence, right)


def date_impossible(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for pattern in (_WORDS, _SLASHED):
            for found in pattern.finditer(block.text):
                if not _exists(found):
                    yield matched(block, found, f"Không có “{found[0]}”. Hãy kiểm tra lại.")


def date_form(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _OTHER.finditer(block.text):
            sentence = (
                f"“{found[0]}” chưa đúng cách ghi ngày. Hãy ghi như “ngày 08 tháng 12 năm 2021” "
                "hoặc “ngày 08/12/2021”."
            )
            yield matched(block, found, sentence)


def _padded(found: re.Match[str]) -> str:
    day, month = found["day"].zfill(2), found["month"]
    if int(month) < 3:
        month = month.zfill(2)
    begin, middle, end = found.span("day"), found.span("month"), found.end()
    text = found.string
    return (
        text[found.start() : begin[0]]
        + day
        + text[begin[1] : middle[0]]
        + month
        + (text[middle[1] : end])
    )


def _exists(found: re.Match[str]) -> bool:
    try:
        date(int(found["year"] or _LEAP), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True
