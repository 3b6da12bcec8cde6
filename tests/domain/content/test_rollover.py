"""The real plan of 2022 brought to another year: the whole list, and what following it makes."""

from collections import Counter

import pytest

from tests.domain.content.documents import clause, node, plan
from tests.domain.content.findings import row
from tests.factories import real_plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.rollover.grouping import groups_of
from workflows.domain.content.rollover.replacing import apply, places_after
from workflows.domain.content.rollover.survey import proposals
from workflows.domain.content.rollover.texts import block_texts
from workflows.domain.errors import UnfitText

REAL: dict[tuple[str, str, str | None, str], int] = {
    ("year", "năm 2022", "năm 2027", "replace"): 24,
    ("year", "Năm 2022", "Năm 2027", "replace"): 1,
    ("year", "2021-2025", "2026-2030", "later"): 1,
    ("year", "2020-2025", "2025-2030", "later"): 1,
    ("date", "tháng 5/2022", "tháng 5/2027", "later"): 1,
    ("body", "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", "later"): 4,
    ("body", "Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ", "later"): 1,
    ("body", "Ban Tuyên giáo", "Ban Tuyên giáo và Dân vận", "replace"): 4,
    ("body", "UBND các quận, huyện, thị xã", "UBND các phường, xã", "replace"): 4,
    ("body", "các quận, huyện, thị xã", "các phường, xã", "replace"): 1,
    ("body", "Sở Ngoại vụ", "Văn phòng UBND Thành phố", "later"): 1,
    ("body", "12 quận", None, "later"): 1,
    (
        "body",
        "dịch vụ công trực tuyến mức độ 3, mức độ 4",
        "dịch vụ công trực tuyến toàn trình, dịch vụ công trực tuyến một phần",
        "replace",
    ): 1,
    ("event", "SEA Games 31", None, "later"): 1,
    (
        "event",
        "thích ứng an toàn, linh hoạt, kiểm soát hiệu quả dịch COVID-19",
        None,
        "later",
    ): 5,
    ("event", "công tác phòng, chống dịch COVID-19", None, "later"): 2,
    ("event", "phòng, chống dịch COVID-19", None, "later"): 2,
    ("event", "phòng, chống dịch", None, "later"): 1,
    ("event", "tình hình dịch bệnh COVID-19", None, "later"): 2,
    ("event", "tình hình dịch, bệnh COVID-19", None, "later"): 1,
    ("event", "thiệt hại do dịch COVID-19", None, "later"): 1,
    ("event", "tiêm vắc xin phòng COVID-19", None, "later"): 1,
    ("event", "miễn dịch cộng đồng", None, "later"): 1,
    ("event", "dịch COVID-19", None, "later"): 1,
    ("event", "COVID-19", None, "later"): 1,
    (
        "theme",
        "Kỷ cương, trách nhiệm, hành động, sáng tạo, phát triển",
        None,
        "later",
    ): 2,
    ("citation", "Thành ủy Hà Nội khóa XVII", None, "later"): 1,
    ("citation", "Đại hội đại biểu lần thứ XVII", None, "later"): 1,
    ("citation", "Đại hội đại biểu toàn quốc lần thứ XIII", None, "later"): 1,
    (
        "citation",
        "Nghị quyết số 27/NQ-HĐND ngày 08/12/2021 của Hội đồng nhân dân Thành phố về kế hoạch "
        "phát triển kinh tế - xã hội năm 2022",
        "Nghị quyết số …/NQ-HĐND ngày …/…/… của Hội đồng nhân dân Thành phố về kế hoạch "
        "phát triển kinh tế - xã hội năm 2027",
        "later",
    ): 1,
    (
        "citation",
        'Chương trình số 06-CTr/TU của Thành ủy Hà Nội về "Phát triển văn hóa; nâng cao chất lượng '
        'nguồn nhân lực; xây dựng người Hà Nội thanh lịch, văn minh giai đoạn 2021-2025"',
        None,
        "later",
    ): 1,
    (
        "citation",
        'Nghị quyết của Thành ủy về "Phát triển công nghiệp văn hóa trên địa bàn Thủ đô giai đoạn '
        '2021-2025, định hướng đến năm 2030, tầm nhìn đến năm 2045"',
        None,
        "keep",
    ): 1,
}


def test_the_real_plan_of_2022_brought_to_2027() -> None:
    found = proposals(real_plan(), from_year=2022, to_year=2027)
    assert Counter(map(row, found)) == REAL


def test_what_is_advised_leaves_the_old_year_in_citations_only() -> None:
    doc = real_plan()
    found = proposals(doc, from_year=2022, to_year=2027)
    advised = {each.id: each.proposed for each in found if str(each.advice) == "replace"}
    after = apply(doc, found, advised)
    text = "\n".join(block.text for block in block_texts(after))
    assert text.count("2027") == 25
    assert text.count("2022") == 2  # The resolution of 2021 for 2022, and SEA Games' month.
    assert "quận, huyện" not in text
    kept = {each.proposal.id: each for each in places_after(found, advised)}
    texts = {block.id: block.text for block in block_texts(after)}
    for each in found:
        place = kept[each.id]
        assert texts[each.block_id][place.start : place.end] == advised.get(each.id, each.found)


def test_a_year_is_found_wherever_it_stands() -> None:
    cell = node("table_cell", clause("cell000001", "Quý I/2022"), colspan=1, rowspan=1)
    table = node("table", node("table_row", cell), id="table00001")
    annex = node("annex", node("annex_title", "CHỈ TIÊU NĂM 2022"), table, id="annex00001")
    line = node("recipient", "Ban Chỉ đạo năm 2022", id="recipient1", target=None, purpose=None)
    doc = sound(
        plan(
            clause("part000001", "NHIỆM VỤ NĂM 2022", "part"),
            annexes=(annex,),
            recipients=node("recipients", line, filing="VT"),
        )
    )
    groups = groups_of(doc, from_year=2022, to_year=2027)
    places = {passage.place for group in groups for passage in group.passages}
    assert places >= {
        "Mục I",
        "Phụ lục, tiêu đề",
        "Phụ lục, bảng thứ 1, hàng 1, ô 1",
        "Nơi nhận, dòng thứ 1",
    }


def test_a_block_beyond_all_measure_is_refused_before_it_is_searched() -> None:
    doc = real_plan()
    first = next(each for each in doc["content"] if each["type"] == "clause")
    first["content"] = [{"type": "text", "text": "trước ngày 30/11/2022, " * 10_000}]
    with pytest.raises(UnfitText, match="một đoạn dài hơn"):
        proposals(doc, from_year=2022, to_year=2027)
