"""Whom talk about a plan may reach: nobody hears of a plan that they may not read."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.policy import may_read
from workflows.models.discussion import Comment
from workflows.queries.people import actor_of
from workflows.services.acting import Act


def readers_among(act: Act, people: Iterable[int]) -> set[int]:
    """Those of *people* who may read the plan today."""
    return {number for number in set(people) if _reads(act, number)}


def speakers_in(session: Session, thread_id: int) -> set[int]:
    """Everybody who has said something in a thread."""
    return set(session.scalars(select(Comment.person_id).where(Comment.thread_id == thread_id)))


def _reads(act: Act, number: int) -> bool:
    reader = actor_of(act.session, number, on=act.today)
    return reader is not None and may_read(reader, act.facts)
