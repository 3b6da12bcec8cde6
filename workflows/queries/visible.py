"""The door to one plan: unknown and invisible are the same to whoever asks."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor
from workflows.domain.errors import PlanNotFound
from workflows.domain.policy import Facts, may_read
from workflows.models.plan import Plan
from workflows.queries.facts import facts_of


def visible_plan(session: Session, actor: Actor, plan_id: UUID) -> tuple[Plan, Facts]:
    """The plan and its facts; raises PlanNotFound."""
    plan = session.scalars(
        select(Plan)
        .where(Plan.id == plan_id)
        .options(
            joinedload(Plan.organisation),
            joinedload(Plan.unit),
            joinedload(Plan.author),
            joinedload(Plan.chain),
        )
    ).one_or_none()
    if plan is None:
        raise PlanNotFound("Không có kế hoạch này.")
    facts = facts_of(session, plan)
    if not may_read(actor, facts):
        raise PlanNotFound("Không có kế hoạch này.")
    return plan, facts
