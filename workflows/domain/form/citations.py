"""Rules on citing other documents: the number's form, the kind, and what a first citation needs."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from workflows.domain.form.citing import Citation
from workflows.domain.form.findings import Hit, at
from workflows.domain.form.kinds import KINDS
from workflows.domain.form.letters import SPACE, UPPER
from workflows.domain.form.sheet import Sheet

_DATE: Final = re.compile(
    rf"ngày{SPACE}+(?P<day>[0-9]{{1,2}})(?:(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year>[0-9]{{4}})|{SPACE}+tháng{SPACE}+(?P<month2>[0-9]{{1,2}}){SPACE}+năm{SPACE}+"
    rf"(?P<year2>[0-9]{{4}}))"
)
_ISSUER: Final = re.compile(rf"(?<!\w)của{SPACE}+(?:liên{SPACE}+)?[{UPPER}]")
_TITLE: Final = re.compile(
    r"(?<!\w)(?:về|quy định|ban hành|phê duyệt|sửa đổi|bổ sung|hướng dẫn|triển khai|thực hiện"
    r"|tăng cường|đẩy mạnh|tổ chức|công bố|giao|kiện toàn|thành lập|V/v)(?!\w)|[“\"«]".replace(
        " ", f"{SPACE}+"
    )
)
_SENTENCE: Final = re.compile(rf"[.!?]{SPACE}+(?=[{UPPER}])")
# “số 12/QĐ-UBND và số 15/QĐ-UBND ngày …”: nothing of its own follows the first.
_LISTED: Final = re.compile(rf"{SPACE}{{0,2}}(?:,|và){SPACE}{{0,2}}(?:số{SPACE})?")
_LAWS: Final = ("luật", "bộ luật", "pháp lệnh")
_NEAR: Final = 60


def citation_form(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        if cited.written != cited.right:
            sentence = f"Số, ký hiệu “{cited.written}” viết chưa đúng. Hãy ghi “{cited.right}”."
            yield at(cited.block, cited.start, cited.end, sentence, cited.right)
        elif cited.colon is not None:
            sentence = "Trong lời văn, sau chữ “số” không có dấu hai chấm. Hãy bỏ dấu này."
            yield at(cited.block, cited.colon, cited.colon + 1, sentence, "")


def citation_kind(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        right = KINDS.get(cited.kind)
        word = cited.word.casefold()
        if not right or not word or word in ("văn bản", "giấy", "thư"):
            continue
        if word not in [each.casefold() for each in right]:
            sentence = (
                f"“{cited.word}” không hợp với chữ viết tắt “{cited.kind}” "
                f"({' hoặc '.join(right)}). Hãy kiểm tra lại tên loại và số, ký hiệu."
            )
            start = cited.start if cited.word_start is None else cited.word_start
            yield at(cited.block, start, cited.end, sentence)


def citation_kindless(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        if cited.kind and not cited.is_led and cited.block.kind != "cell":
            word = KINDS[cited.kind][0]
            sentence = f"Trước “{cited.written}” hãy ghi tên loại văn bản, ví dụ: {word} số."
            yield at(cited.block, cited.start, cited.end, sentence)


def citation_incomplete(sheet: Sheet) -> Iterator[Hit]:
    """Only the first citation of a document need be whole; a law is cited by its name."""
    seen: set[tuple[int, int | None, str, str]] = set()
    for cited in _running(sheet):
        if cited.key in seen:
            continue
        seen.add(cited.key)
        if _is_law(cited) or _is_proposal(cited):
            continue
        if missing := _missing(cited):
            sentence = (
                f"Viện dẫn lần đầu “{cited.written}” còn thiếu {', '.join(missing)}. "
                "Hãy ghi đủ; các lần sau chỉ cần tên loại và số, ký hiệu."
            )
            yield at(cited.block, cited.start, cited.end, sentence)


def _missing(cited: Citation) -> list[str]:
    head = cited.block.text[max(0, cited.start - _NEAR) : cited.start]
    if cited.word_start is not None:
        head = cited.block.text[cited.word_start : cited.start]
    ahead = _SENTENCE.split(cited.ahead, maxsplit=1)[0]
    own = ahead if _LISTED.fullmatch(cited.tail) else cited.tail
    needed = (
        ("tên loại", cited.is_led or not cited.kind),
        ("ngày ban hành", _DATE.search(own)),
        ("cơ quan ban hành", _ISSUER.search(ahead) or _ISSUER.search(head)),
        ("trích yếu", _TITLE.search(ahead)),
    )
    return [name for name, is_there in needed if not is_there]


def citation_law(sheet: Sheet) -> Iterator[Hit]:
    for cited in _running(sheet):
        if cited.word_start is not None and _is_law(cited):
            sentence = "Luật, Pháp lệnh chỉ ghi tên, không ghi số, ký hiệu. Hãy xem lại."
            yield at(cited.block, cited.start, cited.end, sentence)


def citation_year(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        dated = _dated(cited)
        if dated and cited.year and dated.year != cited.year:
            sentence = (
                f"Số, ký hiệu ghi năm {cited.year} nhưng ngày ban hành là năm {dated.year}. "
                "Hãy kiểm tra lại."
            )
            yield at(cited.block, cited.start, cited.end, sentence)


def citation_differs(sheet: Sheet) -> Iterator[Hit]:
    """Số và ký hiệu are unique in a year (Điều 15.1): two days of one year cannot both be right."""
    known: dict[tuple[object, ...], date] = {}
    for cited in sheet.citations:
        dated = _dated(cited)
        if dated is None:
            continue
        first = known.setdefault((*cited.key, dated.year), dated)
        if first != dated:
            sentence = (
                f"“{cited.written}” ở trên ghi ngày {first:%d/%m/%Y}, ở đây ghi ngày "
                f"{dated:%d/%m/%Y}. Hãy kiểm tra lại."
            )
            yield at(cited.block, cited.start, cited.end, sentence)


def _dated(cited: Citation) -> date | None:
    found = _DATE.match(cited.tail.lstrip(" \u00a0,("))
    if not found:
        return None
    try:
        return date(
            int(found["year"] or found["year2"]),
            int(found["month"] or found["month2"]),
            int(found["day"]),
        )
    except ValueError:
        return None


def _is_proposal(cited: Citation) -> bool:
    """“Theo đề nghị của Sở Nội vụ tại Tờ trình số …”: who and what stand before the number."""
    head = cited.block.text[max(0, cited.start - 2 * _NEAR) : cited.start].casefold()
    return cited.kind in ("TTr", "BC", "CV") and "đề nghị" in head and _dated(cited) is not None


def _is_law(cited: Citation) -> bool:
    head = cited.block.text[max(0, cited.start - _NEAR) : cited.start].casefold()
    is_named = cited.word.casefold() in _LAWS or any(word in head for word in _LAWS)
    return is_named and cited.body.startswith(("QH", "UBTVQH"))


def _running(sheet: Sheet) -> Iterator[Citation]:
    running = {block.id for block in sheet.running}
    return (cited for cited in sheet.citations if cited.block.id in running)
