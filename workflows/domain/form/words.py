"""Rules on words: known misreadings, abbreviations nobody explained, tasks without a time."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.content.suspicions import MISREADINGS
from workflows.domain.form.findings import Hit, matched, on
from workflows.domain.form.letters import LETTERS, SPACE, UPPER, is_shouted, spaced
from workflows.domain.form.sheet import Sheet

_SLIPS: Final = {" ".join(read.split()): meant for read, meant in MISREADINGS}
_MISREAD: Final = re.compile(
    rf"(?<![{LETTERS}])(?:{'|'.join(spaced(read) for read in _SLIPS)})(?![{LETTERS}])"
)
_ABBREVIATION: Final = re.compile(rf"(?<![\w/.&-])[{UPPER}]{{2,8}}(?![\w/&]|[-.][{UPPER}])")
_ROMAN: Final = re.compile(r"[IVXLC]+")
# What every reader of such a plan knows.
_KNOWN: Final = frozenset(
    (
        *("UBND", "HĐND", "MTTQ", "TP", "TW", "TU", "VT", "ASEAN", "COVID", "SEA", "CD", "DVD"),
        *("WTO", "WHO", "UNESCO", "USD", "VND", "GDP", "QĐ", "NQ", "KH", "CT", "CP", "PDF"),
        *(
            "GRDP",
            "CNTT",
            "ODA",
            "FDI",
            "APEC",
            "HIV",
            "AIDS",
            "VAT",
            "THPT",
            "THCS",
            "TT",
            "NĐ",
            "ĐT",
            "SĐT",
        ),
        *("AI", "ISO", "SMS", "QR", "USB", "URL", "TTĐT", "PT-TH"),
        *("VPUB", "CVP", "PCVP", "GTĐT", "MẬT", "TM", "KT", "TL", "TUQ"),
    )
)
_EXPLAINED: Final = re.compile(
    rf"(?:viết|gọi){SPACE}+tắt(?:{SPACE}+là)?{SPACE}{{0,2}}:?{SPACE}{{0,2}}[“\"]?\Z"
)
_CARRYING_OUT: Final = re.compile(
    rf"tổ{SPACE}+chức{SPACE}+thực{SPACE}+hiện|phân{SPACE}+công", re.IGNORECASE
)
_TIME: Final = re.compile(
    r"(?<!\w)(?:ngày|tháng|quý|tuần|hằng|hàng năm|định kỳ|thường kỳ|thường xuyên|đột xuất|trước"
    r"|chậm nhất|thời hạn|thời gian|tiến độ|hoàn thành|trong năm|đến năm|giai đoạn"
    r"|năm (?:19|20)[0-9]{2})(?!\w)".replace(" ", f"{SPACE}+"),
    re.IGNORECASE,
)


def misreading(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.blocks:
        for found in _MISREAD.finditer(block.text):
            meant = _SLIPS[" ".join(found[0].split())]
            sentence = f"“{found[0]}” có lẽ là “{meant}”. Hãy kiểm tra lại."
            yield matched(block, found, sentence, meant)


def abbreviation(sheet: Sheet) -> Iterator[Hit]:
    """Only the first use of each; an abbreviation in brackets explains itself."""
    seen = set(_KNOWN)
    for block in sheet.prose:
        if is_shouted(block.text):
            continue
        for found in _ABBREVIATION.finditer(block.text):
            word = found[0]
            if word in seen or _ROMAN.fullmatch(word):
                continue
            seen.add(word)
            if not _is_explained(found):
                sentence = (
                    f"“{word}” chưa được giải thích ở lần đầu. Hãy ghi đủ tên, rồi “({word})”."
                )
                yield matched(block, found, sentence)


def _is_explained(found: re.Match[str]) -> bool:
    text = found.string
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :][:3]
    is_bracketed = before.endswith("(") or after.lstrip().startswith("(")
    return is_bracketed or _EXPLAINED.search(before) is not None


def task_deadline(sheet: Sheet) -> Iterator[Hit]:
    """One finding for each body that is given tasks: a body with any time at all passes."""
    for heading, tasks in _assignments(sheet):
        if tasks and not any(_TIME.search(task.text) for task in tasks):
            sentence = "Các việc giao ở đây chưa có thời hạn hoặc tiến độ. Hãy xem lại."
            yield on(heading, sentence)


def _assignments(sheet: Sheet) -> Iterator[tuple[Block, list[Block]]]:
    is_inside = False
    heading: Block | None = None
    tasks: list[Block] = []
    for block in sheet.of_kind("clause", "cell"):
        if block.level in ("part", "sec") and block.kind == "clause":
            if heading and is_inside:
                yield heading, tasks
            heading, tasks = block, []
            if block.level == "part":
                is_inside = _CARRYING_OUT.search(block.text) is not None
        else:
            tasks.append(block)
    if heading and is_inside:
        yield heading, tasks
