"""A reading as its page shows it: the text, and at each block the numbers of its doubts."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from workflows.domain.content.shape import Doc


@dataclass(frozen=True)
class Doubt:
    """One line of the list. *number* counts from 1; *block_id* is where to look, if anywhere."""

    number: int
    sentence: str
    excerpt: str
    suggestion: str | None
    block_id: str | None


@dataclass(frozen=True)
class Preview:
    """What there is to look through before the text is taken."""

    doc: Doc
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]
    at: dict[str | None, list[Doubt]]


def preview_of(reading: dict[str, Any]) -> Preview:
    """The stored reading, its doubts numbered."""
    doubts = tuple(
        Doubt(number, each["sentence"], each["excerpt"], each["suggestion"], each["block_id"])
        for number, each in enumerate(reading["doubts"], start=1)
    )
    at: dict[str | None, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        at[doubt.block_id].append(doubt)
    return Preview(reading["doc"], doubts, tuple(reading["notes"]), dict(at))
