"""Times two or more ways of doing one thing in turns, so that a busy machine hurts all alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """What one side took, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The first and the third; of a single sample, itself."""
        if len(self.seconds) == 1:
            return self.seconds[0], self.seconds[0]
        first, _, third = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return first, third


def in_turns(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Times]:
    """Run every side once a round; the order turns around each time."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    order = list(sides)
    for _ in range(rounds):
        for name in order:
            taken[name].append(_time(sides[name]))
        order.reverse()
    return {name: Times(tuple(seconds)) for name, seconds in taken.items()}


def _time(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
