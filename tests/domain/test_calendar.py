"""Working days in Việt Nam, with the vectors of the published calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.calendar import vietnam

DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2023-01-17", 5, "2023-01-31"),
        ("2022-12-28", 5, "2023-01-05"),
        ("2023-04-26", 5, "2023-05-08"),
        ("2024-04-26", 5, "2024-05-07"),
        ("2026-02-12", 7, "2026-03-02"),
        ("2026-08-20", 5, "2026-08-26"),
    ],
)
def test_published_vectors(start: str, days: int, end: str) -> None:
    assert vietnam().add(date.fromisoformat(start), days) == date.fromisoformat(end)


@given(DAYS, st.integers(1, 30))
def test_a_due_date_is_a_working_day_that_many_working_days_away(start: date, days: int) -> None:
    end = vietnam().add(start, days)

    assert vietnam().is_working(end)
    assert vietnam().between(start, end) == days


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    first, second, third = sorted((a, b, c))

    whole = vietnam().between(first, third)
    assert whole == vietnam().between(first, second) + vietnam().between(second, third)
    assert vietnam().between(third, first) == -whole


@given(DAYS)
def test_no_day_is_both_off_and_worked(day: date) -> None:
    calendar = vietnam()
    assert not calendar.off & calendar.worked
    if day.weekday() >= 5 and day not in calendar.worked:
        assert not calendar.is_working(day)
        assert calendar.add(day - timedelta(days=1), 1) != day
