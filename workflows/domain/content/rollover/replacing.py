"""Carrying out what was decided: words change, faces, blocks and their ids stay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.domain.content.canonical import clean
from workflows.domain.content.rollover.finding import Proposal
from workflows.domain.content.rollover.texts import TEXTBLOCKS
from workflows.domain.content.runs import BREAK, Run, content_of, runs_of
from workflows.domain.content.shape import Doc

# Proposal's id → the words that shall stand there; None or absent: the passage stays.
Decisions = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a drafter made of the finds; *later* are the ids to be looked at again."""

    words: Decisions
    later: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """Every find that something was decided about."""
        return self.later.union(self.words)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a passage that was found stands once the decisions have been carried out."""

    proposal: Proposal
    start: int
    end: int


def apply(doc: Doc, found: Iterable[Proposal], decisions: Decisions) -> Doc:
    """The document with the chosen words in place.

    Ids stay as they are: they need be unique in one plan only, and with the same ids a redline
    of last year's plan against this one pairs the blocks by themselves.
    """
    chosen: dict[str, list[tuple[Proposal, str]]] = defaultdict(list)
    for proposal, words in _chosen(found, decisions):
        chosen[proposal.block_id].append((proposal, words))
    return _node(doc, "", chosen) if chosen else doc


def places_after(found: Iterable[Proposal], decisions: Decisions) -> Iterator[Kept]:
    """Every passage with its place in the new text; *found* in reading order."""
    found = tuple(found)
    chosen = {proposal.id: words for proposal, words in _chosen(found, decisions)}
    moved: dict[str, int] = defaultdict(int)
    for proposal in found:
        start = proposal.start + moved[proposal.block_id]
        length = len(chosen.get(proposal.id, proposal.found))
        moved[proposal.block_id] += length - len(proposal.found)
        yield Kept(proposal, start, start + length)


def _chosen(found: Iterable[Proposal], decisions: Decisions) -> Iterator[tuple[Proposal, str]]:
    for proposal in found:
        words = clean(decisions.get(proposal.id) or "")
        if words and words != proposal.found:
            yield proposal, words


def _node(node: Doc, around: str, chosen: Mapping[str, list[tuple[Proposal, str]]]) -> Doc:
    own = node.get("attrs", {}).get("id") or around
    if node["type"] in TEXTBLOCKS:
        return _rewritten(node, chosen[own]) if own in chosen else node
    if "content" not in node:
        return node
    return {**node, "content": [_node(child, own, chosen) for child in node["content"]]}


def _rewritten(node: Doc, chosen: Iterable[tuple[Proposal, str]]) -> Doc:
    runs = list(runs_of(node))
    # From the end, so that the places before it stay.
    for proposal, words in sorted(chosen, key=lambda each: each[0].start, reverse=True):
        runs = _replaced(runs, proposal, words)
    changed = {**node, "content": _merged(content_of(runs))}
    if node["type"] == "recipient":
        # The code belonged to the old name: issuing would send to a body that is no more.
        changed["attrs"] = {**node["attrs"], "target": None}
    return changed


def _replaced(runs: list[Run], proposal: Proposal, words: str) -> list[Run]:
    """The parts of the passage that stay keep their faces; new words wear that of the first."""
    same = _shared(proposal.found, words)
    rest = _shared(proposal.found[same:][::-1], words[same:][::-1])
    start, end = proposal.start + same, proposal.end - rest
    before, behind = _split(runs, start)
    inside, after = _split(behind, end - start)
    face = next(iter([*inside, *reversed(before), *after]))
    new = Run(words[same : len(words) - rest], face.strong, face.em)
    return [*before, new, *after]


def _shared(one: str, other: str) -> int:
    """How many signs both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _split(runs: list[Run], at: int) -> tuple[list[Run], list[Run]]:
    before: list[Run] = []
    for order, run in enumerate(runs):
        if at < len(run.text):
            cut = [Run(run.text[:at], run.strong, run.em)] if at else []
            rest = Run(run.text[at:], run.strong, run.em)
            return [*before, *cut], [rest, *runs[order + 1 :]]
        before.append(run)
        at -= len(run.text)
    return before, []


def _merged(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    merged: list[dict[str, Any]] = []
    for node in content:
        last = merged[-1] if merged else {"type": BREAK}
        if node["type"] == last["type"] == "text" and node.get("marks") == last.get("marks"):
            merged[-1] = {**last, "text": last["text"] + node["text"]}
        else:
            merged.append(node)
    return merged
