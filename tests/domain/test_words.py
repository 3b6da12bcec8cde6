"""Numbers, dates and signature lines as the decree prints them."""

from datetime import date

import pytest

from workflows.domain.capacity import Capacity, signature_lines
from workflows.domain.numbers import date_text, number_and_symbol, number_text


@pytest.mark.parametrize(("number", "text"), [(1, "01"), (9, "09"), (10, "10"), (5547, "5547")])
def test_a_number_below_ten_gets_a_zero(number: int, text: str) -> None:
    assert number_text(number) == text
    assert number_and_symbol(number, "KH-UBND") == f"{text}/KH-UBND"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 1, 5), "Hà Nội, ngày 05 tháng 01 năm 2020"),
        (date(2022, 2, 28), "Hà Nội, ngày 28 tháng 02 năm 2022"),
        (date(2022, 3, 1), "Hà Nội, ngày 01 tháng 3 năm 2022"),
        (date(2022, 12, 31), "Hà Nội, ngày 31 tháng 12 năm 2022"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_get_a_zero(day: date, text: str) -> None:
    assert date_text("Hà Nội", day) == text


COLLECTIVE = "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("capacity", "title", "head", "collective", "lines"),
    [
        (Capacity.HEAD, "Chủ tịch", None, COLLECTIVE, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (
            Capacity.DEPUTY,
            "Phó Chủ tịch",
            "Chủ tịch",
            COLLECTIVE,
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (Capacity.ACTING, "Giám đốc", "Giám đốc", None, ["Q. GIÁM ĐỐC"]),
        (
            Capacity.BY_ORDER,
            "Chánh Văn phòng",
            "Chủ tịch",
            COLLECTIVE,
            ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
        ),
        (Capacity.HEAD, "Giám đốc", None, None, ["GIÁM ĐỐC"]),
    ],
)
def test_the_block_follows_from_the_position(
    capacity: Capacity, title: str, head: str | None, collective: str | None, lines: list[str]
) -> None:
    assert signature_lines(capacity, title, head, collective) == lines


@pytest.mark.parametrize("capacity", [Capacity.NONE, Capacity.DEPUTY, Capacity.ACTING])
def test_a_position_that_signs_for_nobody_makes_no_block(capacity: Capacity) -> None:
    with pytest.raises(ValueError, match="does not sign"):
        signature_lines(capacity, "Chuyên viên", None, COLLECTIVE)
