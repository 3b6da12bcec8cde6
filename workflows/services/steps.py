"""Entering and leaving the steps of a chain: which seat, until when, who is told."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from workflows.domain.calendar import vietnam
from workflows.domain.chain import DRAFTING, Chain, Step
from workflows.domain.errors import NotPossible
from workflows.domain.machine import PlanState
from workflows.domain.soundness import chain_of
from workflows.models.decision import Decision, Outcome
from workflows.models.outbox import Topic
from workflows.models.people import Position
from workflows.models.plan import StepRun
from workflows.queries.people import holders_of, unit_with
from workflows.services.acting import Act
from workflows.services.outbox import owe


def chain_for(act: Act) -> Chain:
    """The definition pinned to the plan when it was first submitted."""
    if act.plan.chain is None:
        raise LookupError("a plan in flight has no chain")
    return chain_of(act.plan.chain.data)


def open_run(act: Act) -> StepRun:
    """The step that the plan is in now."""
    return act.session.scalars(
        select(StepRun).where(StepRun.plan_id == act.plan.id, StepRun.left_at.is_(None))
    ).one()


def leave(act: Act) -> StepRun:
    """Close the step that the plan is in."""
    run = open_run(act)
    run.left_at = act.now
    # The partial unique index allows one open step: this row must go before the next comes.
    act.session.flush()
    return run


def seat_of(act: Act, step: Step) -> int:
    """The unit that fills *step* today; raises NotPossible when no unit has the function."""
    if step.unit == DRAFTING:
        return act.plan.unit_id
    unit = unit_with(act.session, act.plan.organisation_id, step.unit, on=act.today)
    if unit is None:
        raise NotPossible(
            "Chưa có đơn vị nào được giao nhiệm vụ của bước “%(step)s”. "
            "Hãy báo quản trị hệ thống cập nhật cơ cấu tổ chức.",
            step=step.title,
        )
    return unit.id


def holders(act: Act, step: Step, *, but: Iterable[int] = ()) -> list[Position]:
    """Who may act in *step* today, without the people in *but*."""
    named = act.plan.signing_position_id if step.state is PlanState.AWAITING_SIGNATURE else None
    found = holders_of(act.session, seat_of(act, step), step.role, on=act.today, position_id=named)
    excluded = set(but)
    return [position for position in found if position.person_id not in excluded]


def enter(act: Act, step: Step) -> list[Position]:
    """Open *step* and tell whoever must act in it; returns them."""
    signing = step.state is PlanState.AWAITING_SIGNATURE
    run = StepRun(
        plan_id=act.plan.id,
        step_key=step.key,
        unit_id=seat_of(act, step),
        role=step.role,
        position_id=act.plan.signing_position_id if signing else None,
        version_number=act.plan.version_number,
        entered_at=act.now,
        due_on=vietnam().add(act.today, step.days),
    )
    act.session.add(run)
    waiting = holders(act, step, but=act.facts.editors)
    tell(
        act,
        (position.person_id for position in waiting),
        "waiting",
        step=step.title,
        due=run.due_on.isoformat() if run.due_on else None,
    )
    return waiting


def tell(act: Act, people: Iterable[int], kind: str, **values: Any) -> None:
    """Owe each person one notice and one e-mail, the actor excepted.

    With *thread_id* both lead to that remark, else to the plan.
    """
    for person_id in sorted(set(people) - {act.actor.id}):
        owe(
            act.session,
            Topic.NOTIFY,
            act.plan.id,
            now=act.now,
            person_id=person_id,
            kind=kind,
            actor=act.actor.name,
            action=str(act.action),
            title=act.plan.title,
            **values,
        )


def decide(act: Act, outcome: Outcome, *, reason: str = "", to_step: str | None = None) -> Decision:
    """Write the decision on the step that the plan leaves, bound to the version's digest."""
    run = leave(act)
    version = act.version()
    post = act.post
    if post is None:
        raise LookupError("a decision needs a position")
    decision = Decision(
        plan_id=act.plan.id,
        version_id=version.id,
        digest=version.digest,
        step_run_id=run.id,
        step_key=run.step_key,
        person_id=act.actor.id,
        position_id=post.position_id,
        position_title=f"{post.title}, {post.unit_name}",
        outcome=outcome,
        reason=reason,
        to_step=to_step,
        at=act.now,
    )
    act.session.add(decision)
    return decision


def void_approvals(act: Act, steps: Iterable[str], why: str) -> None:
    """End the approvals given in *steps*: they no longer stand behind the plan."""
    keys = set(steps)
    for decision in act.session.scalars(
        select(Decision).where(
            Decision.plan_id == act.plan.id,
            Decision.voided_at.is_(None),
            Decision.outcome == Outcome.APPROVED,
        )
    ):
        if decision.step_key in keys:
            decision.voided_at = act.now
            decision.void_reason = why
