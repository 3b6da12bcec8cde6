"""Bodies, terms and events of the old text that are no more, from a list with dates and sources."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from workflows.domain.content.rollover.finding import Advice, Find, Kind, Years, spaced

_LIST: Final = "bodies.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the list. *ended* is the first day on which the words no longer fit."""

    pattern: re.Pattern[str]
    kind: Kind
    ended: date
    proposed: str | None
    others: tuple[str, ...]
    advice: Advice
    reason: str
    source: str


@cache
def terms() -> tuple[Term, ...]:
    """The list, in the order in which it is tried: the first entry that fits a passage has it."""
    text = files(__package__).joinpath(_LIST).read_text("utf-8")
    return tuple(_term(row) for row in tomllib.loads(text)["term"])


def find_bodies(text: str, years: Years) -> Iterator[Find]:
    """Every entry that has ended by the end of the new plan's year."""
    for term in terms():
        if term.ended.year <= years.new:
            for found in term.pattern.finditer(text):
                yield _find(term, found)


def _find(term: Term, found: re.Match[str]) -> Find:
    is_shouted = found[0].isupper()

    def cased(words: str) -> str:
        return words.upper() if is_shouted else words

    return Find(
        *found.span(),
        term.kind,
        cased(term.proposed) if term.proposed else None,
        term.reason,
        term.advice,
        term.source,
        tuple(map(cased, term.others)),
    )


def _term(row: dict[str, Any]) -> Term:
    words = "|".join(map(spaced, row["words"])) if "words" in row else row["pattern"]
    after = f"(?!\\W+{spaced(row['unless_followed_by'])})" if "unless_followed_by" in row else ""
    flags = re.NOFLAG if "pattern" in row else re.IGNORECASE
    return Term(
        pattern=re.compile(rf"(?<!\w)(?:{words})(?!\w){after}", flags),
        kind=Kind(row.get("kind", "body")),
        ended=row["ended"],
        proposed=row.get("proposed"),
        others=tuple(row.get("others", ())),
        advice=Advice(row["advice"]),
        reason=row["reason"],
        source=row["source"],
    )
