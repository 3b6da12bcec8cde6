"""Rules on the numbered outline: levels in order, headings with words, numbers never typed."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.content.numbering import NUMBERED, Numbering
from workflows.domain.form.findings import Hit, at, matched, on
from workflows.domain.form.letters import SPACE, UPPER
from workflows.domain.form.sheet import Sheet

_WORDS: Final = {"part": "phần", "sec": "mục", "sub": "khoản", "pt": "điểm"}
_TYPED: Final = re.compile(
    rf"(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}[.)]|[IVX]{{1,5}}[.)]|[a-zđ]\)|[-–—+•*▪])"
    rf"{SPACE}+"
    # 1.5 may be a quantity; before a capital it is a number of a heading.
    rf"|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}{SPACE}+(?=[{UPPER}])"
)
_STAGES: Final = tuple(
    re.compile(words.replace(" ", f"{SPACE}+"), re.IGNORECASE)
    for words in (
        r"mục đích|yêu cầu",
        r"nội dung|nhiệm vụ|giải pháp",
        r"tổ chức thực hiện|phân công",
    )
)
_REFERENCE: Final = re.compile(
    r"(?<!\w)(?:[Mm]ục|[Pp]hần) (?P<place>[IVX]{1,6}(?:\.[0-9]{1,2}){0,2})"
    r"(?:,? (?:của )?(?:Kế hoạch|kế hoạch|văn bản) này)".replace(" ", f"{SPACE}+")
)


def heading_skipped(sheet: Sheet) -> Iterator[Hit]:
    for run in _runs(sheet):
        yield from _skips(run)


def _skips(run: Sequence[Block]) -> Iterator[Hit]:
    above: set[str] = set()
    has_parts = any(block.level == "part" for block in run)
    for block in run:
        level = block.level or ""
        if level == "sub" and "sec" not in above:
            yield on(block, "Số “1.1” đứng khi chưa có mục 1. Hãy thêm mục hoặc nâng cấp khối này.")
        elif level == "plus" and "dash" not in above:
            yield on(block, "Dấu “+” đứng khi chưa có gạch đầu dòng “-” ở trên. Hãy đổi cấp.")
        elif level == "sec" and has_parts and "part" not in above:
            yield on(block, "Mục 1. đứng trước phần I. Hãy đưa mục này vào một phần.")
        above = _after(above, level)


def _after(above: set[str], level: str) -> set[str]:
    if level in NUMBERED:
        return {*NUMBERED[: NUMBERED.index(level)]} & above | {level}
    return above | {level}


def heading_single(sheet: Sheet) -> Iterator[Hit]:
    """A level with one member only divides nothing."""
    for run in _runs(sheet):
        siblings: dict[str, list[Block]] = {level: [] for level in NUMBERED}
        for block in run:
            if block.level not in NUMBERED:
                continue
            for lower in NUMBERED[NUMBERED.index(block.level) + 1 :]:
                yield from _single(siblings[lower])
                siblings[lower] = []
            siblings[block.level].append(block)
        for level in NUMBERED:
            yield from _single(siblings[level])


def _single(siblings: list[Block]) -> Iterator[Hit]:
    if len(siblings) == 1:
        [block] = siblings
        word = _WORDS[block.level or ""]
        yield on(block, f"Chỉ có một {word} ở cấp này. Hãy xem có cần đánh số không.")


def parts_order(sheet: Sheet) -> Iterator[Hit]:
    """Only headings that plainly belong to one stage of a plan are weighed."""
    before, first = 0, ""
    for block in sheet.main:
        stages = [at for at, words in enumerate(_STAGES) if words.search(block.text)]
        if block.kind != "clause" or block.level != "part" or len(stages) != 1:
            continue
        if stages[0] < before:
            sentence = f"Phần này thường đứng trước phần “{first[:80]}”. Hãy xem lại thứ tự."
            yield on(block, sentence)
        else:
            before, first = stages[0], block.text.strip()


def heading_title(sheet: Sheet) -> Iterator[Hit]:
    for block in (*sheet.main, *sheet.annexes):
        if block.kind == "clause" and block.level in NUMBERED and not block.text.strip():
            yield on(block, f"{block.label} chưa có tiêu đề hoặc nội dung. Hãy ghi hoặc xoá đi.")


def block_empty(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        is_heading = block.level in NUMBERED
        is_line = block.kind in ("basis", "opening", "clause", "closing") and not is_heading
        if is_line and not block.text.strip():
            yield on(block, "Đoạn này trống. Hãy xoá đoạn hoặc ghi nội dung.")


def heading_end(sheet: Sheet) -> Iterator[Hit]:
    for block in (*sheet.main, *sheet.annexes):
        bare = block.text.rstrip()
        if block.level == "part" and bare.endswith((".", ";", ":", ",")):
            sentence = f"Tiêu đề không kết thúc bằng dấu “{bare[-1]}”. Hãy bỏ dấu này."
            yield at(block, len(bare) - 1, len(bare), sentence, "")


def number_typed(sheet: Sheet) -> Iterator[Hit]:
    for block in (*sheet.main, *sheet.annexes):
        if block.kind == "clause" and (found := _TYPED.match(block.text)):
            sentence = (
                f"“{found[0].strip()}” được gõ tay ở đầu đoạn. Số và dấu đầu dòng do hệ thống "
                "đánh; hãy xoá và chọn cấp cho đoạn."
            )
            yield matched(block, found, sentence, "")


def reference_nowhere(sheet: Sheet) -> Iterator[Hit]:
    places = _places(sheet)
    for block in sheet.prose:
        for found in _REFERENCE.finditer(block.text):
            if found["place"] not in places:
                sentence = f"Kế hoạch này không có mục {found['place']}. Hãy sửa chỗ dẫn chiếu."
                yield matched(block, found, sentence)


def _places(sheet: Sheet) -> set[str]:
    numbering, places = Numbering(), set()
    for block in sheet.main:
        if block.kind == "clause":
            numbering.advance(block.level or "")
            places.add(numbering.place.partition(",")[0].removeprefix("Mục "))
    return places


def _runs(sheet: Sheet) -> Iterator[list[Block]]:
    """The clauses of the body, then those of each annex."""
    run: list[Block] = []
    for block in (*sheet.main, *sheet.annexes):
        if block.kind == "annex":
            yield run
            run = []
        elif block.kind == "clause":
            run.append(block)
    yield run
