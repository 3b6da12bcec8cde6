"""Which chain a plan follows, how far along it is, and whom it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.chain import Chain
from workflows.domain.diagram import Mark
from workflows.domain.machine import EDITABLE, PlanState
from workflows.domain.soundness import chain_of
from workflows.models.chain import ChainDefinition
from workflows.models.plan import Plan, StepRun
from workflows.queries.deadline import Deadline, deadline
from workflows.queries.people import holders_of

_ENDED_WELL = (PlanState.ISSUED, PlanState.RECALLED)


@dataclass(frozen=True)
class Waiting:
    """The step that the plan is in: which unit and people must act, since when, until when."""

    step_key: str
    step_title: str
    basis: str
    unit_name: str
    people: tuple[tuple[str, str], ...]
    since: datetime
    deadline: Deadline | None


def chain_for_plan(session: Session, plan: Plan) -> Chain | None:
    """The chain pinned to the plan, or the one that a submission today would pin."""
    if plan.chain is not None:
        return chain_of(plan.chain.data)
    newest = session.scalars(
        select(ChainDefinition)
        .where(
            ChainDefinition.organisation_id == plan.organisation_id,
            ChainDefinition.kind == plan.kind,
        )
        .order_by(ChainDefinition.loaded_at.desc(), ChainDefinition.id.desc())
        .limit(1)
    ).first()
    return chain_of(newest.data) if newest else None


def marks_of(chain: Chain, state: PlanState, step_key: str) -> dict[str, Mark]:
    """Which steps are behind the plan, and in which it stands."""
    if state in _ENDED_WELL:
        return {step.key: Mark.DONE for step in chain.steps}
    if state is PlanState.CANCELLED:
        return {step.key: Mark.NEVER for step in chain.steps}
    here = chain.first.key if state in EDITABLE or step_key not in chain else step_key
    behind = chain.steps[: chain.order(here)]
    return {step.key: Mark.DONE for step in behind} | {here: Mark.NOW}


def waiting_of(
    session: Session, plan: Plan, chain: Chain | None, *, but: Iterable[int], today: date
) -> Waiting | None:
    """Whom the plan waits for; the people in *but* wrote in the text and may not decide."""
    run = session.scalars(
        select(StepRun)
        .where(StepRun.plan_id == plan.id, StepRun.left_at.is_(None))
        .options(joinedload(StepRun.unit))
    ).one_or_none()
    if run is None:
        return None
    excluded = set(but)
    held = holders_of(session, run.unit_id, run.role, on=today, position_id=run.position_id)
    step = chain[run.step_key] if chain and run.step_key in chain else None
    return Waiting(
        step_key=run.step_key,
        step_title=step.title if step else run.step_key,
        basis=step.basis if step else "",
        unit_name=run.unit.name,
        people=tuple(
            (position.person.name, position.title)
            for position in held
            if position.person_id not in excluded
        ),
        since=run.entered_at,
        deadline=deadline(run.due_on, today),
    )
