"""Whom talk about a plan may reach: nobody hears what they may not read."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.discussion import Audience, Comment
from workflows.queries.people import actor_of
from workflows.queries.shown import may_hear
from workflows.services.acting import Act


def hearers_among(act: Act, people: Iterable[int], audience: Audience) -> set[int]:
    """Those of *people* whom words said to *audience* may reach today."""
    return {number for number in set(people) if _hears(act, number, audience)}


def speakers_in(session: Session, thread_id: int) -> set[int]:
    """Everybody who has said something in a thread."""
    return set(session.scalars(select(Comment.person_id).where(Comment.thread_id == thread_id)))


def _hears(act: Act, number: int, audience: Audience) -> bool:
    hearer = actor_of(act.session, number, on=act.today)
    return hearer is not None and may_hear(hearer, act.facts, audience)
