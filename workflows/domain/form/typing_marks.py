"""Rules on how a text is typed: spaces, marks in pairs, one way of writing throughout."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.form.findings import Hit, at, matched
from workflows.domain.form.letters import LETTERS, LOWER, SPACE, UPPER
from workflows.domain.form.sheet import Sheet

_SPACES: Final = re.compile(rf"(?<=\S){SPACE}{{2,}}(?=\S)")
_BEFORE: Final = re.compile(rf"(?<=[^\s…]){SPACE}+(?P<mark>[,;:!?)\]”]|\.(?![./0-9]))")
_AFTER: Final = re.compile(
    rf"(?<=[{LETTERS}])(?P<mark>[,;:])(?=[{LETTERS}])|(?<=[{LOWER}]{{3}})(?P<stop>\.)(?=[{UPPER}])"
)
_ITEM: Final = re.compile(r"(?:(?<=\s)|^)[0-9a-zđ]{1,2}\)", re.MULTILINE)
_PAIRS: Final = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
_OLD_TONE: Final = re.compile(
    rf"(?<![{LETTERS}])[{LETTERS}]{{0,3}}(?:[òóỏõọ][ae]|(?<![qQ])[ùúủũụ]y)(?![{LETTERS}])",
    re.IGNORECASE,
)
_NEW_TONE: Final = re.compile(
    rf"(?<![{LETTERS}])[{LETTERS}]{{0,3}}(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?![{LETTERS}])",
    re.IGNORECASE,
)
_BLANK: Final = re.compile(
    rf"\.{{5,}}|…{{2,}}|(?:ngày|tháng|năm){SPACE}{{0,3}}(?:\.{{3}}|…){SPACE}{{0,3}}(?=tháng|năm|/)"
    rf"|(?<![{LETTERS}])số{SPACE}{{0,3}}:?{SPACE}{{0,3}}(?:\.{{3,4}}|…){SPACE}{{0,3}}(?=/)|(?<![{LETTERS}])[xX]{{2,}}/"
    r"|\[(?:\.{3}|…|[Đđ]iền[^\]]{0,60})\]|_{3,}"
)


def spaces(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _SPACES.finditer(block.text):
            yield matched(block, found, "Thừa khoảng trắng giữa hai chữ. Hãy để một.", " ")


def space_before(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _BEFORE.finditer(block.text):
            mark = found["mark"]
            yield matched(block, found, f"Thừa khoảng trắng trước dấu “{mark}”. Hãy bỏ.", mark)


def space_after(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _AFTER.finditer(block.text):
            sentence = f"Thiếu khoảng trắng sau dấu “{found[0]}”. Hãy thêm."
            yield matched(block, found, sentence, f"{found[0]} ")


def pair_open(sheet: Sheet) -> Iterator[Hit]:
    """Within one block: a quotation that goes on over several paragraphs is rare in a plan."""
    for block in sheet.prose:
        text = block.text
        items = {item.end() - 1 for item in _ITEM.finditer(text)}
        for opening, closing in _PAIRS:
            if (place := _unpaired(text, opening, closing, items)) is not None:
                mark = text[place]
                yield at(block, place, place + 1, f"Dấu “{mark}” không có dấu đi đôi. Hãy sửa.")
        if text.count('"') % 2:
            place = text.rfind('"')
            yield at(block, place, place + 1, "Dấu ngoặc kép không có dấu đi đôi. Hãy sửa.")


def _unpaired(text: str, opening: str, closing: str, items: set[int]) -> int | None:
    """The first mark without its other; “a)” of a list needs none, but closes one that waits."""
    waiting: list[int] = []
    for place, character in enumerate(text):
        if character == opening:
            waiting.append(place)
        elif character == closing:
            if waiting:
                waiting.pop()
            elif place not in items:
                return place
    return waiting[-1] if waiting else None


def quotes_mixed(sheet: Sheet) -> Iterator[Hit]:
    straight = _first(sheet, '"')
    if straight and _first(sheet, "“"):
        sentence = "Văn bản vừa dùng ngoặc kép thẳng vừa dùng “…”. Hãy dùng thống nhất “…”."
        block, place = straight
        yield at(block, place, place + 1, sentence)


def _first(sheet: Sheet, character: str) -> tuple[Block, int] | None:
    found = ((block, block.text.find(character)) for block in sheet.prose)
    return next(((block, place) for block, place in found if place >= 0), None)


def accents_mixed(sheet: Sheet) -> Iterator[Hit]:
    old, new = (_uses(sheet, pattern) for pattern in (_OLD_TONE, _NEW_TONE))
    if old and new:
        fewer, more = (old, new) if len(old) < len(new) else (new, old)
        block, found = fewer[0]
        sentence = (
            f"Văn bản vừa viết “{found[0]}” vừa viết “{more[0][1][0]}” (hai cách đặt dấu thanh). "
            "Hãy viết thống nhất một cách."
        )
        yield matched(block, found, sentence)


def _uses(sheet: Sheet, pattern: re.Pattern[str]) -> list[tuple[Block, re.Match[str]]]:
    return [(block, found) for block in sheet.prose for found in pattern.finditer(block.text)]


def place_left(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _BLANK.finditer(block.text):
            if not block.cell:
                yield matched(block, found, f"“{found[0]}” còn để trống. Hãy điền hoặc xoá.")
                break
