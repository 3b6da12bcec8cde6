"""Bodies, terms and events of the old text that are no more, from a list with dates and sources."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from workflows.domain.content.rollover.finding import SPACE, Advice, Find, Kind, Years

_LIST: Final = "bodies.toml"
_SHORTENED: Final = re.compile(r"(?:Sở|Bộ) (.+)")
# What makes a bare name behind it that of a body: “các Sở: Tài chính, …”, “các bộ Y tế và …”.
_HEAD: Final = re.compile(
    rf"(?<!\w)các{SPACE}+(?:sở|bộ){SPACE}*:?(?:{SPACE}+[^.;\n]*(?:,|{SPACE}và|&))?{SPACE}*\Z", re.I
)


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
    # The names without “Sở” or “Bộ”, as they stand in “các Sở: Tài chính, …”.
    listed: re.Pattern[str] | None = None


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
            if term.listed:
                for found in term.listed.finditer(text):
                    if _HEAD.search(text[: found.start()]):
                        yield _listed(term, found)


def _find(term: Term, found: re.Match[str]) -> Find:
    # “STTTT” is short, not loud.
    is_shouted = found[0].isupper() and any(each.isspace() for each in found[0])

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


def _listed(term: Term, found: re.Match[str]) -> Find:
    """The successor may stand in the same list already: somebody has to look."""
    whole = _find(term, found)
    proposed = _SHORTENED.fullmatch(whole.proposed or "")
    return replace(
        whole,
        proposed=proposed[1] if proposed else None,
        advice=Advice.LATER,
        others=tuple(short[1] for other in whole.others if (short := _SHORTENED.fullmatch(other))),
        reason=f"{term.reason} Nếu cơ quan mới đã có trong câu thì bỏ chỗ này.",
    )


def _term(row: dict[str, Any]) -> Term:
    words = "|".join(map(_written, row["words"])) if "words" in row else row["pattern"]
    before = "".join(
        f"(?<!{other} )" for each in row.get("unless_after", ()) for other in _spelt(each)
    )
    after = "".join(
        f"(?!\\W+{_written(each)}(?!\\w))" for each in row.get("unless_followed_by", ())
    )
    flags = re.NOFLAG if "pattern" in row else re.IGNORECASE
    return Term(
        pattern=re.compile(rf"(?<!\w){before}(?:{words})(?!\w){after}", flags),
        kind=Kind(row.get("kind", "body")),
        ended=row["ended"],
        proposed=row.get("proposed"),
        others=tuple(row.get("others", ())),
        advice=Advice(row["advice"]),
        reason=row["reason"],
        source=row["source"],
        listed=_names(row.get("words", ())),
    )


def _names(words: Iterable[str]) -> re.Pattern[str] | None:
    short = [found[1] for each in words if (found := _SHORTENED.fullmatch(each))]
    if not short:
        return None
    return re.compile(rf"(?<=[ \u00a0:])(?:{'|'.join(map(_written, short))})(?!\w)")


def _spelt(word: str) -> tuple[str, ...]:
    return (word, word.replace("Ủy", "Uỷ")) if "Ủy" in word else (word,)


def _written(words: str) -> str:
    """A pattern for *words* in the spellings that people use for one name."""
    return f"{SPACE}+".join(_spellings(word) for word in words.split())


def _spellings(word: str) -> str:
    if word in ("và", "-"):
        return "(?:và|&|[-–—])" if word == "và" else "[-–—]"
    pattern = "|".join(map(re.escape, _spelt(word))).replace(r"\-", "[-–—]")
    # “TT&TT” is also “TT & TT”, “TT-TT” and “TT và TT”.
    joined = rf"(?:{SPACE}*&{SPACE}*|[-–]|{SPACE}+và{SPACE}+)"
    return f"(?:{pattern})".replace(r"\&", joined)
