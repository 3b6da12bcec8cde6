"""The finds as people decide them: equal ones together, each with the sentence it stands in."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from workflows.domain.content.blocks import blocks
from workflows.domain.content.rollover.finding import Cut, Kind, Proposal
from workflows.domain.content.rollover.survey import proposals
from workflows.domain.content.rollover.texts import block_texts, sentence_of
from workflows.domain.content.shape import Doc

_MOST_AROUND: Final = 140
_ORDER: Final = {kind: order for order, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Passage:
    """One place of a find: where it is, in words, and what stands before and after it.

    *without* is the sentence once the find is left out: None where it would not read, empty where
    the whole line goes.
    """

    id: str
    place: str
    before: str
    after: str
    without: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Equal finds. *like* is the first of them; *key* is the same for the same question."""

    key: str
    like: Proposal
    passages: tuple[Passage, ...]


def groups_of(doc: Doc, *, from_year: int, to_year: int) -> tuple[Group, ...]:
    """Everything to decide, by kind, then in the order in which it first stands in the text."""
    places = {block.id: block.place for block in blocks(doc)}
    texts = {block.id: block.text for block in block_texts(doc)}
    alike: dict[tuple[object, ...], list[Proposal]] = {}
    for each in proposals(doc, from_year=from_year, to_year=to_year):
        question = (each.kind, each.found, each.proposed, each.advice, each.reason)
        alike.setdefault(question, []).append(each)
    groups = (
        Group(
            _key(question),
            found[0],
            tuple(_passage(each, places[each.block_id], texts[each.block_id]) for each in found),
        )
        for question, found in alike.items()
    )
    return tuple(sorted(groups, key=lambda group: _ORDER[group.like.kind]))


def _key(question: Iterable[object]) -> str:
    return sha256("\n".join(map(str, question)).encode()).hexdigest()[:12]


def _passage(found: Proposal, place: str, text: str) -> Passage:
    first, last = sentence_of(text, found.start, found.end)
    before, after = _shortened(text[first : found.start], text[found.end : last])
    return Passage(found.id, place, before, after, _without(found.cut, text, first, last))


def _without(cut: Cut | None, text: str, first: int, last: int) -> str | None:
    if cut is None:
        return None
    if cut.is_line:
        return ""
    before, after = _shortened(text[first : cut.start], text[cut.end : last])
    return f"{before}{cut.words}{after}"


def _shortened(before: str, after: str) -> tuple[str, str]:
    if len(before) > _MOST_AROUND:
        before = "…" + before[-_MOST_AROUND:].partition(" ")[2]
    if len(after) > _MOST_AROUND:
        after = after[:_MOST_AROUND].rpartition(" ")[0] + "…"
    return before, after
