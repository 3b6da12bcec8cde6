"""Leaving a passage out: what is left reads as a sentence, or it is refused."""

import pytest

from tests.domain.content.documents import clause, node, plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.rollover.replacing import apply, undroppable
from workflows.domain.content.rollover.survey import proposals
from workflows.domain.content.rollover.texts import block_texts


def left(text: str, *gone: str) -> str | None:
    """*text* without the passages *gone*; None where that is refused."""
    block = clause("aaaaaaaaaa", text)
    doc = sound(plan(block, title=node("title", id="title00001"), opening=None, closing=None))
    found = proposals(doc, from_year=2022, to_year=2027)
    dropped = {each.id for each in found if each.found in gone}
    assert len(dropped) == len(gone)
    if list(undroppable(found, dropped)):
        return None
    after = apply(doc, found, {}, dropped)
    return next(each.text for each in block_texts(after) if each.id == "aaaaaaaaaa")


RESOLUTION = "Nghị quyết số 27/NQ-HĐND"
PROGRAMME = "Chương trình số 06-CTr/TU"


@pytest.mark.parametrize(
    ("text", "gone", "expected"),
    [
        (f"Thực hiện {RESOLUTION}, UBND ban hành", RESOLUTION, "UBND ban hành"),
        (f"Theo {RESOLUTION}, {PROGRAMME}, UBND", RESOLUTION, f"Theo {PROGRAMME}, UBND"),
        (f"Theo {RESOLUTION}, {PROGRAMME}, UBND", PROGRAMME, f"Theo {RESOLUTION}, UBND"),
        (f"Theo {RESOLUTION} và {PROGRAMME}.", RESOLUTION, f"Theo {PROGRAMME}."),
        (f"Theo {RESOLUTION} và {PROGRAMME}.", PROGRAMME, f"Theo {RESOLUTION}."),
        ("hoàn thành theo Kế hoạch số 38/KH-UBND.", "Kế hoạch số 38/KH-UBND", "hoàn thành."),
        ("Năm 2022, nhằm phát triển", "Năm 2022", "Nhằm phát triển"),
        ("sự kiện lớn trong năm 2022, tạo", "năm 2022", "sự kiện lớn, tạo"),
        ("nhiệm vụ năm 2022 của Sở", "năm 2022", "nhiệm vụ của Sở"),
        ("gửi báo cáo trước ngày 30/11/2022", "ngày 30/11/2022", "gửi báo cáo"),
        ("tại 300 phố giai đoạn 2021-2025; các", "2021-2025", "tại 300 phố; các"),
        ("sự kiện (SEA Games 31) và", "SEA Games 31", "sự kiện và"),
        ("chủ đề của năm 2022 “Kỷ cương”; và", "Kỷ cương", "chủ đề của năm 2022; và"),
        (
            "do Sở Y tế, Sở Ngoại vụ và Sở Tài chính lo",
            "Sở Ngoại vụ",
            "do Sở Y tế và Sở Tài chính lo",
        ),
    ],
)
def test_what_is_left_reads(text: str, gone: str, expected: str) -> None:
    assert left(text, gone) == expected


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Năm 2022 là năm bản lề", "Năm 2022"),
        ("năm 2022,", "năm 2022"),
        ("6 tháng đầu năm 2022 tổ chức", "năm 2022"),
        ("các năm 2022, 2023 tổ chức", "năm 2022"),
        ("phục vụ giai đoạn 2021-2025.", "2021-2025"),
        ("Sở Thông tin và Truyền thông chủ trì", "Sở Thông tin và Truyền thông"),
        (f"thực hiện {RESOLUTION}.", RESOLUTION),
        ("để đạt miễn dịch cộng đồng và mở rộng", "miễn dịch cộng đồng"),
    ],
)
def test_what_would_not_read_is_refused(text: str, gone: str) -> None:
    assert left(text, gone) is None


def test_two_that_hold_each_other_do_not_both_go() -> None:
    text = f"Theo {RESOLUTION} và {PROGRAMME}."
    assert left(text, RESOLUTION, PROGRAMME) is None
    assert left(f"Báo cáo năm 2022 ({RESOLUTION})", "năm 2022", RESOLUTION) == "Báo cáo"
