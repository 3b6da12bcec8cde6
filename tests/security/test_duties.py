"""Authority ends with the position, and who submits a text does not also decide on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.demo.staff import position_of
from tests.factories import Office
from workflows.domain.actor import Actor, Role
from workflows.domain.errors import NotPermitted, PlanNotFound
from workflows.domain.machine import PlanState
from workflows.models.people import Position
from workflows.models.plan import Plan
from workflows.services.discussion import comment
from workflows.services.review import approve
from workflows.services.submission import cancel, submit, withdraw
from workflows.services.writing import replace_text

Act = Callable[[Office, Plan, Actor], object]


def save(office: Office, plan: Plan, actor: Actor) -> object:
    return replace_text(
        office.session,
        plan_id=plan.id,
        seen_text=None,
        actor=actor,
        doc=office.text(plan),
        origin="whole",
        now=office.now,
    )


def hand_in(office: Office, plan: Plan, actor: Actor) -> object:
    return submit(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        seen_text=plan.text_version,
        actor=actor,
        now=office.now,
    )


def take_back(office: Office, plan: Plan, actor: Actor) -> object:
    return withdraw(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=actor,
        reason="Rút",
        now=office.now,
    )


def end(office: Office, plan: Plan, actor: Actor) -> object:
    return cancel(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=actor,
        reason="Huỷ",
        now=office.now,
    )


def remark(office: Office, plan: Plan, actor: Actor) -> object:
    return comment(
        office.session, plan_id=plan.id, actor=actor, text="Góp ý", block_id=None, now=office.now
    )


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (PlanState.DRAFT, save),
        (PlanState.DRAFT, hand_in),
        (PlanState.DRAFT, end),
        (PlanState.DRAFT, remark),
        (PlanState.UNIT_REVIEW, take_back),
        (PlanState.UNIT_REVIEW, remark),
    ],
)
def test_the_author_who_has_left_the_post_changes_nothing(
    office: Office, session: Session, state: PlanState, act: Act
) -> None:
    plan = office.plan(state)
    position = position_of(session, "soan")
    position.valid_to = office.now.date() - timedelta(days=1)
    session.commit()
    former = office.actor("soan")
    assert not former.posts
    session.refresh(plan)
    session.rollback()

    # Not even the plan is there for somebody who serves in the organisation no longer.
    with pytest.raises(PlanNotFound):
        act(office, plan, former)


def test_who_submits_anothers_text_as_a_drafter_does_not_approve_it_as_the_head(
    office: Office, session: Session
) -> None:
    plan = office.plan()
    second_head(office, session)
    session.refresh(plan)
    session.rollback()
    hand_in(office, plan, office.actor("thao"))
    session.refresh(plan)
    session.rollback()

    with pytest.raises(NotPermitted):
        approve(
            session,
            plan_id=plan.id,
            seen=plan.row_version,
            actor=office.actor("thao"),
            remark="",
            now=office.now,
        )


def second_head(office: Office, session: Session) -> None:
    """The colleague becomes a head beside the head."""
    drafter = position_of(session, "thao")
    session.add(
        Position(
            person_id=drafter.person_id,
            unit_id=drafter.unit_id,
            role=Role.UNIT_HEAD,
            title="Phó Giám đốc",
            valid_from=drafter.valid_from,
        )
    )
    session.commit()
