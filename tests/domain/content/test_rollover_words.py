"""Citations, bodies, events, themes and figures in last year's text, and what is said of them."""

import pytest

from tests.domain.content.documents import node, plan
from tests.domain.content.findings import finds, row
from tests.factories import real_plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.rollover.bodies import terms
from workflows.domain.content.rollover.survey import plan_year, proposals
from workflows.domain.content.rollover.texts import sentence_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Thực hiện Nghị quyết số 27/NQ-HĐND ngày 08/12/2021 của Hội đồng nhân dân Thành phố về "
            "kế hoạch phát triển kinh tế - xã hội năm 2022, Ủy ban",
            "Nghị quyết số 27/NQ-HĐND ngày 08/12/2021 của Hội đồng nhân dân Thành phố về kế hoạch "
            "phát triển kinh tế - xã hội năm 2022",
        ),
        (
            "theo Chỉ thị 07/CT-TTg ngày 21 tháng 3 năm 2023 của Thủ tướng Chính phủ.",
            "Chỉ thị 07/CT-TTg ngày 21 tháng 3 năm 2023 của Thủ tướng Chính phủ",
        ),
        ("Chương trình số 06-CTr/TU; ", "Chương trình số 06-CTr/TU"),
        (
            "Nghị định số 09/2017/NĐ-CP của Bộ Thông tin và Truyền thông, đã",
            "Nghị định số 09/2017/NĐ-CP của Bộ Thông tin và Truyền thông",
        ),
        ("Luật Giao dịch điện tử số 20/2023/QH15", "số 20/2023/QH15"),
        ("Luật Báo chí năm 2016 và", "Luật Báo chí năm 2016"),
        (
            'Nghị quyết của Thành ủy về "Phát triển; giai đoạn 2021-2025, đến năm 2030"',
            'Nghị quyết của Thành ủy về "Phát triển; giai đoạn 2021-2025, đến năm 2030"',
        ),
    ],
)
def test_a_citation_is_one_find_with_all_its_years_and_bodies(text: str, found: str) -> None:
    [each] = finds(text, new=2023)
    assert (str(each.kind), each.found) == ("citation", found)
    assert str(each.advice) != "replace"


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2022 của Thủ tướng Chính phủ",
        "Quyết định số 749/QĐ-TTg của Thủ tướng Chính phủ ngày 03 tháng 6 năm 2022",
        "Quyết định số: 749/QĐ-TTg, ký ngày 03/6/2022",
        "Quyết định 749/QĐ-TTg (03/6/2022)",
        "749/QĐ-TTg ngày 03.6.2022",
        "QUYẾT ĐỊNH SỐ 749/QĐ-TTG NGÀY 03 THÁNG 6 NĂM 2022",
        "văn bản số 1234/STTTT-BCXB ngày 15-01-2022",
        "Công văn số 25/SNN&PTNT-KH ngày 20/01/2022",
        "Kế hoạch số 38/KH-UBND năm 2022",
        "Quyết định ngày 03/6/2022 của Thủ tướng Chính phủ",
        "quyết định của Chủ tịch UBND Thành phố ngày 03/6/2022",
        "Kế hoạch của UBND Thành phố ngày 03/6/2022",
        "Luật An ninh mạng ngày 12 tháng 6 năm 2022",
    ],
)
def test_the_day_of_a_document_is_never_moved(text: str) -> None:
    for around in (text, f"- Tiếp tục thực hiện {text}, phấn đấu hoàn thành;"):
        [each] = finds(around)
        assert (str(each.kind), each.found) == ("citation", text)
        assert str(each.advice) != "replace"


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        (
            "Nghị quyết số 27/NQ-HĐND ngày 08/12/2021 về kế hoạch năm 2022",
            "Nghị quyết số …/NQ-HĐND ngày …/…/… về kế hoạch năm 2027",
        ),
        ("Kế hoạch số 38/KH-UBND năm 2022", "Kế hoạch số …/KH-UBND năm 2027"),
        (
            "Báo cáo số 12-BC/TU ngày 05 tháng 01 năm 2022",
            "Báo cáo số …-BC/TU ngày … tháng … năm …",
        ),
        ('Chương trình số 06-CTr/TU về "Phát triển giai đoạn 2021-2025"', None),
    ],
)
def test_a_document_of_one_year_or_of_a_time_that_is_over_waits_for_a_decision(
    text: str, proposed: str | None
) -> None:
    [each] = finds(text)
    assert row(each) == ("citation", text, proposed, "later")


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 749/QĐ-TTg ngày 03/6/2020",
        "Quyết định số 411/QĐ-TTg ngày 31/3/2022 về kinh tế số đến năm 2025, định hướng",
        "Nghị quyết số 09-NQ/TU ngày 21/02/2022 về phát triển đến năm 2030",
        "Luật Điện ảnh năm 2022",
    ],
)
def test_a_document_that_lasts_is_kept(text: str) -> None:
    assert row(finds(text, new=2024)[0])[2:] == (None, "keep")


@pytest.mark.parametrize(
    "text",
    [
        "hoàn thành Kế hoạch số 38/KH-UBND trước ngày 30/11/2022",
        "gửi báo cáo của đơn vị trước ngày 30/11/2022",
        "- Báo cáo ngày 30/11/2022.",
        "theo Quyết định số 749/QĐ-TTg, Sở Tài chính báo cáo ngày 30/11/2022",
    ],
)
def test_a_deadline_beside_a_document_moves(text: str) -> None:
    assert row(finds(text)[-1]) == ("date", "ngày 30/11/2022", "ngày 30/11/2027", "replace")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("theo Chỉ thị 09/CT-TTg, thông qua ngày 30/11/2022", "ngày 30/11/2022"),
        ("Nghị quyết số 01/NQ-CP về những nhiệm vụ, dự toán năm 2022", "năm 2022"),
    ],
)
def test_what_may_belong_to_the_document_before_it_waits_for_a_decision(
    text: str, found: str
) -> None:
    [_, each] = finds(text)
    assert (each.found, str(each.advice), each.is_doubtful) == (found, "later", True)
    assert "văn bản" in each.reason


def test_a_basis_is_a_citation_from_end_to_end() -> None:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015 và năm 2022;"
    block = node("basis", text, id="aaaaaaaaaa")
    doc = sound(plan(block, title=node("title", id="title00001"), opening=None, closing=None))
    [each] = proposals(doc, from_year=2022, to_year=2027)
    assert row(each) == ("citation", text[7:-1], None, "keep")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
        ("SỞ GIAO THÔNG VẬN TẢI", "SỞ XÂY DỰNG"),
        ("UBND các quận, huyện,  thị xã;", "UBND các phường, xã"),
        ("tại các quận, huyện, thị xã", "các phường, xã"),
        ("Ban Tuyên giáo Thành ủy", "Ban Tuyên giáo và Dân vận"),
        ("Bộ Kế hoạch và Đầu tư", "Bộ Tài chính"),
        ("dịch vụ công trực tuyến mức độ 4", "dịch vụ công trực tuyến toàn trình"),
        ("63 tỉnh, thành phố", "34 tỉnh, thành phố"),
        ("địa bàn 12 quận", None),
        ("Ủy ban Dân tộc", "Bộ Dân tộc và Tôn giáo"),
        ("UỶ BAN DÂN TỘC", "BỘ DÂN TỘC VÀ TÔN GIÁO"),
        ("Ban Dân tộc Thành phố", "Sở Dân tộc và Tôn giáo"),
        ("Sở TT&TT", "Sở Khoa học và Công nghệ"),
        ("SỞ TT & TT", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        ("Sở Thông tin & Truyền thông", "Sở Khoa học và Công nghệ"),
        ("STTTT", "Sở Khoa học và Công nghệ"),
        ("Bộ TT-TT", "Bộ Khoa học và Công nghệ"),
        ("Sở Nông nghiệp và PTNT", "Sở Nông nghiệp và Môi trường"),
        ("Bộ LĐ-TB&XH", "Bộ Nội vụ"),
        ("Sở Lao động – Thương binh và Xã hội", "Sở Nội vụ"),
        ("các Sở: Tài chính, Kế hoạch và Đầu tư", "Tài chính"),
        ("các bộ Y tế và TT&TT", "Khoa học và Công nghệ"),
        ("Phòng Văn hóa và Thông tin", None),
        ("huyện Đan Phượng", None),
    ],
)
def test_bodies_and_terms_that_are_no_more(text: str, expected: str | None) -> None:
    [found] = finds(text)
    assert (str(found.kind), found.proposed) == ("body", expected)
    assert found.reason
    assert found.source


@pytest.mark.parametrize(
    "text",
    [
        "Ban Tuyên giáo và Dân vận Thành ủy",
        "Sở Văn hóa và Thể thao; Sở Khoa học và Công nghệ; Sở Tài chính",
        "UBND các phường, xã",
        "Ban Dân tộc của HĐND; Bộ Dân tộc và Tôn giáo; lĩnh vực Thông tin và Truyền thông",
        "dịch vụ công trực tuyến toàn trình",
    ],
)
def test_names_of_today_are_left_alone(text: str) -> None:
    assert finds(text) == []


def test_the_name_of_a_body_in_a_document_of_its_time_stays() -> None:
    [cited] = finds("Thông tư số 12/2022/TT-BTTTT ngày 12/8/2022 của Bộ Thông tin và Truyền thông")
    assert row(cited)[0::3] == ("citation", "keep")
    assert "“Bộ Thông tin và Truyền thông” là tên khi ban hành" in cited.reason


def test_a_body_is_no_more_only_from_its_day_on() -> None:
    assert finds("Sở Thông tin và Truyền thông", new=2024) == []
    assert len(finds("Sở Thông tin và Truyền thông", new=2025)) == 1


def test_every_entry_of_the_list_has_a_reason_a_source_and_a_day() -> None:
    assert len(terms()) > 30
    for term in terms():
        assert term.reason.endswith((".", "!"))
        assert term.source
        assert 2020 < term.ended.year <= 2026
        # What is put in by itself must not be found again next year.
        if term.proposed and str(term.advice) == "replace":
            assert finds(term.proposed) == []


def test_themes_and_figures() -> None:
    found = finds(
        "chủ đề của năm 2022 “Kỷ cương, sáng tạo”; 22 chỉ tiêu; đạt 95,5% và 100%; 300 phố"
    )
    assert [row(each) for each in found] == [
        ("year", "năm 2022", "năm 2027", "replace"),
        ("theme", "Kỷ cương, sáng tạo", None, "later"),
        ("number", "22 chỉ tiêu", None, "later"),
        ("number", "95,5%", None, "later"),
        ("number", "100%", None, "keep"),
    ]
    assert [row(each)[:2] for each in finds("chủ đề năm 2023 của thành phố")] == [
        ("theme", "chủ đề"),
        ("year", "năm 2023"),
    ]


@pytest.mark.parametrize(
    ("text", "found", "proposed"),
    [
        ("kỷ niệm 47 năm Ngày Giải phóng", "kỷ niệm 47 năm", "kỷ niệm 52 năm"),
        ("mừng 132 năm Ngày sinh Chủ tịch", "132 năm", "137 năm"),
        ("Giải báo chí lần thứ V - năm 2022", "lần thứ V", "lần thứ X"),
        ("Liên hoan lần thứ 9, năm 2022", "lần thứ 9", "lần thứ 14"),
        ("Hội thi lần thứ hai năm 2022", "lần thứ hai", "lần thứ bảy"),
        # Not held each year, or nothing says that it is.
        ("Đại hội lần thứ XII năm 2022", "lần thứ XII", None),
        ("Hội nghị lần thứ XII", "lần thứ XII", None),
        ("Kỳ họp thứ 5 năm 2022", "Kỳ họp thứ 5", None),
        ("HĐND Thành phố khóa XVI", "khóa XVI", None),
        (
            "Tháng 10 – ngày Chuyển đổi số năm 2022",
            "ngày Chuyển đổi số năm 2022",
            "ngày Chuyển đổi số năm 2027",
        ),
        ("Lễ hội Áo dài Hà Nội 2022", "Lễ hội Áo dài Hà Nội 2022", "Lễ hội Áo dài Hà Nội 2027"),
    ],
)
def test_what_counts_on_its_own_waits_for_a_decision(
    text: str, found: str, proposed: str | None
) -> None:
    assert row(finds(text)[0]) == ("occasion", found, proposed, "later")


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("hưởng ứng Năm dữ liệu số quốc gia và các việc khác", "Năm dữ liệu số quốc gia"),
        ("Năm dữ liệu số quốc gia", "Năm dữ liệu số quốc gia"),
        ("chủ đề “Năm dữ liệu số”", "Năm dữ liệu số"),
        ("Năm 2022 là năm “Tổ công nghệ số cộng đồng”", "Tổ công nghệ số cộng đồng"),
    ],
)
def test_the_name_of_a_year_is_a_theme(text: str, theme: str) -> None:
    assert ("theme", theme, None, "later") in map(row, finds(text))


def test_an_ordinary_year_is_no_theme() -> None:
    assert finds("Năm nay triển khai 10 nhiệm vụ; trong năm qua. Năm đơn vị đã báo cáo.") == []


def test_a_date_beside_an_event_that_is_over_does_not_move_by_itself() -> None:
    [event, day] = finds("SEA Games 31 diễn ra vào tháng 5/2022 tại Hà Nội.")
    assert (str(event.kind), event.proposed, str(event.advice)) == ("event", None, "later")
    assert (day.proposed, str(day.advice), day.is_doubtful) == ("tháng 5/2027", "later", True)
    [_, apart] = finds("SEA Games 31 tại Hà Nội. Báo cáo trong tháng 5/2022.")
    assert str(apart.advice) == "replace"


def test_the_year_of_a_plan_is_that_of_its_title() -> None:
    assert plan_year(real_plan()) == 2022
    assert plan_year(plan(title=node("title", "Kế hoạch tuyên truyền", id="title00001"))) is None


@pytest.mark.parametrize(
    ("text", "passage", "sentence"),
    [
        ("Một. Hai năm 2022 ba; bốn", "năm 2022", "Hai năm 2022 ba;"),
        ("năm 2022", "năm 2022", "năm 2022"),
        ("TP.HCM ngày 1.2.2022.", "ngày 1.2.2022", "TP.HCM ngày 1.2.2022."),
    ],
)
def test_the_sentence_around_a_passage(text: str, passage: str, sentence: str) -> None:
    start = text.index(passage)
    first, last = sentence_of(text, start, start + len(passage))
    assert text[first:last] == sentence
