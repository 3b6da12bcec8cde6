"""Documents that an old text cites: never rewritten unasked, listed to be looked up."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Find, Kind

CHECK: Final = "Kiểm tra văn bản này còn hiệu lực, hoặc đã có văn bản của năm mới thay thế."


def _any_of(*words: str) -> str:
    return "(?:" + "|".join(word.replace(" ", f"{SPACE}+") for word in words) + ")"


# These are written about a single day (“Báo cáo ngày 15/12”) by orders to report as well: without
# a number they are documents only where their issuer is named.
_UNSURE: Final = ("Báo cáo", "Thông báo", "Kế hoạch", "Hướng dẫn", "Chương trình")
_SURE: Final = (
    *("Nghị quyết liên tịch", "Thông tư liên tịch", "Nghị quyết", "Nghị định", "Thông tư"),
    *("Quyết định", "Chỉ thị", "Kết luận", "Đề án", "Công văn", "Công điện", "Tờ trình"),
    *("Quy định", "Quy chế"),
)
_KINDS: Final = _any_of(*_SURE, *_UNSURE, "Văn bản")
_NAMED_KINDS: Final = rf"(?-i:{_any_of(*_SURE, *_UNSURE, *map(str.upper, (*_SURE, *_UNSURE)))})"
_SURE_KINDS: Final = (
    rf"(?-i:{_any_of(*_SURE, *map(str.upper, _SURE), *(f'{k[0].lower()}{k[1:]}' for k in _SURE))})"
)
# 27/NQ-HĐND, 06-CTr/TU, 09/2017/NĐ-CP, 20/2023/QH15: capitals are what tells them from a date.
_SYMBOL: Final = (
    r"(?-i:[0-9]{1,5}(?:/[0-9]{4})?[/-][A-ZĐ][A-Za-zĐđ0-9&]{0,11}"
    r"(?:[/-][A-ZĐ][\w&]{0,14}){0,3})"
)
_YEAR: Final = r"(?:19|20)[0-9]{2}(?![0-9])"
_DAY: Final = (
    rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}"
    rf"|[0-9]{{1,2}}{SPACE}+tháng{SPACE}+[0-9]{{1,2}}{SPACE}+năm{SPACE}+{_YEAR})"
)
_DATED: Final = rf"ngày{SPACE}+{_DAY}"
_SINCE: Final = _any_of("ký", "ban hành", "được ký", "được ban hành", "ký ban hành")
_DATE: Final = (
    rf"(?:,?{SPACE}+(?:{_SINCE}{SPACE}+)?(?:{_DATED}|{_DAY}|năm{SPACE}+{_YEAR})"
    rf"|{SPACE}*\({SPACE}*(?:{_SINCE}{SPACE}+)?(?:ngày{SPACE}+)?{_DAY}{SPACE}*\))"
)
_QUOTED: Final = r"[“\"][^“”\"\n]{1,400}[”\"]"
_ABOUT: Final = _any_of("về việc", "về", "quy định", "ban hành", "phê duyệt", "sửa đổi", "bổ sung")
_TITLE: Final = (
    rf"{SPACE}+{_ABOUT}{SPACE}+(?:[^,;.“”\"\n]{{0,120}}?{_QUOTED}|[^,;.“”\"\n]{{1,300}})"
)
# An issuer's name ends where the sentence goes on: “của đơn vị trước ngày …” is a deadline.
_ON: Final = _any_of(
    *("để", "nhằm", "trong", "tại", "do", "đã", "theo", "năm", "trước", "sau", "ngày", "chậm nhất"),
    *("đến", "hạn", "vào", "từ", "gửi", "về", "phê duyệt", "quy định", "ban hành"),
)
_OF: Final = rf"{SPACE}+của(?:{SPACE}+(?!{_ON}(?!\w))[^ \u00a0,;.:()“”\"\n]+){{1,16}}?"
_STOP: Final = rf"(?=[,;.:()“”\"\n]|\Z|{SPACE}+{_ON}{SPACE})"
_TAIL: Final = rf"(?:{_OF}{_DATE}{_TITLE}|{_OF}{_DATE}|{_OF}{_TITLE}|{_TITLE}|{_OF}{_STOP})?"
_LAW: Final = _any_of("Bộ luật", "Luật", "Pháp lệnh")
_NAME: Final = rf"(?-i:[A-ZĐÀ-Ỹ])\w*(?:,?{SPACE}+(?!ngày{SPACE}|năm{SPACE})\w+){{0,14}}?"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?<!\w){_KINDS}{SPACE}+)?(?:(?<!\w)số{SPACE}*:?{SPACE}*)?(?<![\w/.])"
        rf"{_SYMBOL}(?:{_DATE})?{_TAIL}",
        rf"(?<!\w){_KINDS}(?:{_OF})?{SPACE}+về(?:{SPACE}+việc)?{SPACE}+{_QUOTED}",
        # No number at all, but a day: “Quyết định ngày 03/6/2022 của Thủ tướng Chính phủ”.
        rf"(?<!\w){_SURE_KINDS}(?:{_OF})?{SPACE}+(?:{_SINCE}{SPACE}+)?{_DATED}{_TAIL}",
        rf"(?<!\w){_NAMED_KINDS}{_OF}{SPACE}+{_DATED}{_TAIL}",
        rf"(?<!\w){_NAMED_KINDS}{SPACE}+{_DATED}{_OF}(?:{_TITLE}|{_STOP})",
        rf"(?<!\w)(?-i:{_LAW}){SPACE}+{_NAME},?{SPACE}+(?:{_DATED}|năm{SPACE}+{_YEAR}|{_YEAR})",
    )
)
_BASIS: Final = re.compile(rf"(?:Căn{SPACE}+cứ|Thực{SPACE}+hiện|Theo){SPACE}+", re.IGNORECASE)


def find_citations(text: str, *, is_basis: bool) -> Iterator[Find]:
    """Each citation with its date, issuer and title; a căn cứ is one from end to end.

    The title belongs to it: “kế hoạch … năm 2022” of a resolution of 2021 is not ours to change.
    """
    if is_basis:
        yield from _whole(text)
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Find(*found.span(), Kind.CITATION, None, CHECK)


def _whole(text: str) -> Iterator[Find]:
    lead = _BASIS.match(text)
    start = lead.end() if lead else 0
    # A line break ends it, as it ends every find.
    end = start + len(text[start:].split("\n")[0].rstrip(" \u00a0;.,"))
    if end > start:
        yield Find(start, end, Kind.CITATION, None, CHECK)
