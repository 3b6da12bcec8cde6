"""The one table of the outcome, in words and numbers as Vietnamese readers write them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.sampling import Times

HEADINGS = ("Phép đo", "Lần", "Vế đo (ms)", "Vế so (ms)", "Tỷ lệ", "Mục tiêu", "Kết luận")


@dataclass(frozen=True)
class Row:
    """One comparison; *target* is the highest ratio that will do, if there is one."""

    name: str
    ours: Times
    other: Times | None
    target: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours.median / self.other.median if self.other else None

    @property
    def verdict(self) -> str:
        if self.ratio is None or self.target is None:
            return "–"
        return "đạt" if self.ratio <= self.target else "không đạt"


def drawn(rows: Sequence[Row]) -> str:
    """The table, its columns aligned; behind each median stand the quartiles."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 6) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        str(len(row.ours.seconds)),
        _times(row.ours),
        _times(row.other) if row.other else "–",
        _number(row.ratio, 2),
        f"≤ {_number(row.target, 1)}" if row.target is not None else "–",
        row.verdict,
    )


def _times(times: Times) -> str:
    first, third = times.quartiles
    median, low, high = (_number(value * 1000, 1) for value in (times.median, first, third))
    return f"{median} [{low}; {high}]"


def _number(value: float | None, places: int) -> str:
    """With a decimal comma and, in thousands, dots."""
    if value is None:
        return "–"
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
