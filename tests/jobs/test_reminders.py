"""Reminders go out on working days, once a day, to whoever holds a step that falls due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.jobs.remind import remind
from tests.factories import Office
from tests.jobs.conftest import Work, owed
from workflows.domain.calendar import vietnam
from workflows.domain.machine import PlanState
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.people import Person, Position
from workflows.models.plan import StepRun
from workflows.services.reminders import owe_reminders

# The plan enters unit review on Wednesday 18/11/2026 and is due on Friday 20/11.
MORNING = datetime(2026, 11, 18, 0, 30, tzinfo=UTC)  # 07:30 in Hà Nội.
DAYS = {
    "Wednesday, told today": (0, 0),
    "Thursday, due tomorrow": (1, 1),
    "Friday, due today": (2, 1),
    "Saturday": (3, 0),
    "Sunday": (4, 0),
    "Monday, overdue": (5, 1),
    "Tuesday, a day off": (6, 0),
    "Wednesday, overdue": (7, 1),
}


def reminders(session: Session) -> list[OutboxMessage]:
    return [m for m in owed(session, Topic.NOTIFY) if m.payload["kind"] == "remind"]


@pytest.fixture
def in_review(office: Office, session: Session) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    run = session.scalars(select(StepRun).where(StepRun.left_at.is_(None))).one()
    assert run.due_on == date(2026, 11, 20)
    session.rollback()


@pytest.mark.usefixtures("in_review")
def test_each_day_of_the_week(session: Session) -> None:
    assert not vietnam().is_working(date(2026, 11, 24))
    found = {}
    for day, (offset, _) in DAYS.items():
        before = len(reminders(session))
        owe_reminders(session, now=MORNING + timedelta(days=offset))
        found[day] = len(reminders(session)) - before

    assert found == {day: count for day, (_, count) in DAYS.items()}


@pytest.mark.usefixtures("in_review")
def test_a_second_run_on_one_day_adds_nothing(session: Session) -> None:
    thursday = MORNING + timedelta(days=1)
    for hour in range(10):
        owe_reminders(session, now=thursday + timedelta(hours=hour))

    (message,) = reminders(session)
    assert session.get_one(Person, message.payload["person_id"]).email == "duyet@demo.invalid"
    assert message.payload["step"] == "Lãnh đạo đơn vị duyệt nội dung"
    assert message.payload["due"] == "2026-11-20"


@pytest.mark.usefixtures("in_review")
@pytest.mark.parametrize("due", [date(2026, 11, 18), date(2026, 11, 19)])
def test_whoever_was_told_today_is_not_reminded_today(session: Session, due: date) -> None:
    session.scalars(select(StepRun).where(StepRun.left_at.is_(None))).one().due_on = due
    session.commit()

    owe_reminders(session, now=MORNING + timedelta(hours=9))

    assert reminders(session) == []


@pytest.mark.usefixtures("in_review")
def test_whoever_left_the_position_is_not_reminded(session: Session) -> None:
    held = session.scalars(
        select(Position).join(Person).where(Person.email == "duyet@demo.invalid")
    ).all()
    for position in held:
        position.valid_to = date(2026, 11, 18)
    session.commit()

    owe_reminders(session, now=MORNING + timedelta(days=1))

    assert reminders(session) == []


def test_a_draft_and_an_issued_plan_remind_nobody(office: Office, session: Session) -> None:
    office.plan(PlanState.DRAFT)
    office.plan(PlanState.ISSUED)

    owe_reminders(session, now=MORNING + timedelta(days=60))

    assert reminders(session) == []


@pytest.mark.usefixtures("in_review")
def test_the_job_sends_them_on_their_way(app: Flask, session: Session, work: Work) -> None:
    """On the machine's own day, which is either a working day or not."""
    with app.app_context():
        remind()
    work()

    today = (datetime.now(UTC) + timedelta(hours=7)).date()
    found = reminders(session)
    assert len(found) == (1 if vietnam().is_working(today) else 0)
    assert all(message.handled_at for message in found)
