"""Sentences of ordinary plans: a reader of the decree finds nothing wrong in them, nor do we."""

import pytest

from tests.domain.content.documents import clause, node, plan
from workflows.domain.form.checking import check, missing_for_submission
from workflows.domain.form.examples import example_doc

# Abbreviations are only ever a note, and every office has its own.
SILENT = ("abbreviation",)

CITATIONS = [
    "Thực hiện Thông báo kết luận số 45-TB/TU ngày 10/10/2021 của Thành ủy về tuyên truyền.",
    "Thực hiện các Kế hoạch của UBND Thành phố: số 10/KH-UBND ngày 10/01/2022 về chuyển đổi số; "
    "số 11/KH-UBND ngày 11/01/2022 về cải cách hành chính.",
    "Nghị quyết liên tịch số 01/NQLT-UBND-MTTQ ngày 01/3/2022 giữa UBND và MTTQ về phối hợp.",
    "Quyết định phê duyệt Kế hoạch số 1252/QĐ-UBND ngày 15/3/2022 của UBND Thành phố.",
    "Thực hiện Kế hoạch số 239/KH-UBND ngày 27/10/2020 của UBND Thành phố phát triển kinh tế số.",
    "Ngày 05/01/2022, UBND Thành phố ban hành Kế hoạch số 05/KH-UBND về cải cách hành chính.",
    "Chính phủ đã ban hành Nghị quyết số 128/NQ-CP ngày 11/10/2021 quy định tạm thời.",
    "Thành ủy ban hành Chương trình số 06-CTr/TU ngày 17/3/2021 về phát triển văn hóa.",
    "Thực hiện chỉ đạo của UBND Thành phố tại Công văn số 45/UBND-NC ngày 10/01/2022.",
    "Theo ý kiến của Chủ tịch UBND Thành phố tại Văn bản số 12/UBND-KGVX ngày 10/01/2022.",
    "Bám sát Quy chế phát ngôn ban hành kèm theo Quyết định số 10/2019/QĐ-UBND ngày 25/6/2019 "
    "của UBND Thành phố.",
    "Thực hiện Quyết định số 06/QĐ-TTg (ngày 06/01/2022) của Thủ tướng Chính phủ về Đề án 06.",
    "Kế hoạch liên tịch số 05/KH-STTTT-CATP ngày 01/3/2022 của Sở Thông tin và Truyền thông và "
    "Công an Thành phố về phối hợp.",
    "Các nội dung của Đề án (Đề án 06), SEA Games (lần thứ 31); gồm: a) hội nghị; b) tọa đàm (02).",
]
ANNEXES = [
    "Nhiệm vụ theo Phụ lục kèm theo Kế hoạch số 10/KH-UBND ngày 10/01/2022 của UBND về số hóa.",
    "Theo phụ lục kèm theo văn bản số 10/UBND-TH ngày 10/01/2022 của UBND Thành phố về báo cáo.",
    "Danh mục tại Phụ lục kèm theo của Nghị định này, phụ lục đính kèm của Bộ Nội vụ.",
    "Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư và các phụ "
    "lục kèm theo.",
    "Báo cáo theo Phụ lục 2 Thông tư số 02/2021/TT-BNV ngày 11/6/2021 của Bộ Nội vụ quy định mã.",
]
CAPITALS = [
    "Ban Thanh tra nhân dân, Hội thẩm nhân dân, chiến tranh nhân dân, ngoại giao nhân dân.",
    "Nghệ sĩ Nhân dân, Báo Nhân Dân; tổ nhân dân tự quản; UB nhân dân; 1.000 nhân dân tệ.",
    "Các kế hoạch này được gửi về Sở Nội vụ. Những kế hoạch này phải cụ thể.",
    "Tại hội sở tài chính, các cơ\u00a0sở y tế.",
    "Ngày thứ hai, hội nghị thảo luận tại tổ; ngày thứ ba tổng kết.",
    "Phần mềm của Thành phố. e-Office được dùng chung.",
    "hanoi.gov.vn/tin-tuc là trang tin của Thành phố.",
]


@pytest.mark.parametrize("text", [*CITATIONS, *ANNEXES, *CAPITALS])
def test_an_ordinary_sentence_is_let_alone(text):
    found = check(plan(clause("clause0001", text)), None, {})
    mine = [f for f in found if f.block_id == "clause0001" and f.rule not in SILENT]
    assert [(f.rule, f.sentence) for f in mine] == []


@pytest.mark.parametrize(
    "where",
    [
        *("theo Phụ lục I, II kèm theo", "tại Phụ lục I và Phụ lục II", "tại Phụ lục I - II"),
        *("theo các phụ lục", "theo Phụ lục số I và số II", "theo 02 Phụ lục", "Phụ lục I đến II"),
        *("chi tiết tại Phụ lục kèm theo", "Phụ lục I, chương trình tại Phụ lục II"),
        "Phụ lục I kèm theo Kế hoạch này, Phụ lục II của Kế hoạch này",
    ],
)
def test_two_annexes_may_be_named_in_many_ways(where):
    doc = example_doc(f"closing: Nhiệm vụ {where}./.\nannex: NHIỆM VỤ\nannex: KINH PHÍ")
    assert [f.sentence for f in check(doc, None, {})] == []


def test_an_annex_of_another_document_names_none_of_ours():
    doc = example_doc("closing: Theo Phụ lục I của Nghị định./.\nannex: NHIỆM VỤ")
    assert [f.rule for f in check(doc, None, {})] == ["annex-unnamed"]


def test_a_number_with_a_zero_names_its_annex_and_is_to_be_roman():
    doc = example_doc("closing: Phụ lục 01, Phụ lục 02./.\nannex: NHIỆM VỤ\nannex: KINH PHÍ")
    assert [f.rule for f in check(doc, None, {})] == ["annex-arabic", "annex-arabic"]


def test_a_typed_letter_of_a_list_is_told_once():
    found = check(plan(clause("clause0001", "a) tổ chức hội nghị.")), None, {})
    assert [f.rule for f in found if f.block_id == "clause0001"] == ["number-typed"]


def test_the_content_may_end_without_a_closing_paragraph():
    doc = plan(clause("clause0001", "Gửi báo cáo về Sở Nội vụ./."), closing=None)
    assert [f.rule for f in check(doc, None, {}) if f.rule.startswith("closing")] == []
    assert missing_for_submission(doc) == []


def test_a_plan_may_begin_without_a_preamble():
    doc = plan(clause("clause0001", "Tổ chức."), opening=node("opening", id="opening001"))
    assert "preamble-missing" in [f.rule for f in check(doc, None, {})]
    assert missing_for_submission(doc) == []


@pytest.mark.parametrize("text", ["Luật Thủ đô số 39/2024/QH15.", "Luật số 104/2016/QH13."])
def test_a_law_with_its_number_is_told(text):
    found = check(plan(clause("clause0001", f"Thực hiện {text}")), None, {})
    assert "citation-law" in [f.rule for f in found]
