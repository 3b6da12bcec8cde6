"""What taking a Word file would make of a draft: shown before, and done just so."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast
from uuid import uuid4

from prosemirror.model import Node
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.changes import Change, TooManyChanges
from workflows.domain.content.doings import Teller
from workflows.domain.content.identity import keep_ids
from workflows.domain.content.merging import Base, merge
from workflows.domain.content.proposals import as_proposed
from workflows.domain.content.rejoining import rejoined
from workflows.domain.content.schema import parse
from workflows.domain.content.shape import Doc
from workflows.domain.machine import PlanAction
from workflows.models.plan import Plan
from workflows.models.word import WordImport
from workflows.queries.change_words import words_of
from workflows.queries.directory import directory_of
from workflows.queries.reading import plan_to_act_on
from workflows.queries.working_text import authors_between, ranges_between, text_at, text_of

# Judged one by one, as proposals are.
MOST_CHANGES = 300


class Way(StrEnum):
    """How a file comes into a draft."""

    # What it changed in the text it was made of; what others wrote since stays.
    MERGED = "merged"
    # In place of the whole draft: as asked for, …
    WHOLE = "whole"
    # … because the file does not say of what it was made, …
    FOREIGN = "foreign"
    # … or because it changes too much to be put together with what others wrote.
    TOO_MUCH = "too_much"


@dataclass(frozen=True)
class Left:
    """What a file changed where the draft has changed too; the draft keeps its own."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Coming:
    """The draft before and after. *writers* wrote in it since the file was made of it."""

    old: Doc
    new: Doc
    text_version: int
    way: Way
    writers: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()


def coming_of(
    session: Session,
    actor: Actor,
    found: WordImport,
    *,
    joins: Collection[str],
    is_whole: bool,
    today: date,
) -> Coming:
    """What the reading of *found*, brought in for a draft, makes of that draft.

    *is_whole* asks for the file's text in place of all that is there. Raises as editing would.
    """
    if found.plan_id is None or found.reading is None:
        raise LookupError("no reading for a draft")
    plan, _ = plan_to_act_on(session, found.plan_id, actor=actor, action=PlanAction.EDIT)
    directory = directory_of(session, plan.organisation_id, on=today)
    arriving = directory.aimed(chosen_text(found.reading, joins))
    base = _base_of(found.reading, plan)
    if base is None:
        return _whole(session, plan, arriving, Way.FOREIGN)
    writers = authors_between(session, plan.id, base.version, plan.text_version)
    if is_whole:
        return _whole(session, plan, arriving, Way.WHOLE, writers)
    try:
        return _merged(session, plan, arriving, base, writers)
    except TooManyChanges:
        return _whole(session, plan, arriving, Way.TOO_MUCH, writers)


def chosen_text(reading: dict[str, Any], joins: Collection[str]) -> Doc:
    """The text with the joins that its doubts offer and the person chose."""
    offered = {each["block_id"] for each in reading["doubts"] if each.get("can_join")}
    return rejoined(reading["doc"], offered.intersection(joins))


def with_kept_ids(old: Doc, new: Doc) -> Doc:
    """*new* under the ids of *old*: by its own ids if it came from there, else by its words."""
    if _ids(old) & _ids(new):
        return new
    return keep_ids(old, new, lambda: uuid4().hex[:12])


def _whole(
    session: Session, plan: Plan, arriving: Doc, way: Way, writers: tuple[str, ...] = ()
) -> Coming:
    text = text_of(session, plan)
    new = as_proposed(
        _signed_by_whom_it_was(with_kept_ids(text.doc, arriving), text.doc), text.node
    )
    return Coming(text.doc, new, text.version, way, writers)


def _signed_by_whom_it_was(new: Doc, old: Doc) -> Doc:
    """A file of another hand chooses no signer: the draft keeps its own."""
    [signing] = (node for node in old["content"] if node["type"] == "signature")
    position = signing["attrs"].get("position")
    content = [
        {**node, "attrs": {**node["attrs"], "position": node["attrs"].get("position") or position}}
        if node["type"] == "signature"
        else node
        for node in new["content"]
    ]
    return {**new, "content": content}


def _merged(
    session: Session, plan: Plan, arriving: Doc, base: Base, writers: tuple[str, ...]
) -> Coming:
    text = text_of(session, plan)
    began = text_at(session, plan.id, base.version)
    copy = parse(as_proposed(with_kept_ids(cast(Doc, began.to_json()), arriving), began))
    later = ranges_between(session, plan.id, base.version, text.version)
    merged = merge(began, copy, later, text.node, most=MOST_CHANGES)
    left = tuple(_left(session, began, merged.left))
    new = cast(Doc, merged.node.to_json())
    return Coming(text.doc, new, text.version, Way.MERGED, writers, left)


def _left(session: Session, began: Node, changes: Sequence[Change]) -> Iterator[Left]:
    teller = Teller(began) if changes else None
    for change in changes:
        where = teller.where(change) if teller else ""
        yield Left(where, *words_of(session, began, change))


def _base_of(reading: dict[str, Any], plan: Plan) -> Base | None:
    """The text that the file was made of, if it was this plan's. Anybody may have written it."""
    base = Base.read(reading.get("base") or "")
    is_ours = base is not None and base.plan_id == plan.id and base.version <= plan.text_version
    return base if is_ours else None


def _ids(node: Doc) -> set[str]:
    own = {node["attrs"]["id"]} if node.get("attrs", {}).get("id") else set()
    return own.union(*(_ids(child) for child in node.get("content", ())))
