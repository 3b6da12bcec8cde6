"""Many people at once, each on a connection of their own, on a real database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.factories import Office, short_plan
from workflows.domain.actor import Actor
from workflows.domain.content.edits import Edited
from workflows.domain.errors import StaleVersion, WorkflowError
from workflows.domain.machine import PlanState
from workflows.models.decision import Decision
from workflows.models.numbering import NumberSeries, RegisterEntry
from workflows.models.plan import Plan
from workflows.queries.audit import walk
from workflows.services import writing
from workflows.services.issuing import assign_number
from workflows.services.review import approve, return_plan


def together(engine: Engine, acts: list[Callable[[Session], object]]) -> list[str]:
    """Run every act at the same moment; "done" or the name of the refusal for each."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[Session], object]) -> str:
        with Session(engine) as session:
            session.connection()
            barrier.wait(timeout=60)
            try:
                act(session)
            except WorkflowError as refusal:
                return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def approving(office: Office, plan: Plan, who: str) -> Callable[[Session], object]:
    plan_id, seen, actor, now = plan.id, plan.row_version, office.actor(who), office.now
    return lambda session: approve(
        session, plan_id=plan_id, seen=seen, actor=actor, remark="", now=now
    )


def returning(office: Office, plan: Plan, who: str) -> Callable[[Session], object]:
    plan_id, seen, actor, now = plan.id, plan.row_version, office.actor(who), office.now
    return lambda session: return_plan(
        session,
        plan_id=plan_id,
        seen=seen,
        actor=actor,
        to_step="draft",
        reason="Số liệu chưa khớp",
        now=now,
    )


@pytest.mark.parametrize("second", [approving, returning])
def test_two_people_decide_at_once_and_one_is_told_it_is_too_late(
    office: Office, session: Session, engine: Engine, second: Callable[..., Callable[..., object]]
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    office.approve(plan, "duyet")
    session.refresh(plan)
    acts = [approving(office, plan, "tham"), second(office, plan, "xet")]

    outcomes = together(engine, acts)

    assert sorted(outcomes) == [StaleVersion.__name__, "done"]
    session.rollback()
    decided = session.scalars(select(Decision.step_key)).all()
    assert sorted(decided) == ["appraisal_review", "unit_review"]


def test_a_second_click_is_refused(office: Office, session: Session, engine: Engine) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    act = approving(office, plan, "duyet")

    assert sorted(together(engine, [act, act])) == [StaleVersion.__name__, "done"]


def test_64_plans_numbered_at_once_get_64_numbers_without_a_gap(
    office: Office, session: Session, engine: Engine
) -> None:
    plans = [office.plan(PlanState.SIGNED, short_plan()) for _ in range(64)]
    clerk, now = office.thu, office.now

    def numbering(plan: Plan) -> Callable[[Session], object]:
        plan_id, seen = plan.id, plan.row_version
        return lambda own: assign_number(own, plan_id=plan_id, seen=seen, actor=clerk, now=now)

    outcomes = together(engine, [numbering(plan) for plan in plans])

    assert outcomes == ["done"] * 64
    session.rollback()
    numbers = session.scalars(select(RegisterEntry.number).order_by(RegisterEntry.number)).all()
    assert numbers == list(range(1, 65))
    assert session.scalars(select(NumberSeries.last_number)).one() == 64
    assert walk(session)[1] is None


def test_many_steps_are_applied_before_the_text_is_locked(
    office: Office, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = office.plan(PlanState.DRAFT, short_plan())
    plan_id, writer, colleague = plan.id, office.soan, office.thao
    applied = writing.apply
    letter = {"content": [{"type": "text", "text": "V"}]}
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": letter}

    def send(session: Session, count: int, actor: Actor) -> int:
        return writing.append_steps(
            session,
            plan_id=plan_id,
            base=0,
            steps=[step] * count,
            client_id="abcdefgh",
            actor=actor,
            now=office.now,
        )

    def apply_slowly(node: Any, steps: Sequence[object]) -> Edited:
        if len(steps) > writing.FEW:
            with Session(engine) as other:
                other.execute(text("SET lock_timeout = '1s'"))
                assert send(other, 1, colleague) == 1
        return applied(node, steps)

    monkeypatch.setattr(writing, "apply", apply_slowly)
    with Session(engine) as session, pytest.raises(writing.Behind):
        send(session, writing.FEW + 1, writer)
