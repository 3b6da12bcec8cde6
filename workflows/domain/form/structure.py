"""Rules on the parts of a plan: which there must be, and how title, basis and closing end."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.content.checks import faults_of_text
from workflows.domain.form.findings import Hit, at, matched, on
from workflows.domain.form.letters import SPACE, is_shouted
from workflows.domain.form.sheet import Sheet

END: Final = "./."
# The mark with spaces, with half of it, or with a stop too many.
_MISTYPED: Final = re.compile(
    rf"(?<![\s./])(?P<mark>{SPACE}{{1,3}}\./\.|\.{SPACE}{{1,3}}/{SPACE}{{0,3}}\.|\./{SPACE}{{1,3}}\."
    rf"|\.{{2,3}}/\.{{1,3}}|\./\.{{2,3}}|/\.|\./|/{{2}}\.)\s{{0,8}}\Z"
)
_LONG_TITLE: Final = 300
_SHOUTED: Final = 3
_VV: Final = re.compile(rf"V/v{SPACE}*", re.IGNORECASE)
_BASIS: Final = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Xét|Trên cơ sở|Để|Nhằm|Sau khi)\b".replace(" ", f"{SPACE}+")
)


def title_missing(sheet: Sheet) -> Iterator[Hit]:
    [title] = sheet.of_kind("title")
    if not title.text.strip():
        yield on(title, "Chưa có trích yếu. Hãy ghi ngắn gọn nội dung chủ yếu của văn bản.")


def preamble_missing(sheet: Sheet) -> Iterator[Hit]:
    """The decree leaves them to the kind and content; a plan nearly always has one."""
    if not _filled(sheet, "basis", "opening"):
        yield Hit("Chưa có căn cứ ban hành hoặc đoạn mở đầu. Hãy xem lại.", "Phần mở đầu")


def body_missing(sheet: Sheet) -> Iterator[Hit]:
    if not _filled(sheet, "clause", "cell"):
        yield Hit("Chưa có nội dung. Hãy soạn các mục của kế hoạch.", "Nội dung")


def closing_end(sheet: Sheet) -> Iterator[Hit]:
    """The last words of the content bear the mark, be they a closing paragraph or a clause."""
    last = _last(sheet)
    if not last or not (last.text.rstrip().endswith(END) or _MISTYPED.search(last.text)):
        sentence = f"Nội dung văn bản phải kết thúc bằng dấu “{END}”. Hãy bổ sung ở cuối văn bản."
        is_closing = last and last.kind == "closing"
        yield Hit(sentence, "Phần kết", last.id if last and is_closing else None)


def closing_mark(sheet: Sheet) -> Iterator[Hit]:
    last = _last(sheet)
    if last and (found := _MISTYPED.search(last.text)):
        start, end = found.span("mark")
        sentence = f"Dấu kết thúc viết liền là “{END}”, không viết “{found['mark']}”. Hãy sửa."
        yield at(last, start, end, sentence, END)


def _last(sheet: Sheet) -> Block | None:
    return next(reversed(_filled(sheet, "clause", "cell", "closing")), None)


def closing_twice(sheet: Sheet) -> Iterator[Hit]:
    last = _last(sheet)
    for block in sheet.prose:
        bare = block.text.rstrip()
        until = len(bare)
        if block is last:
            mistyped = _MISTYPED.search(bare)
            until = mistyped.start() if mistyped else len(bare.removesuffix(END))
        place = bare.find(END, 0, until)
        if place >= 0:
            sentence = f"Dấu “{END}” chỉ đứng một lần, ở cuối cùng của văn bản. Hãy bỏ dấu ở đây."
            yield at(block, place, place + len(END), sentence, ".")


def recipients_missing(sheet: Sheet) -> Iterator[Hit]:
    if not any(block.text.strip() for block in sheet.of_kind("recipient")):
        yield Hit("Chưa có nơi nhận nào. Hãy ghi các cơ quan, cá nhân nhận văn bản.", "Nơi nhận")


def filing_missing(sheet: Sheet) -> Iterator[Hit]:
    [filing] = sheet.of_kind("filing")
    if not filing.text.strip():
        yield Hit("Chưa có dòng Lưu. Hãy ghi, ví dụ: VT, KGVX.", "Nơi nhận", filing.id)


def signer_missing(sheet: Sheet) -> Iterator[Hit]:
    if sheet.signature["position"] is None:
        yield on(sheet.signature_block, "Chưa chọn chức vụ của người ký. Hãy chọn người ký.")


def text_unfit(sheet: Sheet) -> Iterator[Hit]:
    """The page cannot take these characters and sizes; the title's 500 letters are among them."""
    for fault in faults_of_text(sheet.doc):
        sentence = fault.sentence[:1].upper() + fault.sentence[1:]
        yield Hit(sentence, fault.where, fault.block_id)


def title_end(sheet: Sheet) -> Iterator[Hit]:
    [title] = sheet.of_kind("title")
    bare = title.text.rstrip()
    if bare.endswith((".", ";", ":", ",")) and not bare.endswith("..."):
        sentence = f"Trích yếu không kết thúc bằng dấu “{bare[-1]}”. Hãy bỏ dấu này."
        yield at(title, len(bare) - 1, len(bare), sentence, "")


def title_case(sheet: Sheet) -> Iterator[Hit]:
    [title] = sheet.of_kind("title")
    if is_shouted(title.text) and len(title.text.split()) >= _SHOUTED:
        yield on(title, "Trích yếu trình bày bằng chữ in thường. Hãy bỏ chữ in hoa toàn bộ.")


def title_vv(sheet: Sheet) -> Iterator[Hit]:
    [title] = sheet.of_kind("title")
    found = _VV.match(title.text)
    if found and sheet.kind != "CÔNG VĂN":
        yield matched(title, found, "“V/v” chỉ dùng cho công văn. Hãy bỏ ở đầu trích yếu.", "")


def title_kind(sheet: Sheet) -> Iterator[Hit]:
    [title] = sheet.of_kind("title")
    found = re.match(rf"{re.escape(sheet.kind)}{SPACE}+", title.text, re.IGNORECASE)
    if found:
        sentence = f"Tên loại “{sheet.kind}” đã in ở dòng trên. Hãy bỏ ở đầu trích yếu."
        yield matched(title, found, sentence, "")


def title_long(sheet: Sheet) -> Iterator[Hit]:
    [title] = sheet.of_kind("title")
    if len(title.text) > _LONG_TITLE:
        sentence = f"Trích yếu dài {len(title.text)} ký tự. Hãy rút thành một câu hoặc cụm từ ngắn."
        yield on(title, sentence)


def basis_end(sheet: Sheet) -> Iterator[Hit]:
    bases = _filled(sheet, "basis")
    for block in bases:
        mark, which = (".", "cuối cùng") if block is bases[-1] else (";", "này")
        bare = block.text.rstrip()
        if not bare.endswith(mark):
            has_mark = bare.endswith((".", ";", ",", ":"))
            start = len(bare) - 1 if has_mark else len(bare)
            sentence = f"Căn cứ {which} phải kết thúc bằng dấu “{mark}”. Hãy sửa dấu cuối dòng."
            yield at(block, start, len(bare), sentence, mark)


def basis_start(sheet: Sheet) -> Iterator[Hit]:
    for block in _filled(sheet, "basis"):
        if not _BASIS.match(block.text):
            sentence = "Dòng căn cứ thường mở đầu bằng “Căn cứ” hoặc “Theo”. Hãy xem lại dòng này."
            yield on(block, sentence)


def _filled(sheet: Sheet, *kinds: str) -> list[Block]:
    return [block for block in sheet.of_kind(*kinds) if block.text.strip()]
