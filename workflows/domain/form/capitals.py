"""Rules on capital letters (Phụ lục II): only the cases that leave no doubt."""

import re
from collections.abc import Iterator
from typing import Final

from workflows.domain.content.blocks import Block
from workflows.domain.form.findings import Hit, at, matched
from workflows.domain.form.letters import LETTERS, LOWER, SPACE, UPPER, spaced
from workflows.domain.form.sheet import Sheet

_PEOPLE: Final = re.compile(
    rf"(?<!\w)(?P<before>[{LETTERS}]{{1,10}}{SPACE}+)?nhân{SPACE}+dân(?!\w)(?!{SPACE}+tệ)"
)
# Names of bodies and forces, where the word is no noun of its own.
_IN_NAMES: Final = frozenset(
    (
        *("ban", "đồng", "án", "sát", "an", "đội", "trang", "ninh", "dụng", "báo", "ngoại"),
        *("chủ", "biểu", "ub", "tra", "thẩm", "tranh", "giao", "tổ", "hòa", "hoà"),
    )
)
_STATE: Final = re.compile(
    rf"(?:Đảng(?:,|{SPACE}+và)|pháp{SPACE}+luật{SPACE}+của|chính{SPACE}+sách{SPACE}+của)"
    rf"{SPACE}+(?P<word>nhà{SPACE}+nước)(?!\w)"
)
_LOWER_KIND: Final = re.compile(r"[a-zđ]")
_THIS: Final = re.compile(
    rf"(?<!\w)(?<![Cc]ác{SPACE})(?<![Nn]hững{SPACE})(?<![Mm]ỗi{SPACE})(?<![Hh]ai{SPACE})"
    rf"kế{SPACE}+hoạch{SPACE}+này(?!\w)"
)
_ARTICLE: Final = re.compile(
    rf"(?<=[{LOWER}0-9,;(]{SPACE})(?P<word>điều|mục|chương|tiểu{SPACE}+mục|phần)"
    rf"(?={SPACE}+(?:[0-9]{{1,3}}|[IVX]{{1,5}})(?!\w){SPACE}+"
    rf"(?:của{SPACE}+[{UPPER}]|Luật|Nghị|Thông|Quyết|Điều|Chương|Mục|Kế|Bộ|Quy))"
)
_CLAUSE: Final = re.compile(
    rf"(?<=[{LOWER},;(]{SPACE})(?P<word>Khoản(?={SPACE}+[0-9])|Điểm(?={SPACE}+[a-zđ](?!\w)))"
)
_NAMES: Final = (
    *("Sở Thông tin và Truyền thông", "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Nội vụ"),
    *("Sở Ngoại vụ", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Văn hóa và Thể thao", "Sở Du lịch"),
    *("Sở Công Thương", "Sở Xây dựng", "Sở Giao thông vận tải", "Sở Tư pháp"),
    *("Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Phát triển nông thôn"),
    *("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"),
    *("Sở Lao động - Thương binh và Xã hội", "Sở Quy hoạch - Kiến trúc"),
    *("Ủy ban nhân dân", "Hội đồng nhân dân", "Bộ Thông tin và Truyền thông", "Bộ Tài chính"),
    *(
        "Bộ Chính trị",
        "Bộ Nội vụ",
        "Bộ Y tế",
        "Bộ Công an",
        "Bộ Quốc phòng",
        "Bộ Tư pháp",
        "Bộ Xây dựng",
    ),
    *("Bộ Giáo dục và Đào tạo", "Bộ Khoa học và Công nghệ", "Bộ Kế hoạch và Đầu tư"),
)
_RIGHT: Final = {name.casefold(): name for name in _NAMES}
_BODY: Final = re.compile(
    # “cơ sở y tế” and “cán bộ y tế” are no bodies.
    rf"(?<!\w)(?<!cơ{SPACE})(?<!trụ{SPACE})(?<!cán{SPACE})(?<!công{SPACE})(?<!toàn{SPACE})"
    rf"(?<!nội{SPACE})(?<!hội{SPACE})"
    rf"(?:{'|'.join(spaced(name) for name in sorted(_NAMES, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_PLACE: Final = (
    (re.compile(rf"(?<=[{LETTERS},;(]{SPACE})Thành{SPACE}+phố(?={SPACE}+Hà{SPACE}+Nội)"), "thành"),
    (re.compile(rf"(?<!\w)thành{SPACE}+phố(?={SPACE}+Hồ{SPACE}+Chí{SPACE}+Minh)"), "Thành"),
    (re.compile(rf"(?<!\w)thủ{SPACE}+đô(?={SPACE}+Hà{SPACE}+Nội)"), "Thủ"),
)
_CALENDAR: Final = re.compile(
    rf"(?<!\w)(?:(?P<lead>(?i:ngày|sáng|chiều|tối|vào|từ|đến)){SPACE}+thứ{SPACE}+"
    rf"(?P<day>hai|ba|tư|năm|sáu|bảy)"
    rf"|(?<!mạng{SPACE})tháng{SPACE}+(?P<month>giêng|tư|sáu|bảy|tám|chín|mười))"
    rf"(?={SPACE}+(?:hằng|hàng|tuần|năm|tới|này)(?!\w)|[,.;]|\Z)"
)
_WEEKLY: Final = re.compile(rf"{SPACE}+(?:hằng|hàng|tuần)")
# A typed “a)” is a number; an address or a trade name keeps its small letter.
_LEAD: Final = re.compile(r"\s{0,8}(?:[a-zđ]\)|\S{0,60}[@/]|[a-z][A-Z]|www\.|[a-z]-[a-zA-Z])")
_SENTENCE: Final = re.compile(
    rf"(?P<word>[{LETTERS}0-9]{{1,30}})(?P<mark>[.!?]){SPACE}+(?P<first>[{LOWER}])"
)


def capital_people(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _PEOPLE.finditer(block.text):
            before = (found["before"] or "").strip().casefold()
            if before not in _IN_NAMES:
                start = found.end("before") if found["before"] else found.start()
                sentence = "“Nhân dân” viết hoa chữ cái đầu. Hãy sửa “nhân dân”."
                yield at(block, start, found.end(), sentence, "Nhân dân")


def capital_state(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _STATE.finditer(block.text):
            start, end = found.span("word")
            sentence = "“Nhà nước” viết hoa chữ cái đầu khi là danh từ riêng. Hãy sửa."
            yield at(block, start, end, sentence, "Nhà nước")


def capital_kind(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        start = cited.word_start
        if start is not None and _LOWER_KIND.match(cited.word) and cited.kind:
            right = cited.word[0].upper() + cited.word[1:]
            yield at(cited.block, start, start + 1, _capital(cited.word, right), right[0])
    for block in sheet.prose:
        for found in _THIS.finditer(block.text):
            yield matched(block, found, _capital(found[0], "Kế hoạch này"), "Kế hoạch này")


def _capital(written: str, right: str) -> str:
    return f"Nói đến một văn bản cụ thể thì viết hoa: “{right}”, không viết “{written}”."


def capital_article(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _ARTICLE.finditer(block.text):
            right = found[0][0].upper() + found[0][1:]
            sentence = f"Viện dẫn phần, chương, mục, điều thì viết hoa: “{right}”."
            yield matched(block, found, sentence, right)
        for found in _CLAUSE.finditer(block.text):
            right = found[0].lower()
            sentence = f"Viện dẫn khoản, điểm thì không viết hoa: “{right}”."
            yield matched(block, found, sentence, right)


def capital_body(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _BODY.finditer(block.text):
            if found[0].isupper() or (found[0][0] == "b" and found[0][:2] == "bộ"):
                continue
            right = _RIGHT[" ".join(found[0].casefold().split())]
            if " ".join(found[0].split()) != right:
                sentence = f"Tên cơ quan viết là “{right}”, không viết “{found[0]}”."
                yield matched(block, found, sentence, right)


def capital_place(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for pattern, first in _PLACE:
            for found in pattern.finditer(block.text):
                right = first + found[0][len(first) :]
                rest = block.text[found.end() : found.end() + 20].strip().split(",")[0]
                name = "Hồ Chí Minh" if rest.startswith("Hồ") else "Hà Nội"
                sentence = f"Tên đơn vị hành chính viết là “{right} {name}”. Hãy sửa."
                yield matched(block, found, sentence, right)


def capital_calendar(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        for found in _CALENDAR.finditer(block.text):
            # “Ngày thứ hai, …” is the second of some days.
            if (found["lead"] or "").casefold() == "ngày" and not _WEEKLY.match(
                block.text, found.end()
            ):
                continue
            name = "day" if found["day"] else "month"
            right = found[name].capitalize()
            start, end = found.span(name)
            word = "thứ" if found["day"] else "tháng"
            sentence = f"Tên ngày trong tuần, tháng viết bằng chữ thì viết hoa: “{word} {right}”."
            yield at(block, start, end, sentence, right)


def capital_sentence(sheet: Sheet) -> Iterator[Hit]:
    for block in sheet.prose:
        yield from _after_stop(block)
        first = block.text.lstrip()[:1]
        # Items of a list may go on with the sentence above them.
        is_paragraph = block.level == "para" or block.kind in ("opening", "closing", "title")
        is_typed = _LEAD.match(block.text)
        if block.kind != "cell" and is_paragraph and first in LOWER and first and not is_typed:
            start = len(block.text) - len(block.text.lstrip())
            sentence = "Đầu đoạn phải viết hoa. Hãy sửa, hoặc nối đoạn này vào đoạn trên."
            yield at(block, start, start + 1, sentence, first.upper())


def _after_stop(block: Block) -> Iterator[Hit]:
    for found in _SENTENCE.finditer(block.text):
        word = found["word"]
        if found["mark"] == "." and _is_short(word, found):
            continue
        first = found["first"]
        if _LEAD.match(block.text, found.start("first")):
            continue
        sentence = f"Sau dấu “{found['mark']}” phải viết hoa. Hãy sửa “{first}”."
        yield at(block, *found.span("first"), sentence, first.upper())


def _is_short(word: str, found: re.Match[str]) -> bool:
    """TP., v.v., 1. and initials are no ends of sentences."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    is_number = word.isdigit() and len(word) < 3
    return len(word) == 1 or is_number or word[-1] in UPPER or before in (".", "/")
