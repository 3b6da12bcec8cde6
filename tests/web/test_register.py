"""The register on the page and in print."""

import io

import pypdfium2
import pytest

from tests.web.desk import Desk
from workflows.domain.machine import PlanState
from workflows.models.numbering import NumberSeries
from workflows.queries import register
from workflows.queries.register import readable_series, register_page

COLUMNS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)


def test_the_register_has_the_ten_columns_of_the_decree(desk: Desk) -> None:
    desk.office.plan(PlanState.ISSUED)
    page = desk.browser("thu").get("/register").text
    for column in COLUMNS:
        assert f">{column}</th>" in page
    for value in ("01/KH-UBND", "18/11/2026", "Đặng Quốc Ký", "VT, KGVXHg", "Thường trực Thành ủy"):
        assert value in page


def test_the_printed_register_has_every_line_in_order(desk: Desk) -> None:
    for _ in range(2):
        desk.office.plan(PlanState.NUMBERED)
    answer = desk.browser("thanh").get("/register.pdf?year=2026&kind=KH")
    assert answer.mimetype == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    written = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert 0 < written.index("01/KH-UBND") < written.rindex("02/KH-UBND")


@pytest.mark.parametrize(
    ("who", "status"),
    [("thu", 200), ("thanh", 200), ("the", 200), ("ky", 200), ("soan", 403), ("tri", 403)],
)
def test_the_register_is_for_those_who_keep_or_check_it(desk: Desk, who: str, status: int) -> None:
    browser = desk.browser(who)
    assert browser.get("/register").status_code == status
    # There is nothing to print yet, for those who may.
    assert browser.get("/register.pdf").status_code == (404 if status == 200 else status)


@pytest.mark.parametrize("query", ["year=x", "year=1999", "kind=%00", "below=-1", "above=9e9"])
def test_an_odd_address_shows_a_page(desk: Desk, query: str) -> None:
    desk.office.plan(PlanState.NUMBERED)
    assert desk.browser("thu").get(f"/register?{query}").status_code == 200


def test_paging_forth_and_back_shows_every_number_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "PAGE", 2)
    for _ in range(5):
        desk.office.plan(PlanState.NUMBERED)
    (series,) = readable_series(desk.session, actor=desk.office.thu)
    forth, below = [], None
    while True:
        page = register_page(desk.session, series, below=below)
        forth.append([entry.number for entry in page.entries])
        if page.older is None:
            break
        below = page.older
    assert forth == [[5, 4], [3, 2], [1]]
    back = register_page(desk.session, series, above=1)
    assert [entry.number for entry in back.entries] == [3, 2]
    assert (back.newer, back.older) == (3, 2)
    assert register_page(desk.session, series, above=3).newer is None


def test_a_series_of_another_organisation_is_not_shown(desk: Desk) -> None:
    desk.office.plan(PlanState.NUMBERED)
    stranger = desk.office.thu
    elsewhere = [
        type(post)(post.position_id, post.unit_id, 10**6, post.role, post.title, post.unit_name)
        for post in stranger.posts
    ]
    actor = type(stranger)(stranger.id, stranger.name, frozenset(elsewhere))
    assert list(readable_series(desk.session, actor=actor)) == []
    assert desk.session.query(NumberSeries).count() == 1
