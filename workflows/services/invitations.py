"""Asking people of other units to write along, and letting them go."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Role
from workflows.domain.errors import NotPossible
from workflows.domain.machine import PlanAction
from workflows.models.people import Person
from workflows.models.text import PlanWriter
from workflows.queries.people import actor_of
from workflows.services.acting import Act, acting_on
from workflows.services.advance import advance
from workflows.services.steps import tell


def invite_writer(
    session: Session, *, plan_id: UUID, person_id: int, actor: Actor, now: datetime
) -> None:
    """Let a drafter of another unit write along; inviting twice invites once."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.INVITE, seen=None, now=now
    ) as act:
        guest = actor_of(session, person_id, on=act.today)
        _require_drafter(act, guest)
        if person_id in act.facts.writers:
            return
        session.add(
            PlanWriter(plan_id=plan_id, person_id=person_id, invited_by_id=actor.id, at=act.now)
        )
        tell(act, {person_id}, "invited")
        advance(act, invited=session.get_one(Person, person_id).name)


def dismiss_writer(
    session: Session, *, plan_id: UUID, person_id: int, actor: Actor, now: datetime
) -> None:
    """End an invitation. What the guest wrote stays, and stays theirs."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.INVITE, seen=None, now=now
    ) as act:
        row = session.scalars(
            select(PlanWriter).where(
                PlanWriter.plan_id == plan_id,
                PlanWriter.person_id == person_id,
                PlanWriter.ended_at.is_(None),
            )
        ).one_or_none()
        if row is None:
            return
        row.ended_at = act.now
        advance(act, dismissed=row.person.name)


def _require_drafter(act: Act, guest: Actor | None) -> None:
    """Whoever will decide on the plan must not write in it; drafters never decide."""
    fits = guest is not None and any(
        post.role is Role.DRAFTER and post.organisation_id == act.plan.organisation_id
        for post in guest.posts
    )
    if not fits:
        raise NotPossible(
            "Chỉ mời được chuyên viên soạn thảo của các đơn vị trong cùng cơ quan. "
            "Hãy chọn người khác."
        )
