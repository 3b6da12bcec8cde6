"""What a plan still has of the one it was begun from, and nobody has decided on."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.domain.content.blocks import blocks
from workflows.domain.content.shape import Doc
from workflows.domain.policy import is_editable
from workflows.models.discussion import Thread
from workflows.models.plan import Plan, PlanVersion
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
    if sight.sees_draft and is_editable(sight.facts):
        return undecided(session, sight.plan, sight.plan.text_version)
    frozen = session.execute(
        select(PlanVersion.text_version, PlanVersion.frozen_at).where(
            PlanVersion.plan_id == sight.plan.id, PlanVersion.number == sight.plan.version_number
        )
    ).one_or_none()
    # What is settled later hides nothing from those who decide on the version.
    return undecided(session, sight.plan, *frozen) if frozen else ()


def undecided(
    session: Session, plan: Plan, version: int, as_of: datetime | None = None
) -> tuple[Inherited, ...]:
    """Those whose words still stand in the text at *version*, and whose question is open; or was,
    at *as_of*."""
    is_open = Thread.resolved_at.is_(None)
    was_open = or_(is_open, Thread.resolved_at > as_of) if as_of else is_open
    asked = session.scalars(
        select(Thread)
        .where(Thread.plan_id == plan.id, Thread.is_inherited, was_open)
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
