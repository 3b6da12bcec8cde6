"""Rules on the number and symbol of a cited document: which body issues it, and its year."""

from collections.abc import Iterator
from typing import Final

from workflows.domain.form.citations import dated
from workflows.domain.form.citing import Citation
from workflows.domain.form.findings import Hit, at
from workflows.domain.form.kinds import KINDS, PARTY
from workflows.domain.form.sheet import Sheet

# Their symbols have borne the year since 1997; those of administrative documents bear none.
_WITH_YEAR: Final = ("NĐ", "TT", "TTLT")
_SINCE: Final = 1997
_YEARS: Final = range(1945, 2101)
_NO_CIRCULARS: Final = ("UBND", "HĐND", "CP", "TTg")


def citation_colon(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        if cited.written == cited.right and cited.colon is not None:
            sentence = "Trong lời văn, sau chữ “số” không có dấu hai chấm. Hãy bỏ dấu này."
            yield at(cited.block, cited.colon, cited.colon + 1, sentence, "")


def citation_symbol(sheet: Sheet) -> Iterator[Hit]:
    for cited in sheet.citations:
        if fault := _fault(cited):
            sentence, right = fault
            yield at(cited.block, cited.start, cited.end, sentence, right)


def _fault(cited: Citation) -> tuple[str, str | None] | None:
    word = (cited.word or KINDS.get(cited.kind, ("Văn bản",))[0]).capitalize()
    body = cited.body.split("-")[0]
    if cited.kind == "NĐ" and body != "CP":
        return f"Nghị định do Chính phủ ban hành; hãy kiểm tra lại “{cited.written}”.", None
    if cited.kind == "TT" and body in _NO_CIRCULARS:
        sentence = f"{word} do Bộ, cơ quan ngang Bộ ban hành; hãy kiểm tra lại “{cited.written}”."
        return sentence, None
    if cited.year is not None and cited.year not in _YEARS:
        return f"Năm {cited.year} trong “{cited.written}” không hợp lý. Hãy kiểm tra lại.", None
    # The Party's “Thông tri” is abbreviated like a circular.
    if cited.kind in _WITH_YEAR and cited.year is None and body not in PARTY:
        return _yearless(cited, word)
    return None


def _yearless(cited: Citation, word: str) -> tuple[str, str | None] | None:
    day = dated(cited)
    if day is None:
        example = f"{cited.number:02d}/năm/{cited.kind}-{cited.body}"
        return f"Số, ký hiệu của {word.lower()} có năm ban hành: {example}. Hãy bổ sung.", None
    if day.year < _SINCE:
        return None
    right = f"{cited.number:02d}/{day.year}/{cited.kind}-{cited.body}"
    return f"Số, ký hiệu của {word.lower()} có năm ban hành. Hãy ghi “{right}”.", right
