"""What a plan still has of the one it was begun from, and nobody has decided on."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.content.blocks import blocks
from workflows.domain.content.shape import Doc
from workflows.domain.policy import is_editable
from workflows.models.discussion import Thread
from workflows.models.plan import Plan
from workflows.queries.shown import Sight, places_of
from workflows.queries.working_text import text_at


@dataclass(frozen=True)
class Inherited:
    """A passage as it stands in the text shown: where, and its words. *thread_id* asks about it."""

    thread_id: int
    block_id: str | None
    place: str
    words: str


def inherited_seen(session: Session, sight: Sight) -> tuple[Inherited, ...]:
    """Those in the text that the person is shown: the draft of its writers, else the last version.

    The writers' own remarks about them are not in it.
    """
    writes = sight.sees_draft and is_editable(sight.facts)
    version = sight.plan.text_version if writes else max(sight.frozen.values(), default=None)
    return () if version is None else undecided(session, sight.plan, version)


def undecided(session: Session, plan: Plan, version: int) -> tuple[Inherited, ...]:
    """Those whose question is open, and whose words still stand in the text at *version*."""
    asked = session.scalars(
        select(Thread)
        .where(Thread.plan_id == plan.id, Thread.is_inherited, Thread.resolved_at.is_(None))
        .order_by(Thread.id)
    ).all()
    if not asked:
        return ()
    node = text_at(session, plan.id, version)
    where = {block.id: block.place for block in blocks(cast(Doc, node.to_json()))}
    places = places_of(session, plan.id, asked, version)
    return tuple(
        Inherited(thread.id, thread.block_id, where.get(thread.block_id or "", ""), thread.quote)
        for thread, place in zip(asked, places, strict=True)
        if place is not None
        and not place.is_gone
        and node.text_between(place.start, place.end, "", "\n") == thread.quote
    )
