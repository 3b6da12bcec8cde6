"""Working days: Monday to Friday, less holidays, plus the Saturdays worked in exchange."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Calendar:
    """The exceptions to the working week."""

    off: frozenset[date]
    worked: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether offices are open on *day*."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def add(self, start: date, days: int) -> date:
        """The *days*-th working day after *start*; the count starts the day after."""
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days from the day after *start* to *end*; negative when *end* is past."""
        if end < start:
            return -self.between(end, start)
        span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in span)


@cache
def vietnam() -> Calendar:
    """The calendar that ships with the product."""
    text = files("workflows.definitions").joinpath("calendar.toml").read_text("utf-8")
    years = tomllib.loads(text).values()
    return Calendar(
        off=frozenset(date.fromisoformat(day) for year in years for day in year["off"]),
        worked=frozenset(date.fromisoformat(d) for year in years for d in year.get("worked", ())),
    )
