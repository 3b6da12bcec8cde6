"""The list of plans shows exactly what a person may read, and finds it as people type."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import WAY, Office
from tests.queries.copies import copy_plan
from workflows.domain.machine import PlanState
from workflows.domain.policy import may_read
from workflows.queries.facts import facts_of
from workflows.queries.plans import PAGE, plans_of
from workflows.services.submission import withdraw


@pytest.mark.parametrize("state", WAY)
def test_the_list_holds_a_plan_for_exactly_those_who_may_read_it(
    state: PlanState, session: Session, office: Office
) -> None:
    plan = office.plan(state)
    people = {who: office.actor(who) for who in _known(session)}
    facts = facts_of(session, plan)
    listed = {who: bool(plans_of(session, actor).rows) for who, actor in people.items()}
    assert listed == {who: may_read(actor, facts) for who, actor in people.items()}
    assert listed["soan"]


def _known(session: Session) -> list[str]:
    found = session.scalars(text("SELECT email FROM person ORDER BY id")).all()
    session.rollback()
    return [email.partition("@")[0] for email in found]


def test_who_saw_a_plan_in_their_step_still_finds_it_after_a_withdrawal(
    session: Session, office: Office
) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    withdraw(
        session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.soan,
        reason="Sửa",
        now=office.now,
    )
    assert [row.plan_id for row in plans_of(session, office.tham).rows] == [plan.id]
    assert plans_of(session, office.the).rows == ()


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("", True),
        ("tuyên truyền", True),
        ("TUYÊN TRUYỀN", True),
        ("tuyen truyen", True),
        ("ha noi 2022", True),
        ("2022 hà nội", True),
        ("tuyến", False),
        ("Đường", False),
        ("100%", False),
        ("_uy", False),
        ("01/KH-UBND", True),
        ("số 1", True),
        ("so 1 kh ubnd", True),
        ("1", True),
        ("2", True),  # In “2022”.
        ("3/KH-UBND", False),
        ("  ", True),
        ("'; DROP TABLE plan --", False),
    ],
)
def test_a_search_finds_titles_with_and_without_marks_and_numbers(
    typed: str, is_found: bool, session: Session, office: Office
) -> None:
    office.plan(PlanState.ISSUED)
    assert bool(plans_of(session, office.soan, typed=typed).rows) is is_found


def test_a_state_narrows_the_list(session: Session, office: Office) -> None:
    draft, issued = office.draft(), office.plan(PlanState.ISSUED)
    found = {
        state: [row.plan_id for row in plans_of(session, office.soan, state=state).rows]
        for state in (PlanState.DRAFT, PlanState.ISSUED, PlanState.RECALLED)
    }
    assert found == {
        PlanState.DRAFT: [draft.id],
        PlanState.ISSUED: [issued.id],
        PlanState.RECALLED: [],
    }


def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    session: Session, office: Office
) -> None:
    copy_plan(session, office.plan(PlanState.ISSUED).id, 2 * PAGE)
    soan, after, seen = office.soan, None, []
    while True:
        page = plans_of(session, soan, after=after)
        seen += page.rows
        after = page.next
        if after is None:
            break
    assert len({row.plan_id for row in seen}) == len(seen) == 2 * PAGE + 1
    moments = [row.updated_at for row in seen]
    assert moments == sorted(moments, reverse=True)
