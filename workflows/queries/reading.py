"""Finding a plan for somebody: one they may not know of looks like one that is not there."""

from uuid import UUID

from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Role
from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import PlanAction, PlanState, is_possible, target
from workflows.domain.policy import Facts, may_read, require
from workflows.models.plan import Plan
from workflows.queries.facts import facts_of


def readable_plan(session: Session, plan_id: UUID, *, actor: Actor) -> tuple[Plan, Facts]:
    """The plan with its facts; raises PlanNotFound."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise PlanNotFound("Không có kế hoạch này.")
    facts = facts_of(session, plan)
    if not may_read(actor, facts):
        raise PlanNotFound("Không có kế hoạch này.")
    return plan, facts


def plan_to_act_on(
    session: Session, plan_id: UUID, *, actor: Actor, action: PlanAction
) -> tuple[Plan, Facts]:
    """The plan, if *actor* may act on it now; raises PlanNotFound, NotPermitted or NotPossible.

    Who has decided already comes back to a page of yesterday: they learn that the act is done,
    not that it was never theirs.
    """
    plan, facts = readable_plan(session, plan_id, actor=actor)
    if actor.id in facts.deciders:
        _refuse_impossible(plan.state, action)
    require(actor, action, facts)
    _refuse_impossible(plan.state, action)
    return plan, facts


def organisations_of(actor: Actor, *roles: Role) -> frozenset[int]:
    """The organisations in which *actor* holds one of *roles* today."""
    return frozenset(post.organisation_id for post in actor.posts if post.role in roles)


def _refuse_impossible(state: PlanState, action: PlanAction) -> None:
    if not is_possible(state, action):
        target(state, action)
