"""Years and dates in last year's text, and what they become."""

from datetime import date
from typing import Any

import pytest

from tests.domain.content.findings import finds, row
from workflows.domain.content.rollover.dates import is_day_off

_SPAN = ("2021 đến hết năm 2025", "2026 đến hết năm 2030")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phát triển năm 2022.", [("year", "năm 2022", "năm 2027", "replace")]),
        ("NĂM 2022", [("year", "NĂM 2022", "NĂM 2027", "replace")]),
        ("đầu năm\u00a02022", [("year", "năm\u00a02022", "năm\u00a02027", "replace")]),
        ("so với năm 2021", [("year", "năm 2021", "năm 2026", "keep")]),
        ("sang năm 2023", [("year", "năm 2023", "năm 2028", "keep")]),
        ("tầm nhìn đến năm 2045", [("year", "năm 2045", None, "keep")]),
        ("giai đoạn 2021-2025", [("year", "2021-2025", "2026-2030", "later")]),
        ("giai đoạn 2021 - 2030", [("year", "2021 - 2030", None, "keep")]),
        ("giai đoạn 2016–2020", [("year", "2016–2020", "2026–2030", "later")]),
        ("nhiệm kỳ 2020-2025", [("year", "2020-2025", "2025-2030", "later")]),
        ("năm học 2022-2023", [("year", "2022-2023", "2027-2028", "later")]),
        ("năm 2022-2023", [("year", "2022-2023", "2027-2028", "later")]),
        ("vụ 2022/2023", [("year", "2022/2023", "2027/2028", "later")]),
        ("từ năm 2021 đến hết năm 2025", [("year", *_SPAN, "later")]),
        ("từ năm 2021 đến năm 2030", [("year", "2021 đến năm 2030", None, "keep")]),
        ("đến năm 2025", [("year", "năm 2025", None, "later")]),
        ("đến năm 2023", [("year", "năm 2023", None, "later")]),
        (
            "các năm 2021, 2022 và 2023",
            [
                ("year", "năm 2021", "năm 2026", "keep"),
                ("year", "2022", "2027", "replace"),
                ("year", "2023", "2028", "keep"),
            ],
        ),
        ("Kế hoạch 2022 của Sở", [("year", "2022", "2027", "later")]),
        ("2.022 hộ, 12022 hộ, 2022,5 ha", []),
        ("hai mươi hai", []),
    ],
)
def test_years(text: str, expected: list[Any]) -> None:
    assert [row(each) for each in finds(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 15/01/2022", [("date", "ngày 15/01/2022", "ngày 15/01/2027", "replace")]),
        ("từ 05-12-2021", [("date", "05-12-2021", "05-12-2026", "keep")]),
        ("ngày 5 tháng 3 năm 2022", [*[("date", "ngày 5 tháng 3 năm 2022")]]),
        ("báo cáo trước 31/01/2023", [("date", "31/01/2023", "31/01/2028", "replace")]),
        ("kỷ niệm ngày 10/10/1954", [("date", "ngày 10/10/1954", None, "keep")]),
        ("quý IV/2022", [("date", "quý IV/2022", "quý IV/2027", "replace")]),
        ("Quý 3 năm 2022", [("date", "Quý 3 năm 2022", "Quý 3 năm 2027", "replace")]),
        ("QUÝ I, II/2022", [("date", "QUÝ I, II/2022", "QUÝ I, II/2027", "replace")]),
        ("quý 4-2022", [("date", "quý 4-2022", "quý 4-2027", "replace")]),
        ("Quý III và IV năm 2022", [*[("date", "Quý III và IV năm 2022")]]),
        ("T3/2022", [("date", "T3/2022", "T3/2027", "replace")]),
        ("tháng 3-2022", [("date", "tháng 3-2022", "tháng 3-2027", "replace")]),
        ("trước 31/12/2025", [("date", "31/12/2025", None, "later")]),
        ("tháng 6/2022", [("date", "tháng 6/2022", "tháng 6/2027", "replace")]),
        ("tháng 12 năm 2021", [("date", "tháng 12 năm 2021", "tháng 12 năm 2026", "keep")]),
        ("ngày 32/13/2022, ngày 31 tháng 2", []),
    ],
)
def test_dates(text: str, expected: list[tuple[Any, ...]]) -> None:
    found = [row(each) for each in finds(text)]
    assert [each[: len(wanted)] for each, wanted in zip(found, expected, strict=True)] == expected


def test_a_day_that_the_new_year_lacks_becomes_the_day_before() -> None:
    [found] = finds("ngày 29/02/2024", old=2024, new=2027)
    assert (found.proposed, found.is_doubtful) == ("ngày 28/02/2027", True)
    assert "không có ngày 29/02" in found.reason


def test_a_moved_date_says_its_weekday_and_warns_of_a_day_off() -> None:
    [weekend] = finds("ngày 15/01/2022", new=2028)
    assert "Ngày 15/01/2028 là thứ Bảy, ngày nghỉ." in weekend.reason
    assert weekend.is_doubtful
    [working] = finds("ngày 15/01/2022", new=2027)
    assert "thứ Sáu" in working.reason
    assert not working.is_doubtful
    # A year whose days off are not announced yet: the fixed ones are known all the same.
    assert "chưa có" in working.reason
    [holiday] = finds("ngày 30/4/2022", new=2027)
    assert "ngày nghỉ lễ" in holiday.reason
    assert "chưa có" not in finds("ngày 15/01/2022", new=2025)[0].reason


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2026, 11, 24), True),
        (date(2025, 11, 24), False),
        (date(2026, 8, 22), False),  # A Saturday worked in exchange.
        (date(2027, 11, 24), True),
        (date(2031, 9, 2), True),
        (date(2031, 9, 3), False),
    ],
)
def test_days_off(day: date, is_off: bool) -> None:
    assert is_day_off(day) is is_off


def test_a_deadline_without_a_year_moves_to_the_working_day_before() -> None:
    [found] = finds("gửi báo cáo trước ngày 20 tháng 12 hằng năm", new=2026)
    assert row(found) == ("date", "ngày 20 tháng 12", "ngày 18 tháng 12", "later")
    [calm] = finds("gửi báo cáo trước ngày 20 tháng 12 hằng năm", new=2027)
    assert row(calm) == ("date", "ngày 20 tháng 12", None, "keep")
    assert "thứ Hai" in calm.reason
    [feast] = finds("mít tinh kỷ niệm ngày 2/9", new=2027)
    assert row(feast) == ("date", "ngày 2/9", None, "keep")
