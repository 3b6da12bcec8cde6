"""The plans of a person's own: those on their way, and those still being written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, ScalarSelect, String, cast, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.machine import EDITABLE, PlanState
from workflows.models.chain import ChainDefinition
from workflows.models.decision import Decision, Outcome
from workflows.models.people import Person, Position, Unit
from workflows.models.plan import Plan, StepRun
from workflows.queries.deadline import Deadline, deadline
from workflows.queries.inbox import PAGE, step_title
from workflows.queries.people import valid_on

# The clerk's step and the sealing are waits of the drafter's too.
TRAVELLING = (
    PlanState.UNIT_REVIEW,
    PlanState.APPRAISAL,
    PlanState.FORM_CHECK,
    PlanState.AWAITING_SIGNATURE,
    PlanState.SIGNED,
    PlanState.NUMBERED,
)


@dataclass(frozen=True)
class Wait:
    """A plan of the reader's own that is with somebody else."""

    plan_id: UUID
    title: str
    state: PlanState
    step_title: str
    waiting_unit: str | None
    waiting_people: str | None
    since: datetime
    deadline: Deadline | None


@dataclass(frozen=True)
class Unfinished:
    """A plan of the reader's own that the reader may go on writing.

    *reason* is why it came back, and *updated_at* when it was last touched.
    """

    plan_id: UUID
    title: str
    state: PlanState
    updated_at: datetime
    reason: str | None

    @property
    def is_returned(self) -> bool:
        """Whether it waits for its drafter because somebody sent it back."""
        return self.state is PlanState.RETURNED


@dataclass(frozen=True)
class Capped:
    """The first rows of a list, and whether there are more."""

    rows: tuple[Any, ...]
    has_more: bool


def waits_of(session: Session, actor: Actor, *, today: date) -> Capped:
    """The plans of *actor*'s own that are on their way, the last moved first."""
    found = session.execute(
        select(
            Plan.id.label("plan_id"),
            Plan.title,
            Plan.state,
            Plan.updated_at,
            StepRun.entered_at,
            StepRun.due_on,
            Unit.name.label("waiting_unit"),
            step_title().label("step_title"),
            _holders(today).label("waiting_people"),
        )
        .outerjoin(StepRun, (StepRun.plan_id == Plan.id) & StepRun.left_at.is_(None))
        .outerjoin(Unit, Unit.id == StepRun.unit_id)
        .outerjoin(ChainDefinition, ChainDefinition.id == Plan.chain_id)
        .where(Plan.author_id == actor.id, Plan.state.in_(TRAVELLING))
        .order_by(Plan.updated_at.desc())
        .limit(PAGE + 1)
    ).all()
    return _capped([_wait(row, today) for row in found])


def unfinished_of(session: Session, actor: Actor) -> Capped:
    """The drafts of *actor*'s own, those returned to them and those taken back."""
    found = session.execute(
        select(Plan.id, Plan.title, Plan.state, Plan.updated_at, _last_reason())
        .where(Plan.author_id == actor.id, Plan.state.in_(sorted(EDITABLE)))
        .order_by(Plan.updated_at.desc())
        .limit(PAGE + 1)
    ).all()
    return _capped([Unfinished(*row) for row in found])


def _last_reason() -> ScalarSelect[Any]:
    """Why the plan was last returned."""
    return (
        select(Decision.reason)
        .where(Decision.plan_id == Plan.id, Decision.outcome == Outcome.RETURNED)
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Plan)
        .scalar_subquery()
    )


def _holders(today: date) -> ScalarSelect[Any]:
    """The names of whoever fills the waiting seat today."""
    return (
        select(func.string_agg(Person.name, aggregate_order_by(cast(", ", String), Position.id)))
        .join(Position, Position.person_id == Person.id)
        .where(
            Position.unit_id == StepRun.unit_id,
            Position.role == StepRun.role,
            or_(StepRun.position_id.is_(None), Position.id == StepRun.position_id),
            valid_on(Position, today),
        )
        .correlate(StepRun)
        .scalar_subquery()
    )


def _wait(row: Row[Any], today: date) -> Wait:
    return Wait(
        plan_id=row.plan_id,
        title=row.title,
        state=row.state,
        step_title=row.step_title or "",
        waiting_unit=row.waiting_unit,
        waiting_people=row.waiting_people,
        since=row.entered_at or row.updated_at,
        deadline=deadline(row.due_on, today),
    )


def _capped(rows: Sequence[Any]) -> Capped:
    return Capped(tuple(rows[:PAGE]), len(rows) > PAGE)
