"""When a child that has ended is started again, and when no more."""

import pytest

from portal.engines import child
from portal.engines.child import BEGINNING, MOST_ENDS, WITHIN, Child, Life


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put a clock of ours before the real one."""
    ours = Clock()
    monkeypatch.setattr(child, "time", ours)
    return ours


def lived(clock: Clock) -> Life:
    return Life(Child("web", ("web",)), began=clock.now)


@pytest.mark.parametrize(
    ("after", "status", "goes_on"),
    [
        (BEGINNING / 2, 1, False),
        (BEGINNING / 2, -9, True),
        (BEGINNING / 2, 0, True),
        (BEGINNING, 1, True),
    ],
)
def test_only_a_complaint_at_the_very_start_is_the_end(
    clock: Clock, after: float, status: int, goes_on: bool
) -> None:
    life = lived(clock)
    clock.now += after
    assert life.goes_on_after(status) is goes_on


def test_too_many_ends_within_a_minute_are_the_end(clock: Clock) -> None:
    life = lived(clock)
    assert [life.goes_on_after(-9) for _ in range(MOST_ENDS + 1)] == [*[True] * MOST_ENDS, False]


def test_ends_far_apart_are_forgotten(clock: Clock) -> None:
    life = lived(clock)
    for _ in range(10 * MOST_ENDS):
        clock.now += WITHIN / MOST_ENDS
        assert life.goes_on_after(-9)
