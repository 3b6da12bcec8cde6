"""The inbox's lists: who sees what, in which order, by which index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.queries.copies import copy_plan
from workflows.domain.machine import PlanState
from workflows.queries.inbox import PAGE, tasks_of
from workflows.queries.own_plans import unfinished_of, waits_of
from workflows.services.acting import day_of


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collect every statement with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _u: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_every_task_comes_once_and_the_most_urgent_first(session: Session, office: Office) -> None:
    copy_plan(session, office.plan(PlanState.UNIT_REVIEW).id, 2 * PAGE + 5)
    duyet, today = office.duyet, day_of(office.now)
    seen, after, pages = [], None, 0
    while pages == 0 or after is not None:
        page = tasks_of(session, duyet, today=today, after=after)
        seen += page.rows
        after, pages = page.next, pages + 1
    assert pages == 3
    assert len({task.plan_id for task in seen}) == len(seen) == 2 * PAGE + 6
    keys = [(task.deadline.due_on, task.run_id) for task in seen if task.deadline]
    assert keys == sorted(keys)
    assert len(keys) == len(seen)


def test_who_wrote_in_the_text_is_not_asked_to_decide_on_it(
    session: Session, office: Office
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    duyet, today = office.duyet, day_of(office.now)
    assert len(tasks_of(session, duyet, today=today).rows) == 1
    session.execute(
        text("INSERT INTO plan_editor VALUES (:plan, :person, now())"),
        {"plan": plan.id, "person": duyet.id},
    )
    assert tasks_of(session, duyet, today=today).rows == ()


def test_only_the_signer_named_in_the_text_is_asked_to_sign(
    session: Session, office: Office
) -> None:
    office.plan(PlanState.AWAITING_SIGNATURE)
    ky, today = office.ky, day_of(office.now)
    assert len(tasks_of(session, ky, today=today).rows) == 1
    other = session.scalar(
        text("SELECT max(id) FROM position WHERE id <> :own"), {"own": office.signing_position_id}
    )
    session.execute(
        text("UPDATE step_run SET position_id = :id WHERE left_at IS NULL"), {"id": other}
    )
    assert tasks_of(session, ky, today=today).rows == ()


@pytest.mark.parametrize(
    ("days", "tone", "left"),
    [(-5, "late", 2), (-1, "late", 0), (0, "soon", 0), (1, "soon", 1), (5, "calm", 5)],
)
def test_a_due_date_is_told_in_working_days(
    days: int, tone: str, left: int, session: Session, office: Office
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    # Friday 20 November 2026; Tuesday the 24th is a day off.
    due = day_of(office.now) + timedelta(days=2)
    assert due.isoweekday() == 5
    [task] = tasks_of(session, office.duyet, today=due - timedelta(days=days)).rows
    assert task.deadline is not None
    assert (task.deadline.due_on, task.deadline.tone, task.deadline.days) == (due, tone, left)


def test_the_drafter_sees_whom_each_plan_waits_for(session: Session, office: Office) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    soan, today = office.soan, day_of(office.now)
    [wait] = waits_of(session, soan, today=today).rows
    assert wait.plan_id == plan.id
    assert wait.step_title == "Chuyên viên thẩm định"
    assert "Lê Thị Thẩm" in wait.waiting_people
    assert waits_of(session, office.duyet, today=today).rows == ()


def test_drafts_are_listed_until_they_are_submitted(session: Session, office: Office) -> None:
    plan = office.draft()
    assert [row.plan_id for row in unfinished_of(session, office.soan).rows] == [plan.id]
    office.submit(plan)
    assert unfinished_of(session, office.soan).rows == ()


READS: dict[str, tuple[Callable[..., Any], str]] = {
    "tasks": (tasks_of, "using ix_step_run_waiting"),
    "waits": (waits_of, "using ix_plan_"),
    "unfinished": (lambda s, a, today: unfinished_of(s, a), "using ix_plan_"),
}


@pytest.mark.parametrize("name", READS)
def test_each_list_is_one_statement_that_walks_an_index(
    name: str, session: Session, engine: Engine, office: Office
) -> None:
    read, index = READS[name]
    who = office.duyet if name == "tasks" else office.soan
    copy_plan(session, office.plan(PlanState.UNIT_REVIEW).id, 3_000)
    copy_plan(session, office.plan(PlanState.ISSUED).id, 3_000)
    with statements(engine) as seen:
        read(session, who, today=day_of(office.now))
    [(statement, parameters)] = seen
    plan = "\n".join(
        session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
    )
    assert index in plan, plan
    assert "Seq Scan on step_run" not in plan, plan
    assert "Seq Scan on plan" not in plan, plan
