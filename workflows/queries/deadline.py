"""What a due date means on a given day: how many working days are left, and how urgent that is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from workflows.domain.calendar import vietnam

Tone = Literal["late", "soon", "calm"]


@dataclass(frozen=True)
class Deadline:
    """A due date as it stands today; *days* counts working days, left or past."""

    due_on: date
    days: int
    tone: Tone


def deadline(due_on: date | None, today: date) -> Deadline | None:
    """Measure *due_on* in working days; a day missed over a weekend is late by none yet."""
    if due_on is None:
        return None
    days = abs(vietnam().between(today, due_on))
    if due_on < today:
        return Deadline(due_on, days, "late")
    return Deadline(due_on, days, "soon" if days <= 1 else "calm")
