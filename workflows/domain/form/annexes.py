"""Rules on annexes: those that are there are named in the text, those that are named are there."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.content.numbering import roman
from workflows.domain.form.findings import Hit, matched, on
from workflows.domain.form.letters import SPACE
from workflows.domain.form.sheet import Sheet

_NAMED: Final = re.compile(
    rf"phụ{SPACE}+lục(?:{SPACE}+(?:số{SPACE}+)?(?P<number>[IVX]{{1,6}}|[0-9]{{1,2}})(?!\w))?",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    rf"(?:các|những|[0-9]{{1,2}}|hai|ba|bốn|năm){SPACE}+phụ{SPACE}+lục", re.IGNORECASE
)
_ATTACHED: Final = re.compile(
    rf"{SPACE}{{0,2}}[,(]?{SPACE}{{0,2}}(?:kèm|đính{SPACE}+kèm|gửi{SPACE}+kèm|ban{SPACE}+hành{SPACE}+kèm)(?!\w)"
    # An annex of another document.
    rf"(?!{SPACE}+(?:theo{SPACE}+)?(?:Quyết|Nghị|Thông|Công|Tờ|Chỉ|Hướng|Luật))"
)


def annex_unnamed(sheet: Sheet) -> Iterator[Hit]:
    annexes = [block for block in sheet.annexes if block.kind == "annex"]
    texts = [block.text for block in sheet.main]
    if any(_ALL.search(text) for text in texts):
        return
    named = {found["number"] for text in texts for found in _NAMED.finditer(text)}
    for order, block in enumerate(annexes, start=1):
        numbers = {roman(order), str(order)} if len(annexes) > 1 else named
        if not named & numbers:
            sentence = f"Trong văn bản chưa có chỗ nào chỉ dẫn đến {block.label}. Hãy bổ sung."
            yield on(block, sentence)


def annex_absent(sheet: Sheet) -> Iterator[Hit]:
    there = sum(block.kind == "annex" for block in sheet.annexes)
    for block, found in _mentions(sheet):
        is_attached = _ATTACHED.match(block.text, found.end())
        if is_attached and _order(found["number"]) > there:
            sentence = f"“{found[0]}” kèm theo nhưng không có trong văn bản. Hãy thêm Phụ lục."
            yield matched(block, found, sentence)


def annex_arabic(sheet: Sheet) -> Iterator[Hit]:
    there = sum(block.kind == "annex" for block in sheet.annexes)
    for block, found in _mentions(sheet):
        number = found["number"] or ""
        if number.isdigit() and 1 <= int(number) <= there and there > 1:
            proposed = f"Phụ lục {roman(int(number))}"
            sentence = f"Số thứ tự của Phụ lục dùng chữ số La Mã. Hãy ghi “{proposed}”."
            yield matched(block, found, sentence, proposed)


def annex_title(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.annexes:
        if block.kind == "annex" and not block.text.strip():
            yield on(block, f"{block.label} chưa có tên. Hãy ghi tên nếu có.")


def _mentions(sheet: Sheet) -> Iterator[tuple[Block, re.Match[str]]]:
    for block in sheet.main:
        for found in _NAMED.finditer(block.text):
            yield block, found


def _order(number: str | None) -> int:
    """The annex meant; one without a number is the first."""
    if not number or number.isdigit():
        return int(number or 1)
    known = {roman(order): order for order in range(1, 40)}
    return known.get(number.upper(), 1)
