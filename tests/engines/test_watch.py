"""What the watch believes is left when its supervisor falls silent."""

import signal

import pytest

from portal.engines.watch import left_behind


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([], {}),
        (["+ 7 9"], {7: signal.SIGKILL}),
        (["+ 7 9", "+ 8 2"], {7: signal.SIGKILL, 8: signal.SIGINT}),
        # The number of a process that has ended may be anybody's by now.
        (["+ 7 9", "- 7"], {}),
        (["+ 7 9", "- 7", "+ 7 15"], {7: signal.SIGTERM}),
        (["- 7"], {}),
        (["+ 7 9", "done"], {}),
    ],
)
def test_only_what_was_started_and_has_not_ended_is_left(
    told: list[str], left: dict[int, signal.Signals]
) -> None:
    assert left_behind(told) == left
