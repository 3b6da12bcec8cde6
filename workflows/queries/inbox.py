"""What waits for a person's decision, found as fast among many plans as among few."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Exists,
    Row,
    ScalarSelect,
    Select,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Role
from workflows.domain.machine import PlanState
from workflows.models.chain import ChainDefinition
from workflows.models.people import Person, Unit
from workflows.models.plan import Plan, PlanEditor, StepRun
from workflows.queries.deadline import Deadline, deadline

PAGE = 50
# Where the last page ended: the due date and the step run of its last row.
TaskKey = tuple[date, int]


@dataclass(frozen=True)
class Task:
    """A plan that waits for the reader's decision."""

    run_id: int
    plan_id: UUID
    title: str
    state: PlanState
    step_title: str
    unit_name: str
    author_name: str
    version_number: int
    since: datetime
    deadline: Deadline | None


@dataclass(frozen=True)
class Tasks:
    """One page of tasks; *next* is the key of the page after it, if there is one."""

    rows: tuple[Task, ...]
    next: TaskKey | None


def tasks_of(session: Session, actor: Actor, *, today: date, after: TaskKey | None = None) -> Tasks:
    """The open steps that *actor* may decide in, the most urgent first."""
    seats: dict[tuple[int, Role], list[int]] = defaultdict(list)
    for post in actor.posts:
        seats[post.seat].append(post.position_id)
    if not seats:
        return Tasks((), None)
    # One branch for each seat: each walks its own stretch of ix_step_run_waiting in order and
    # stops after a page, however many plans wait elsewhere.
    branches = [_in_seat(actor, *seat, held, after) for seat, held in seats.items()]
    first = union_all(*branches).subquery()
    found = session.execute(
        _task_rows()
        .join(first, first.c.id == StepRun.id)
        .order_by(StepRun.due_on, StepRun.id)
        .limit(PAGE + 1)
    ).all()
    rows = tuple(_task(row, today) for row in found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Tasks(rows, (last.due_on, last.run_id) if last else None)


def _in_seat(
    actor: Actor, unit_id: int, role: Role, held: Iterable[int], after: TaskKey | None
) -> Select[Any]:
    query = (
        select(StepRun.id)
        .where(
            StepRun.left_at.is_(None),
            StepRun.unit_id == unit_id,
            StepRun.role == role,
            or_(StepRun.position_id.is_(None), StepRun.position_id.in_(tuple(held))),
            ~_wrote_in_it(actor),
        )
        .order_by(StepRun.due_on, StepRun.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(tuple_(StepRun.due_on, StepRun.id) > tuple_(*after))
    return select(query.subquery().c.id)


def _wrote_in_it(actor: Actor) -> Exists:
    # OFFSET 0 keeps PostgreSQL from turning a page's few probes into a join with every text that
    # anybody ever wrote in.
    return (
        select(PlanEditor.plan_id)
        .where(PlanEditor.plan_id == StepRun.plan_id, PlanEditor.person_id == actor.id)
        .correlate(StepRun)
        .offset(literal_column("0"))
        .exists()
    )


def _task_rows() -> Select[Any]:
    return (
        select(
            StepRun.id.label("run_id"),
            StepRun.entered_at,
            StepRun.due_on,
            Plan.id.label("plan_id"),
            Plan.title,
            Plan.state,
            Plan.version_number,
            Unit.name.label("unit_name"),
            Person.name.label("author_name"),
            step_title().label("step_title"),
        )
        .join(Plan, Plan.id == StepRun.plan_id)
        .join(Unit, Unit.id == Plan.unit_id)
        .join(Person, Person.id == Plan.author_id)
        .outerjoin(ChainDefinition, ChainDefinition.id == Plan.chain_id)
    )


def step_title() -> ScalarSelect[Any]:
    """The title of the step in the definition pinned to the plan, without loading the whole."""
    step = func.jsonb_array_elements(ChainDefinition.data["step"]).table_valued("value")
    return (
        select(step.c.value.op("->>")("title"))
        .where(step.c.value.op("->>")("key") == StepRun.step_key)
        .limit(1)
        .correlate(ChainDefinition, StepRun)
        .scalar_subquery()
    )


def _task(row: Row[Any], today: date) -> Task:
    return Task(
        run_id=row.run_id,
        plan_id=row.plan_id,
        title=row.title,
        state=row.state,
        step_title=row.step_title or "",
        unit_name=row.unit_name,
        author_name=row.author_name,
        version_number=row.version_number,
        since=row.entered_at,
        deadline=deadline(row.due_on, today),
    )
