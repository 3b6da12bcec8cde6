"""Carrying out what was decided: words change, faces, blocks and their ids stay."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    """What a drafter made of the finds: new words, to be looked at again, left out."""

    words: Decisions
    later: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        """Every find that something was decided about."""
        return self.later.union(self.words, self.dropped)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a passage that was found stands once the decisions have been carried out."""

    proposal: Proposal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Edit:
    """*words* for *old*; an *old* that is not named shares nothing with them."""

    start: int
    end: int
    words: str
    old: str = ""
    is_line: bool = False


def apply(
    doc: Doc, found: Iterable[Proposal], decisions: Decisions, dropped: Collection[str] = ()
) -> Doc:
    """The document with the chosen words in place; of *dropped*, each has a cut of its own.

    Ids stay as they are: they need be unique in one plan only, and with the same ids a redline
    of last year's plan against this one pairs the blocks by themselves.
    """
    chosen: dict[str, list[_Edit]] = defaultdict(list)
    for proposal, edit in _edits(found, decisions, dropped):
        chosen[proposal.block_id].append(edit)
    return _node(doc, "", chosen) if chosen else doc


def places_after(
    found: Iterable[Proposal], decisions: Decisions, dropped: Collection[str] = ()
) -> Iterator[Kept]:
    """Every passage that stays with its place in the new text; *found* in reading order."""
    found = tuple(found)
    edits = {proposal.id: edit for proposal, edit in _edits(found, decisions, dropped)}
    moved: dict[str, int] = defaultdict(int)
    for proposal in found:
        start = proposal.start + moved[proposal.block_id]
        length = len(proposal.found)
        edit = edits.get(proposal.id)
        if edit:
            length = len(edit.words)
            moved[proposal.block_id] += length - (edit.end - edit.start)
        if proposal.id not in dropped:
            yield Kept(proposal, start, start + length)


def undroppable(found: Iterable[Proposal], dropped: Collection[str]) -> Iterator[Proposal]:
    """Those whose sentence would not read without them, alone or beside another that goes."""
    last: dict[str, int] = {}
    for proposal in found:
        if proposal.id in dropped:
            if proposal.cut is None or proposal.cut.start < last.get(proposal.block_id, 0):
                yield proposal
            else:
                last[proposal.block_id] = proposal.cut.end


def _edits(
    found: Iterable[Proposal], decisions: Decisions, dropped: Collection[str]
) -> Iterator[tuple[Proposal, _Edit]]:
    for proposal in found:
        words = clean(decisions.get(proposal.id) or "")
        if proposal.id in dropped and proposal.cut:
            cut = proposal.cut
            yield proposal, _Edit(cut.start, cut.end, cut.words, is_line=cut.is_line)
        elif words and words != proposal.found:
            yield proposal, _Edit(proposal.start, proposal.end, words, proposal.found)


def _node(node: Doc, around: str, chosen: Mapping[str, list[_Edit]]) -> Doc:
    own = _id_of(node) or around
    if node["type"] in TEXTBLOCKS:
        return _rewritten(node, chosen[own]) if own in chosen else node
    if "content" not in node:
        return node
    content = [
        _node(child, own, chosen)
        for child in node["content"]
        if not any(edit.is_line for edit in chosen.get(_id_of(child) or "", ()))
    ]
    return {**node, "content": content}


def _id_of(node: Doc) -> str | None:
    identity: str | None = node.get("attrs", {}).get("id")
    return identity


def _rewritten(node: Doc, edits: Iterable[_Edit]) -> Doc:
    runs = list(runs_of(node))
    # From the end, so that the places before it stay.
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        runs = _replaced(runs, edit)
    changed = {**node, "content": _merged(content_of(runs))}
    if not changed["content"]:
        # Several passages were all of it.
        del changed["content"]
    if node["type"] == "recipient":
        # The code belonged to the old name: issuing would send to a body that is no more.
        changed["attrs"] = {**node["attrs"], "target": None}
    return changed


def _replaced(runs: list[Run], edit: _Edit) -> list[Run]:
    """The parts of the passage that stay keep their faces; new words wear that of the first."""
    same = _shared(edit.old, edit.words)
    rest = _shared(edit.old[same:][::-1], edit.words[same:][::-1])
    start, end = edit.start + same, edit.end - rest
    before, behind = _split(runs, start)
    inside, after = _split(behind, end - start)
    # A cut leaves the letter behind it, as a capital: that has the face of the last.
    face = next(iter([*(inside if edit.old else reversed(inside)), *reversed(before), *after]))
    new = Run(edit.words[same : len(edit.words) - rest], face.strong, face.em)
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
