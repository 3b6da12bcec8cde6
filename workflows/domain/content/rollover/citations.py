"""Documents that an old text cites: never rewritten unasked, listed to be looked up."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.rollover.finding import SPACE, Find, Kind

CHECK: Final = "Kiểm tra văn bản này còn hiệu lực, hoặc đã có văn bản của năm mới thay thế."
_KINDS: Final = "|".join(
    kind.replace(" ", f"{SPACE}+")
    for kind in (
        *("Nghị quyết liên tịch", "Thông tư liên tịch", "Nghị quyết", "Nghị định", "Thông tư"),
        *("Quyết định", "Chỉ thị", "Chương trình", "Kế hoạch", "Kết luận", "Hướng dẫn", "Đề án"),
        *("Công văn", "Công điện", "Thông báo", "Báo cáo", "Tờ trình", "Quy định", "Quy chế"),
    )
)
# 27/NQ-HĐND, 06-CTr/TU, 09/2017/NĐ-CP, 20/2023/QH15.
_SYMBOL: Final = (
    r"[0-9]{1,5}(?:/[0-9]{4})?[/-][A-ZĐ][A-Za-zĐđ0-9]{0,9}(?:[/-][A-ZĐ][\w]{0,14}){0,3}"
)
_DATE: Final = (
    rf"(?:,?{SPACE}+ngày{SPACE}+[0-9]{{1,2}}"
    rf"(?:/[0-9]{{1,2}}/[0-9]{{4}}|{SPACE}+tháng{SPACE}+[0-9]{{1,2}}{SPACE}+năm{SPACE}+[0-9]{{4}}))?"
)
_QUOTED: Final = r"[“\"][^“”\"\n]{1,400}[”\"]"
_TITLE: Final = (
    rf"{SPACE}+(?:về(?:{SPACE}+việc)?|quy{SPACE}+định|ban{SPACE}+hành|phê{SPACE}+duyệt){SPACE}+"
    rf"(?:{_QUOTED}|[^,;.“”\"\n]{{1,300}})"
)
_OF: Final = rf"{SPACE}+của{SPACE}+[^,;.:()“”\"\n]{{1,100}}?"
_STOP: Final = rf"(?=[,;.:()“”\"\n]|\Z|{SPACE}+(?:để|nhằm|trong|tại|do|đã|theo|năm){SPACE})"
_TAIL: Final = rf"(?:{_OF}{_TITLE}|{_TITLE}|{_OF}{_STOP})?"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:{_KINDS}){SPACE}+)?(?:số{SPACE}*:?{SPACE}*)?(?<![\w/]){_SYMBOL}{_DATE}{_TAIL}",
        rf"(?:{_KINDS})(?:{_OF})?{SPACE}+về(?:{SPACE}+việc)?{SPACE}+{_QUOTED}",
        rf"(?:Bộ{SPACE}+luật|Luật|Pháp{SPACE}+lệnh){SPACE}+[A-ZĐÀ-Ỹ]\w*(?:,?{SPACE}+(?!ngày|năm)\w+){{0,9}}?"
        rf"{SPACE}+(?:năm{SPACE}+)?(?:19|20)[0-9]{{2}}(?![0-9])",
    )
)
_BASIS: Final = re.compile(rf"(?:Căn{SPACE}+cứ|Thực{SPACE}+hiện|Theo){SPACE}+")


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
