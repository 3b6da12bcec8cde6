"""Reminders: owed each working morning to whoever holds a step that falls due."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.calendar import vietnam
from workflows.domain.soundness import chain_of
from workflows.models.outbox import Topic
from workflows.models.plan import Plan, PlanEditor, StepRun
from workflows.queries.people import holders_of
from workflows.services.acting import day_of
from workflows.services.outbox import owe
from workflows.services.record import SYSTEM
from workflows.services.transaction import transaction

# Working days ahead of the due date at which the first reminder goes out.
AHEAD = 1


def owe_reminders(session: Session, *, now: datetime) -> int:
    """Owe one reminder a day for each open step that is due tomorrow, today or before.

    Days are working days, and on any other day nothing is owed. A second run on one day adds
    nothing. Returns how many steps are due.
    """
    today = day_of(now)
    if not vietnam().is_working(today):
        return 0
    with transaction(session):
        due = _due_steps(session, today)
        for run in due:
            _remind(session, run, today, now)
        return len(due)


def _due_steps(session: Session, today: date) -> list[StepRun]:
    last = vietnam().add(today, AHEAD)
    runs = session.scalars(
        select(StepRun)
        .where(StepRun.left_at.is_(None), StepRun.due_on <= last)
        .options(joinedload(StepRun.plan).joinedload(Plan.chain))
        .order_by(StepRun.id)
    )
    # Whoever was told of the step today needs no reminder of it today.
    return [run for run in runs if day_of(run.entered_at) < today]


def _remind(session: Session, run: StepRun, today: date, now: datetime) -> None:
    editors = select(PlanEditor.person_id).where(PlanEditor.plan_id == run.plan_id)
    writers = set(session.scalars(editors))
    holders = holders_of(session, run.unit_id, run.role, on=today, position_id=run.position_id)
    for person_id in sorted({holder.person_id for holder in holders} - writers):
        owe(
            session,
            Topic.NOTIFY,
            run.plan_id,
            now=now,
            dedupe_key=f"remind-{run.id}-{person_id}-{today.isoformat()}",
            person_id=person_id,
            kind="remind",
            actor=SYSTEM,
            action="remind",
            title=run.plan.title,
            step=_title(run),
            due=run.due_on.isoformat() if run.due_on else None,
        )


def _title(run: StepRun) -> str:
    chain = chain_of(run.plan.chain.data) if run.plan.chain else None
    return chain[run.step_key].title if chain and run.step_key in chain else run.step_key
