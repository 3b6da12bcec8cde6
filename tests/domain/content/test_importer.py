"""The real plan comes in whole, and every place of doubt is told."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import REAL_PLAN, texts
from workflows.domain.content.blocks import blocks
from workflows.domain.content.checks import faults_of_text
from workflows.domain.content.notation import import_text
from workflows.domain.content.schema import parse
from workflows.domain.errors import UnfitText
from workflows.domain.form.checking import missing_for_submission

TEXT = REAL_PLAN.read_text(encoding="utf-8")


def _kinds(doc):
    return [(block.kind, block.text) for block in blocks(doc)]


def _texts(doc, kind):
    return [text for found, text in _kinds(doc) if found == kind]


def _words(text):
    return Counter(re.findall(r"[^\W_]+", text))


def test_every_word_of_the_real_plan_is_in_the_document_or_in_a_doubt():
    reading = import_text(TEXT)
    kept = Counter[str]()
    for block in blocks(reading.doc):
        kept += _words(f"{block.label} {block.text}")
    left_out = Counter[str]()
    for doubt in reading.doubts:
        if "bỏ qua" in doubt.sentence:
            left_out += _words(doubt.excerpt)
    # The words that are the structure itself, and are printed from it.
    structure = _words("KẾ HOẠCH Nơi nhận: Lưu:")
    assert kept + left_out + structure == _words(TEXT)


def test_the_doubtful_places_of_the_real_plan_are_told():
    doubts = import_text(TEXT).doubts
    found = [(doubt.excerpt[:22], doubt.suggestion) for doubt in doubts]
    assert found == [
        ("- HĐND - UBND Thành ph", None),
        ("các giải pháp tháo gỡ ", None),
        ("cáp nước", "cấp nước"),
        ("Công GTĐT", "Cổng GTĐT"),
        ("VT, KGVXHg", "VT, KGVX, Hg"),
        ("4142 - 5", None),
        ("TM. ỦY BAN NHÂN DÂN", None),
        ("KT. CHỦ TỊCH", None),
        ("PHÓ CHỦ TỊCH", None),
    ]
    lines = TEXT.split("\n")
    for doubt in doubts:
        assert doubt.excerpt[:8].strip() in lines[doubt.line - 1]


def test_the_structure_of_the_real_plan_is_found():
    doc = import_text(TEXT).doc
    counts = Counter(block.level if block.kind == "clause" else block.kind for block in blocks(doc))
    assert counts == {
        "title": 1,
        "opening": 1,
        "part": 3,
        "sec": 10,
        "sub": 10,
        "dash": 53,
        "para": 4,
        "closing": 1,
        "recipient": 13,
        "filing": 1,
        "signature": 1,
    }
    assert _texts(doc, "filing") == ["VT, KGVXHg"]
    assert any("Thành ủy - HĐND - UBND Thành phố về các sự kiện" in t for _, t in _kinds(doc))
    assert any("hóa đơn điện tử; các giải pháp tháo gỡ" in t for _, t in _kinds(doc))
    assert faults_of_text(doc) == []
    assert [fault.where for fault in missing_for_submission(doc)] == ["Khối chữ ký"]


def test_emphasis_of_the_real_plan_is_kept():
    runs = [run for block in blocks(import_text(TEXT).doc) for run in block.runs]
    assert [run.text[:24] for run in runs if run.strong] == ["Chương trình số 06-CTr/T"]
    assert len([run for run in runs if run.em]) == 3


def test_a_name_and_the_traces_of_a_pen_are_left_out_and_told():
    doubts = import_text(f"{TEXT}✓\n\n*Ng*\n\nLê Văn Thử Nghiệm\n").doubts
    assert [doubt.excerpt for doubt in doubts[-3:]] == ["✓", "*Ng*", "Lê Văn Thử Nghiệm"]
    assert all("bỏ qua" in doubt.sentence for doubt in doubts[-3:])


def test_the_header_of_the_page_is_left_out_and_told():
    header = (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\n_____\nSố: 05/KH-UBND\nHà Nội, ngày 05 tháng 01\n\n"
    )
    reading = import_text(header + TEXT)
    assert reading.doc == import_text(TEXT).doc
    assert [doubt.line for doubt in reading.doubts[:4]] == [1, 2, 4, 5]


WHOLE = """KẾ HOẠCH
Tuyên truyền năm 2023
trên địa bàn Thành phố

*Căn cứ Luật Báo chí;*
- Căn cứ Nghị quyết số 27/NQ-HĐND
ngày 08/12/2021;
Theo đề nghị của Giám đốc Sở,

Ủy ban nhân dân ban hành Kế hoạch như sau:

**I. MỤC ĐÍCH**
1. Phạm vi
a) Điểm một
12
b) Điểm hai
| STT | Việc |
|---|---|
| 1 | Họp báo |
Trên đây là Kế hoạch.
Yêu cầu các đơn vị thực hiện./.
TM. ỦY BAN
Nơi nhận:
- Bộ TTTT (để báo cáo);
- Các sở,
ban, ngành;
- Lưu: VT.
PHỤ LỤC I
DANH MỤC VIỆC
(Kèm theo Kế hoạch số …)
1. Việc một
PHỤ LỤC II: Biểu mẫu
- Mẫu
"""


def test_every_part_of_a_plan_is_told_from_the_others():
    reading = import_text(WHOLE)
    assert _kinds(reading.doc) == [
        ("title", "Tuyên truyền năm 2023 trên địa bàn Thành phố"),
        ("basis", "Căn cứ Luật Báo chí;"),
        ("basis", "Căn cứ Nghị quyết số 27/NQ-HĐND ngày 08/12/2021;"),
        ("basis", "Theo đề nghị của Giám đốc Sở,"),
        ("opening", "Ủy ban nhân dân ban hành Kế hoạch như sau:"),
        ("clause", "MỤC ĐÍCH"),
        ("clause", "Phạm vi"),
        ("clause", "Điểm một"),
        ("clause", "Điểm hai"),
        ("cell", "STT"),
        ("cell", "Việc"),
        ("cell", "1"),
        ("cell", "Họp báo"),
        ("closing", "Trên đây là Kế hoạch."),
        ("closing", "Yêu cầu các đơn vị thực hiện./."),
        ("recipient", "Bộ TTTT (để báo cáo)"),
        ("recipient", "Các sở, ban, ngành"),
        ("filing", "VT"),
        ("signature", ""),
        ("annex", "DANH MỤC VIỆC"),
        ("clause", "Việc một"),
        ("annex", "Biểu mẫu"),
        ("clause", "Mẫu"),
    ]
    left_out = [doubt.excerpt for doubt in reading.doubts if "bỏ qua" in doubt.sentence]
    assert left_out == ["12", "TM. ỦY BAN", "(Kèm theo Kế hoạch số …)"]


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("", [""], "Không có nội dung"),
        ("Một trích yếu\n\nI. A\n- b./.", ["Một trích yếu"], "Không thấy dòng"),
        ("KẾ HOẠCH Tuyên truyền\nI. A\nTrên đây là hết", ["Tuyên truyền"], "thiếu dấu"),
        ("SỞ\nKẾ HOẠCH VÀ ĐẦU TƯ\nKẾ HOẠCH\nA\n\n1. b", ["A"], "bỏ qua"),
    ],
)
def test_a_text_that_lacks_something_still_comes_in(text, title, words):
    reading = import_text(text)
    assert _texts(reading.doc, "title") == title
    assert any(words in doubt.sentence for doubt in reading.doubts)


def test_bullets_without_a_closing_mark_stay_bullets_where_that_is_the_habit():
    reading = import_text("KẾ HOẠCH\nA\n\n- Một\n- Hai\n- Ba\n- Bốn\n")
    assert _texts(reading.doc, "clause") == ["Một", "Hai", "Ba", "Bốn"]


def test_a_text_over_two_megabytes_is_refused():
    with pytest.raises(UnfitText) as refusal:
        import_text("ế" * 1_000_000)
    assert "byte" in str(refusal.value)


@pytest.mark.parametrize(
    "unit",
    ["*", "\\", " ", "a", "* ", "1.", "- ", "Căn cứ ", "(để ", "Nơi nhận: ", "KT. ", "#", "Công "],
)
def test_no_line_of_600_kilobytes_is_too_much_for_the_importer(unit):
    line = unit * (600_000 // len(unit))
    # A pattern that is not linear would not come to the end of these within a day.
    for text in (line, f"KẾ HOẠCH\n{line}", f"KẾ HOẠCH\nA\n\n1. b./.\nNơi nhận:\n- {line}"):
        try:
            import_text(text)
        except UnfitText:
            continue


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(), st.lists(texts(6), max_size=12).map("\n".join)))
def test_whatever_comes_in_becomes_a_document_or_a_clear_refusal(text):
    try:
        doc = import_text(text).doc
    except UnfitText as refusal:
        doc = None if refusal.faults else text
    assert doc is None or parse(doc).to_json() == doc
