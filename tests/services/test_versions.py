"""Approvals stand behind one text: they end when the text changes or the plan goes back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.factories import Office
from workflows.domain.errors import NotPermitted, NotPossible
from workflows.domain.machine import PlanState
from workflows.models.decision import Decision, Outcome
from workflows.models.numbering import NumberSeries
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.people import Person, Position
from workflows.models.plan import Plan, PlanVersion
from workflows.services.issuing import assign_number
from workflows.services.review import return_plan


def send_back(office: Office, plan: Plan, who: str, to_step: str) -> None:
    office.session.refresh(plan)
    return_plan(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.actor(who),
        to_step=to_step,
        reason="Chưa rõ thời hạn",
        now=office.now,
    )


def retitled(doc: dict[str, Any], title: str) -> dict[str, Any]:
    content = [
        {**node, "content": [{"type": "text", "text": title}]} if node["type"] == "title" else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}


def standing(session: Session) -> list[str]:
    session.rollback()
    rows = session.scalars(
        select(Decision.step_key)
        .where(Decision.outcome == Outcome.APPROVED, Decision.voided_at.is_(None))
        .order_by(Decision.id)
    )
    return list(rows)


def test_a_changed_text_is_a_new_version_that_everybody_sees_again(
    office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.FORM_CHECK)
    assert standing(session) == ["unit_review", "appraisal_review", "appraisal_lead"]
    send_back(office, plan, "the", "draft")
    office.save(plan, retitled(office.text(plan), "Tuyên truyền năm 2022 (sửa)"))
    office.submit(plan)

    session.refresh(plan)
    assert standing(session) == []
    assert (plan.state, plan.version_number) == (PlanState.UNIT_REVIEW, 2)
    digests = session.scalars(select(PlanVersion.digest)).all()
    assert len(set(digests)) == 2
    voided = session.scalars(select(Decision.void_reason).where(Decision.voided_at.is_not(None)))
    assert all(voided)


def test_the_same_text_submitted_again_keeps_its_version(office: Office, session: Session) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    send_back(office, plan, "duyet", "draft")
    office.submit(plan)

    session.refresh(plan)
    assert plan.version_number == 1


def test_a_return_to_a_step_voids_the_approvals_from_that_step_on(
    office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.FORM_CHECK)
    send_back(office, plan, "the", "appraisal_review")

    session.refresh(plan)
    assert (plan.state, plan.step_key) == (PlanState.APPRAISAL, "appraisal_review")
    assert standing(session) == ["unit_review"]
    office.approve(plan, "xet")
    assert standing(session) == ["unit_review", "appraisal_review"]


def test_nobody_decides_at_two_steps_of_one_version(office: Office, session: Session) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    head = session.scalars(
        select(Position).join(Person).where(Person.email == "duyet@demo.invalid")
    ).one()
    appraiser = session.scalars(
        select(Position).join(Person).where(Person.email == "tham@demo.invalid")
    ).one()
    appraiser.person_id = head.person_id
    session.commit()
    office.approve(plan, "duyet")

    with pytest.raises(NotPermitted, match="mỗi bước phải do một người khác"):
        office.approve(plan, "duyet")


def test_a_position_that_has_ended_decides_nothing(office: Office, session: Session) -> None:
    head = session.scalars(
        select(Position).join(Person).where(Person.email == "duyet@demo.invalid")
    ).one()
    head.valid_to = office.now.date() - timedelta(days=1)
    session.commit()

    assert office.duyet.posts == frozenset()


def test_whoever_must_act_and_whoever_waits_are_told_once_each(
    office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    office.approve(plan, "duyet")

    session.rollback()
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == Topic.NOTIFY))
    told = sorted((m.payload["kind"], m.payload["person_id"]) for m in messages)
    expected = [
        ("waiting", office.duyet.id),
        ("waiting", office.tham.id),
        ("waiting", office.xet.id),
        ("outcome", office.soan.id),
    ]
    assert told == sorted(expected)


def test_dates_never_run_backwards_in_a_series(office: Office, session: Session) -> None:
    plan = office.plan(PlanState.SIGNED)
    session.add(
        NumberSeries(
            organisation_id=plan.organisation_id,
            year=2026,
            kind="KH",
            last_number=7,
            last_dated=office.later(days=2).date(),
        )
    )
    session.commit()

    with pytest.raises(NotPossible, match="kiểm tra đồng hồ"):
        office.number(plan)
    session.refresh(plan)
    assert plan.state is PlanState.SIGNED


def test_numbers_begin_again_with_the_year(office: Office, session: Session) -> None:
    first, second = office.plan(PlanState.SIGNED), office.plan(PlanState.SIGNED)
    office.number(first)
    entry = assign_number(
        session,
        plan_id=second.id,
        seen=second.row_version,
        actor=office.thu,
        now=office.later(days=60),
    )

    assert (entry.number, entry.dated.year) == (1, 2027)


WRITTEN = {
    "audit_event": "act = 'other'",
    "plan_version": "digest = repeat('0', 64)",
    "chain_definition": "version = 2",
    "decision": "outcome = 'approved'",
    "register_entry": "number = 99",
    "rendition": "sha256 = repeat('0', 64)",
}


@pytest.mark.parametrize("table", WRITTEN)
def test_the_database_refuses_to_change_what_is_written(
    office: Office, session: Session, table: str
) -> None:
    office.plan(PlanState.ISSUED)
    for statement in (
        f"UPDATE {table} SET {WRITTEN[table]}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    ):
        with pytest.raises(DBAPIError, match=r"refused|never changed|stays with its document"):
            session.execute(text(statement))
        session.rollback()


def test_a_plan_is_renamed_by_its_next_submission_and_not_by_what_is_written(
    office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.DRAFT)

    def write(title: str) -> str:
        office.save(plan, retitled(office.text(plan), title))
        session.refresh(plan)
        return plan.title

    assert write("Tên lúc đang soạn") == "Tên lúc đang soạn"
    office.submit(plan)
    office.take_back(plan)
    assert write("Tên khác") == "Tên lúc đang soạn"
    office.submit(plan)
    session.refresh(plan)
    assert plan.title == "Tên khác"
