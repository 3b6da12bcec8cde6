"""Numbers and symbols as people write them: the right ones pass, the wrong ones are put right."""

import pytest

from tests.domain.content.documents import clause, plan
from workflows.domain.form.checking import check

TAIL = " ngày 08/12/2021 của Hội đồng nhân dân Thành phố về kế hoạch năm 2022."


def findings(text, *rules):
    found = check(plan(clause("clause0001", text)), None, {})
    return [f for f in found if f.rule in rules and f.block_id == "clause0001"]


def rules_of(text):
    found = check(plan(clause("clause0001", text)), None, {})
    return [f.rule for f in found if f.block_id == "clause0001"]


@pytest.mark.parametrize(
    "cited",
    [
        *(
            "Nghị quyết số 27/NQ-HĐND",
            "Nghị định số 30/2020/NĐ-CP",
            "Quyết định số 16/2021/QĐ-UBND",
        ),
        *("Chương trình hành động số 06-CTr/TU", "Chỉ thị số 07/CT-TTg", "Kết luận số 35-KL/TW"),
        *("Quy định số 08-QĐi/TW", "Quyết định số 407/QĐ-TTg", "Tờ trình số 191/TTr-SXD"),
        *("Công văn số 1407/UBND-NNMT", "Thông tư số 05/2025/TT-BNV", "Văn bản số 12/KH-UBND"),
        *("Thông tư liên tịch số 55/2005/TTLT-BNV-VPCP", "Hướng dẫn số 01-HD/BTGTU"),
        *("Nghị quyết số 351/2017/UBTVQH14", "Kế hoạch của UBND Thành phố số 38/KH-UBND"),
        "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
    ],
)
def test_a_right_citation_passes(cited):
    year = cited.split("/")[1] if cited.count("/") > 1 else "2021"
    year = year if year.isdigit() else "2021"
    assert rules_of(f"Thực hiện {cited} ngày 08/12/{year} của Chính phủ về kế hoạch năm.") == []


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("27 /NQ-HĐND", "27/NQ-HĐND"),
        ("27/ NQ-HĐND", "27/NQ-HĐND"),
        ("27/NQ - HĐND", "27/NQ-HĐND"),
        ("27/NQ–HĐND", "27/NQ-HĐND"),
        ("27-NQ/HĐND", "27/NQ-HĐND"),
        ("27.NQ-HĐND", "27/NQ-HĐND"),
        ("27 NQ-HĐND", "27/NQ-HĐND"),
        ("27/NQ/HĐND", "27/NQ-HĐND"),
        ("27/NQHĐND", "27/NQ-HĐND"),
        ("27/NQ-HDND", "27/NQ-HĐND"),
        ("7/NQ-HĐND", "07/NQ-HĐND"),
        ("2O/NQ-HĐND", "20/NQ-HĐND"),
        ("1l/NQ-HĐND", "11/NQ-HĐND"),
    ],
)
def test_a_wrong_number_is_put_right(written, right):
    text = f"Thực hiện Nghị quyết số {written}{TAIL}"
    [finding] = findings(text, "citation-form")
    assert finding.suggestion == right
    assert text[finding.start : finding.end] == written
    assert rules_of(text) == ["citation-form"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Quyết định số 16/2021/QD-UBND", "16/2021/QĐ-UBND"),
        ("Nghị định số 9/2017/ND-CP", "09/2017/NĐ-CP"),
        ("Chương trình số 06/CTr-TU", "06-CTr/TU"),
        ("Chương trình số 6-CTR/TU", "06-CTr/TU"),
        ("Chỉ thị số 09/CT-TTG", "09/CT-TTg"),
    ],
)
def test_slips_of_kind_and_body_are_put_right(text, suggestion):
    [finding] = findings(f"Thực hiện {text}.", "citation-form")
    assert finding.suggestion == suggestion


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức tại 1/Hà Nội, 24/7, 8/3, ngày 30/4-1/5 và quý I/2022.",
        "Giai đoạn 2021-2025, tháng 5/2022, tỷ lệ 3/4, mức độ 3, 4.",
        "Dịch COVID-19, vòng 2-Bảng A, mẫu 01/BM, tuyến A1/B2.",
        "Địa chỉ 12/KH Ngô Quyền; máy bay A320/VN-A123; QCVN 102:2016/BTTTT.",
        "Chỉ số PCI 2021/63 tỉnh; 100 CT viên; HĐND, UBND các cấp.",
    ],
)
def test_what_is_no_citation_is_let_alone(text):
    found = {f.rule for f in findings(text, *ALL)}
    assert found == set()


ALL = tuple(
    f"citation-{name}"
    for name in ("form", "kind", "kindless", "incomplete", "law", "year", "differs")
)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Nghị quyết số 27/NQ-HĐND.", "ngày ban hành, cơ quan ban hành, trích yếu"),
        ("Nghị quyết số 27/NQ-HĐND ngày 08/12/2021.", "cơ quan ban hành, trích yếu"),
        ("Nghị quyết số 27/NQ-HĐND của Hội đồng nhân dân về kế hoạch.", "ngày ban hành"),
        ("27/NQ-HĐND" + TAIL, "tên loại"),
    ],
)
def test_what_a_first_citation_lacks_is_named(text, missing):
    [finding] = findings(f"Thực hiện {text}", "citation-incomplete")
    assert f"còn thiếu {missing}." in finding.sentence


@pytest.mark.parametrize(
    "text",
    [
        f"Thực hiện Nghị quyết số 27/NQ-HĐND{TAIL} Tổng kết Nghị quyết số 27/NQ-HĐND.",
        f"Các Quyết định số 12/QĐ-UBND và số 15/QĐ-UBND{TAIL}",
        "Quyết định số 12/QĐ-UBND ngày 01/3/2021, số 15/QĐ-UBND ngày 08/12/2021 của Ủy ban "
        "nhân dân về giao việc.",
        "Nghị quyết của Hội đồng nhân dân số 27/NQ-HĐND ngày 08/12/2021 “Về kế hoạch”.",
        "Theo đề nghị của Sở Y tế tại Tờ trình số 158/TTr-SYT ngày 16/5/2022.",
        "Luật Giao dịch điện tử và Pháp lệnh Thủ đô.",
    ],
)
def test_a_whole_or_later_citation_lacks_nothing(text):
    assert findings(text, "citation-incomplete", "citation-kind", "citation-kindless") == []


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("Quyết định số 27/NQ-HĐND", True),
        ("Kế hoạch số 07/CT-TTg", True),
        ("Quyết định số 08-QĐi/TW", True),
        ("Công văn số 12/QĐ-UBND", True),
        ("nghị quyết số 27/NQ-HĐND", False),
        ("Quy định số 37-QĐ/TW", False),
        ("Văn bản số 27/NQ-HĐND", False),
    ],
)
def test_kind_and_abbreviation_agree(text, is_wrong):
    assert bool(findings(f"Thực hiện {text}{TAIL}", "citation-kind")) is is_wrong


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Nghị định số 30/NĐ-CP ngày 05/3/2020", "30/2020/NĐ-CP"),
        ("Thông tư số 5/TT-BNV", None),
        ("Nghị định số 30/2020/NĐ-BNV ngày 05/3/2020", None),
        ("Thông tư số 12/2021/TT-UBND ngày 05/3/2021", None),
        ("Nghị định số 30/2200/NĐ-CP", None),
    ],
)
def test_a_symbol_that_cannot_be_is_told(text, suggestion):
    [finding] = findings(f"Thực hiện {text} của Chính phủ về văn thư.", "citation-symbol")
    assert finding.suggestion == suggestion


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Nghị định số 47/NĐ-CP ngày 05/3/1996",
            "Quyết định số 407/QĐ-TTg",
            "Thông báo số 12/TB-VP",
        ),
        *("Nghị quyết số 05/NQ-UBND", "Chỉ thị số 05-CT/TW", "Thông tri số 03-TT/TU"),
    ],
)
def test_a_symbol_without_a_year_may_be_right(text):
    assert findings(f"Thực hiện {text}.", "citation-symbol") == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("sau ngày 31/4/2022", ["date-impossible"]),
        ("ngày 30 tháng 02 năm 2022", ["date-impossible"]),
        ("ngày 29/02/2024, ngày 29 tháng 02", []),
        ("ngày 29/02/2023", ["date-impossible"]),
        ("ngày 8 tháng 12 năm 2021", ["date-zero"]),
        ("ngày 08 tháng 1 năm 2021", ["date-zero"]),
        ("ngày 08 tháng 3 năm 2021, ngày 08/3/2021, ngày 08/03/2021", []),
        ("tháng 5/2022, tháng 1/2022, quý I/2022, 24/7, 3/4", []),
        ("ngày 08-12-2021", ["date-form"]),
        ("ngày 08/12/21", ["date-form"]),
        ("ngày 2-9, phiên bản 1.2.2020", []),
    ],
)
def test_dates(text, rules):
    assert rules_of(f"Thực hiện {text}.") == rules
