"""Rules on citing other documents: the number's form, the kind, and what a first citation needs."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from workflows.domain.form.citing import Citation
from workflows.domain.form.findings import Hit, at
from workflows.domain.form.kinds import KINDS
from workflows.domain.form.letters import SPACE, UPPER
from workflows.domain.form.sheet import Sheet

_DATE: Final = re.compile(
    rf"[Nn]gày{SPACE}+(?P<day>[0-9]{{1,2}})(?:(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year>[0-9]{{4}})|{SPACE}+tháng{SPACE}+(?P<month2>[0-9]{{1,2}}){SPACE}+năm{SPACE}+"
    rf"(?P<year2>[0-9]{{4}}))"
)
_ISSUER: Final = re.compile(
    rf"(?<!\w)(?:của|do|giữa){SPACE}+(?:(?:liên|các|hai){SPACE}+)?[{UPPER}]"
)
_TITLE: Final = re.compile(
    r"(?<!\w)(?:về|quy định|ban hành|phê duyệt|sửa đổi|bổ sung|hướng dẫn|triển khai|thực hiện"
    r"|tăng cường|đẩy mạnh|tổ chức|công bố|giao|kiện toàn|thành lập|[Vv]/v|công nhận|chấp thuận"
    r"|điều chỉnh|thông qua|bãi bỏ|thay thế|đính chính|cho phép|kết luận|phát động|tuyên truyền"
    r"|thông báo|phát triển|xây dựng|nâng cao|cải cách|cải thiện|chuyển đổi|phòng|bảo đảm|đảm bảo"
    r"|chủ động|một số)(?!\w)|[“\"«]".replace(" ", f"{SPACE}+")
)
_SENTENCE: Final = re.compile(rf"[.!?]{SPACE}+(?=[{UPPER}])")
# “số 12/QĐ-UBND và số 15/QĐ-UBND ngày …”: nothing of its own follows the first.
_LISTED: Final = re.compile(rf"{SPACE}{{0,2}}(?:,|và){SPACE}{{0,2}}(?:số{SPACE})?")
# “Ngày …, Chính phủ ban hành Nghị quyết số …”: who and when may stand before.
_ISSUED: Final = re.compile(
    rf"{SPACE}(?:ban{SPACE}{{1,3}}hành|thông{SPACE}{{1,3}}qua){SPACE}{{1,3}}\Z"
)
_SOMEBODY: Final = re.compile(rf"[{UPPER}][^.;]*\Z")
# “Quy chế … ban hành kèm theo Quyết định số …”, “Đề án … phê duyệt tại Quyết định số …”.
_ENACTED: Final = re.compile(
    rf"(?:kèm{SPACE}+theo|(?:phê{SPACE}+duyệt|ban{SPACE}+hành|quy{SPACE}+định|bổ{SPACE}+sung|giao)"
    rf"{SPACE}+(?:tại|theo)){SPACE}{{1,3}}\Z"
)
_ASKED: Final = re.compile(
    rf"(?:đề{SPACE}+nghị|chỉ{SPACE}+đạo|ý{SPACE}+kiến|yêu{SPACE}+cầu|kết{SPACE}+luận"
    rf"|kiến{SPACE}+nghị|báo{SPACE}+cáo){SPACE}+(?:của{SPACE})?[^.;]{{1,150}}{SPACE}tại{SPACE}{{1,3}}\Z",
    re.IGNORECASE,
)
_LAWS: Final = ("luật", "bộ luật", "pháp lệnh")
_NAMED_LAW: Final = re.compile(
    rf"(?:Luật|luật|Pháp{SPACE}lệnh){SPACE}[{UPPER}][^,;.:()]{{1,60}}{SPACE}số{SPACE}{{0,2}}\Z"
)
_NEAR: Final = 60
# “các Kế hoạch của Ủy ban nhân dân: số 10/KH-UBND …; số 11/KH-UBND …”: one issuer for a list.
_SENTENCE_BACK: Final = 400


def citation_form(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        if cited.written != cited.right:
            sentence = f"Số, ký hiệu “{cited.written}” viết chưa đúng. Hãy ghi “{cited.right}”."
            yield at(cited.block, cited.start, cited.end, sentence, cited.right)


def citation_kind(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        right = KINDS.get(cited.kind)
        word = cited.word.casefold()
        if not right or not word or word in ("văn bản", "giấy", "thư"):
            continue
        if word not in _folded(right) and not _is_named_before(cited):
            sentence = (
                f"“{cited.word}” không hợp với chữ viết tắt “{cited.kind}” "
                f"({' hoặc '.join(right)}). Hãy kiểm tra lại tên loại và số, ký hiệu."
            )
            start = cited.start if cited.word_start is None else cited.word_start
            yield at(cited.block, start, cited.end, sentence)


def _is_named_before(cited: Citation) -> bool:
    """“Quyết định ban hành Kế hoạch số 12/QĐ-UBND”: the number is the decision's."""
    right = _folded(KINDS.get(cited.kind, ()))
    if cited.word_start is None or cited.word.casefold() in right:
        return False
    head = cited.block.text[max(0, cited.word_start - _NEAR) : cited.word_start]
    nearest = re.split(r"[.;,:]", head)[-1].casefold()
    return any(each in nearest for each in right)


def _folded(words: Iterable[str]) -> list[str]:
    return [word.casefold() for word in words]


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
    before = _before(cited)
    # Of a list, what stands before the first holds for all.
    head = before if cited.word_start is None else cited.block.text[cited.word_start : cited.start]
    ahead = _SENTENCE.split(cited.ahead, maxsplit=1)[0]
    own = ahead if _LISTED.fullmatch(cited.tail) else cited.tail
    is_issued = bool(_ISSUED.search(before) and _SOMEBODY.search(before))
    needed = (
        ("tên loại", cited.is_led or not cited.kind),
        ("ngày ban hành", _DATE.search(own) or (is_issued and _DATE.search(before))),
        ("cơ quan ban hành", is_issued or _ISSUER.search(ahead) or _ISSUER.search(head)),
        ("trích yếu", _is_titled(cited, ahead, before)),
    )
    return [name for name, is_there in needed if not is_there]


def _is_titled(cited: Citation, ahead: str, before: str) -> bool:
    """Whether the sentence says what the document is about."""
    is_enacting = _ENACTED.search(before) is not None or _is_named_before(cited)
    return is_enacting or _TITLE.search(ahead) is not None


def _before(cited: Citation) -> str:
    """What the sentence says before the citation."""
    until = cited.start if cited.word_start is None else cited.word_start
    return _SENTENCE.split(cited.block.text[max(0, until - _SENTENCE_BACK) : until])[-1]


def citation_law(sheet: Sheet) -> Iterator[Hit]:
    for cited in _running(sheet):
        if _is_law(cited) and (cited.word_start is not None or _NAMED_LAW.search(_before(cited))):
            sentence = "Luật, Pháp lệnh chỉ ghi tên, không ghi số, ký hiệu. Hãy xem lại."
            yield at(cited.block, cited.start, cited.end, sentence)


def citation_year(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        day = dated(cited)
        if day and cited.year and day.year != cited.year:
            sentence = (
                f"Số, ký hiệu ghi năm {cited.year} nhưng ngày ban hành là năm {day.year}. "
                "Hãy kiểm tra lại."
            )
            yield at(cited.block, cited.start, cited.end, sentence)


def citation_differs(sheet: Sheet) -> Iterator[Hit]:
    """Số và ký hiệu are unique in a year (Điều 15.1): two days of one year cannot both be right."""
    known: dict[tuple[object, ...], date] = {}
    for cited in sheet.citations:
        day = dated(cited)
        if day is None:
            continue
        first = known.setdefault((*cited.key, day.year), day)
        if first != day:
            sentence = (
                f"“{cited.written}” ở trên ghi ngày {first:%d/%m/%Y}, ở đây ghi ngày "
                f"{day:%d/%m/%Y}. Hãy kiểm tra lại."
            )
            yield at(cited.block, cited.start, cited.end, sentence)


def dated(cited: Citation) -> date | None:
    """The day that is written right behind the number and symbol."""
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
    is_letter = cited.kind in ("TTr", "BC", "CV", "TB", "")
    return is_letter and dated(cited) is not None and _ASKED.search(_before(cited)) is not None


def _is_law(cited: Citation) -> bool:
    head = cited.block.text[max(0, cited.start - _NEAR) : cited.start].casefold()
    is_named = cited.word.casefold() in _LAWS or any(word in head for word in _LAWS)
    return is_named and cited.body.startswith(("QH", "UBTVQH"))


def _running(sheet: Sheet) -> Iterator[Citation]:
    running = {block.id for block in sheet.running}
    return (cited for cited in sheet.citations if cited.block.id in running)
