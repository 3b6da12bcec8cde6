"""Rules on annexes: those that are there are named in the text, those that are named are there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.content.numbering import roman
from workflows.domain.form.findings import Hit, matched, on
from workflows.domain.form.letters import SPACE
from workflows.domain.form.sheet import Sheet

_NUMBER: Final = r"(?P<number>[IVX]{1,6}|[0-9]{1,2})(?![\w/])"
_NAMED: Final = re.compile(
    rf"(?<!\w)phụ{SPACE}+lục(?:{SPACE}+(?:số{SPACE}+)?{_NUMBER})?", re.IGNORECASE
)
# “Phụ lục I, II và III”, “Phụ lục I đến Phụ lục IV”; “, Phụ lục II” is a mention of its own.
_MORE: Final = re.compile(
    rf"{SPACE}{{0,2}}(?P<mark>,|;|và|hoặc|(?:đến|[-–])(?:{SPACE}{{1,2}}phụ{SPACE}lục)?)"
    rf"(?:{SPACE}{{1,2}}số)?{SPACE}{{0,2}}{_NUMBER}",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    rf"(?:các|những|hệ{SPACE}+thống|[0-9]{{1,2}}|hai|ba|bốn|năm)"
    rf"{SPACE}+(?:biểu{SPACE}{{0,2}},{SPACE}{{0,2}})?phụ{SPACE}+lục",
    re.IGNORECASE,
)
_ATTACHED: Final = re.compile(
    rf"{SPACE}{{0,2}}[,(]?{SPACE}{{0,2}}(?:kèm|đính{SPACE}+kèm|gửi{SPACE}+kèm|ban{SPACE}+hành{SPACE}+kèm)(?!\w)"
    rf"(?:{SPACE}+theo(?!\w))?"
)
# An annex of another document: what follows names it. Of this plan one says “Kế hoạch này”.
_ELSEWHERE: Final = re.compile(
    rf"{SPACE}{{0,2}}(?:(?:của|tại|trong|theo|thuộc){SPACE})?"
    rf"(?:(?:Luật|Bộ{SPACE}luật|Pháp{SPACE}lệnh|Nghị{SPACE}(?:định|quyết)|Quy(?:ết)?{SPACE}định"
    rf"|Thông{SPACE}(?:tư|báo)|Công{SPACE}(?:văn|điện)|Tờ{SPACE}trình|Chỉ{SPACE}thị"
    rf"|Hướng{SPACE}dẫn|Chương{SPACE}trình|Đề{SPACE}án|Báo{SPACE}cáo|Quy{SPACE}chế)(?!\w)"
    rf"|(?:Kế{SPACE}hoạch|[Vv]ăn{SPACE}bản){SPACE}(?:của|số|[0-9])"
    rf"|(?<=của{SPACE})(?!(?:Kế{SPACE}hoạch|[Vv]ăn{SPACE}bản){SPACE}này))"
)
# “Nghị định số … và các phụ lục kèm theo”.
_JOINED: Final = re.compile(rf"(?:và|cùng|với)(?:{SPACE}+(?:các|những))?{SPACE}+\Z", re.IGNORECASE)
_ROMAN: Final = {roman(order): order for order in range(1, 40)}
_BACK: Final = 200
_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where the text speaks of annexes of its own; *orders* is empty where no number is given."""

    block: Block
    found: re.Match[str]
    orders: frozenset[int]
    is_attached: bool


def annex_unnamed(sheet: Sheet) -> Iterator[Hit]:
    annexes = [block for block in sheet.annexes if block.kind == "annex"]
    if not annexes or any(_ALL.search(block.text) for block in sheet.main):
        return
    mentions = list(_mentions(sheet))
    # “Phụ lục kèm theo” without a number leads to whatever is attached.
    if any(each.is_attached and not each.orders for each in mentions):
        return
    named = {order for each in mentions for order in each.orders}
    for order, block in enumerate(annexes, start=1):
        if not (mentions if len(annexes) == 1 else order in named):
            sentence = f"Trong văn bản chưa có chỗ nào chỉ dẫn đến {block.label}. Hãy bổ sung."
            yield on(block, sentence)


def annex_absent(sheet: Sheet) -> Iterator[Hit]:
    there = sum(block.kind == "annex" for block in sheet.annexes)
    for each in _mentions(sheet):
        if each.is_attached and max(each.orders, default=1) > there:
            sentence = f"“{each.found[0]}” kèm theo nhưng không có trong văn bản. Hãy thêm Phụ lục."
            yield matched(each.block, each.found, sentence)


def annex_arabic(sheet: Sheet) -> Iterator[Hit]:
    there = sum(block.kind == "annex" for block in sheet.annexes)
    for each in _mentions(sheet):
        number = each.found["number"] or ""
        if number.isdigit() and 1 <= int(number) <= there and there > 1:
            proposed = f"Phụ lục {roman(int(number))}"
            sentence = f"Số thứ tự của Phụ lục dùng chữ số La Mã. Hãy ghi “{proposed}”."
            yield matched(each.block, each.found, sentence, proposed)


def annex_title(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.annexes:
        if block.kind == "annex" and not block.text.strip():
            yield on(block, f"{block.label} chưa có tên. Hãy ghi tên nếu có.")


def _mentions(sheet: Sheet) -> Iterator[_Mention]:
    cited = {cited.block.id: cited.start for cited in reversed(sheet.citations)}
    for block in sheet.main:
        for found in _NAMED.finditer(block.text):
            orders, end = _listed(found)
            attached = _ATTACHED.match(block.text, end)
            if _ELSEWHERE.match(block.text, attached.end() if attached else end):
                continue
            head = block.text[max(0, found.start() - _BACK) : found.start()]
            if cited.get(block.id, found.start()) < found.start() and _JOINED.search(head):
                continue
            yield _Mention(block, found, orders, attached is not None)


def _listed(found: re.Match[str]) -> tuple[frozenset[int], int]:
    """The numbers of a mention with those that follow it, and where they end."""
    if found["number"] is None:
        return frozenset(), found.end()
    orders, end = [_order(found["number"])], found.end()
    while len(orders) < _MOST and (more := _MORE.match(found.string, end)):
        last = _order(more["number"])
        if more["mark"][0] in "đĐ-–":
            orders += range(orders[-1] + 1, min(last, orders[-1] + _MOST))
        orders.append(last)
        end = more.end()
    return frozenset(orders), end


def _order(number: str) -> int:
    return int(number) if number.isdigit() else _ROMAN.get(number.upper(), 1)
