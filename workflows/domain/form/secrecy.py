"""Rules on secrecy: a mark of it on the document stops the plan, words about secrets never do."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.form.findings import Hit, matched, on
from workflows.domain.form.letters import SPACE, spaced
from workflows.domain.form.sheet import Sheet

_LEVELS: Final = "TUYỆT MẬT|TỐI MẬT|MẬT"
# The stamp as it is printed: alone in the first line, in capitals.
_STAMP: Final = re.compile(rf"[\s(\[“]{{0,8}}(?:{spaced(_LEVELS)})[ \u00a0)\]”.;]{{0,8}}(?:\Z|\n)")
_FIELD: Final = re.compile(
    rf"\s{{0,8}}(?i:(?:dấu{SPACE}+chỉ{SPACE}+)?(?:độ|mức{SPACE}+độ){SPACE}+mật){SPACE}*:{SPACE}*"
    rf"(?i:{spaced(_LEVELS)})[\s.;]{{0,8}}\Z"
)
# What ends the title belongs to the document that the title names.
_TITLE_END: Final = re.compile(rf"[(\[]{SPACE}*(?:{spaced(_LEVELS)}){SPACE}*[)\]][\s.]{{0,8}}\Z")
# Where a stamp or the field of a form stands; a list, a table and a heading speak of levels.
_STAMPED: Final = ("title", "basis", "opening", "closing", "recipient", "filing", "annex")
_DOUBT: Final = re.compile(
    rf"[(\[]{SPACE}*(?:{spaced(_LEVELS)}|Tuyệt{SPACE}+mật|Tối{SPACE}+mật|Mật){SPACE}*[)\]]"
    rf"|(?:Kế{SPACE}+hoạch|Văn{SPACE}+bản|văn{SPACE}+bản|Tài{SPACE}+liệu|tài{SPACE}+liệu)"
    rf"{SPACE}+này{SPACE}+(?:(?:có|được|là|thuộc|mang|đóng|chứa|xác|định|dấu|chỉ|nội|dung|văn|bản"
    rf"|tài|liệu|danh|mục|phạm|vi){SPACE}+){{1,8}}(?:độ{SPACE}+|bí{SPACE}+)?(?i:mật)(?!\w)"
)
_LAW: Final = "pháp luật về bảo vệ bí mật nhà nước"


def secret_mark(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.blocks:
        if mark := _mark(block):
            sentence = (
                f"Có dấu chỉ độ mật “{mark[0].strip()}”. Văn bản mật không được soạn thảo, lưu và "
                f"gửi trên hệ thống này; hãy làm theo {_LAW}."
            )
            yield on(block, sentence)


def secret_doubt(sheet: Sheet) -> Iterator[Hit]:
    """The writer alone knows whether the words are about this document or about secrets."""
    for block in sheet.prose:
        if _mark(block):
            continue
        for found in _DOUBT.finditer(block.text):
            sentence = (
                f"“{found[0]}” có phải là độ mật của chính văn bản này không? Nếu phải, hãy dừng "
                f"soạn thảo trên hệ thống và làm theo {_LAW}."
            )
            yield matched(block, found, sentence)


def _mark(block: Block) -> re.Match[str] | None:
    is_apart = block.kind in _STAMPED or (block.kind == "clause" and block.level == "para")
    if not is_apart:
        return None
    found = _STAMP.match(block.text) or _FIELD.match(block.text)
    if block.kind == "title":
        return found or _TITLE_END.search(block.text)
    return found
