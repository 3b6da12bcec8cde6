"""A refusal has its own type and leaves no trace."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import Office, new_id
from workflows.domain.content.schema import empty_doc
from workflows.domain.errors import (
    Incomplete,
    NotPermitted,
    NotPossible,
    PlanNotFound,
    StaleVersion,
    UnfitText,
    WorkflowError,
)
from workflows.domain.machine import PlanAction, PlanState, is_possible
from workflows.models.audit import AuditEvent
from workflows.models.decision import Decision
from workflows.models.outbox import OutboxMessage
from workflows.models.people import Person, Position
from workflows.models.plan import Plan
from workflows.services import drafting, issuing, review, signature, submission, writing

Call = Callable[..., Any]


def traces(session: Session) -> list[int]:
    session.rollback()
    tables = (AuditEvent, OutboxMessage, Decision)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def call(office: Office, action: PlanAction, plan_id: UUID, seen: int, who: str) -> None:
    """The service behind an action, with arguments that would do if it were allowed."""
    acts: dict[PlanAction, tuple[Call, dict[str, Any]]] = {
        PlanAction.EDIT: (writing.set_publicity, {"is_public": False}),
        PlanAction.SUBMIT: (submission.submit, {"seen_text": 0}),
        PlanAction.APPROVE: (review.approve, {"remark": ""}),
        PlanAction.RETURN: (review.return_plan, {"to_step": "draft", "reason": "Sai thể thức"}),
        PlanAction.WITHDRAW: (submission.withdraw, {"reason": "Bổ sung"}),
        PlanAction.CANCEL: (submission.cancel, {"reason": "Trùng"}),
        PlanAction.NUMBER: (issuing.assign_number, {}),
        PlanAction.RECALL: (issuing.recall, {"reason": "Theo chỉ đạo"}),
        PlanAction.SIGN: (
            signature.record_signature,
            {"prepared_sha256": "0" * 64, "signed": None},
        ),
    }
    service, details = acts[action]
    service(
        office.session,
        plan_id=plan_id,
        seen=seen,
        actor=office.actor(who),
        now=office.now,
        **details,
    )


STATES = [
    PlanState.DRAFT,
    PlanState.UNIT_REVIEW,
    PlanState.AWAITING_SIGNATURE,
    PlanState.SIGNED,
    PlanState.ISSUED,
]
# The clerk's job seals; what moves no plan asks for no row version and has tests of its own.
UNVERSIONED = (
    *(PlanAction.SEAL, PlanAction.COMMENT),
    *(PlanAction.SUGGEST, PlanAction.ANSWER, PlanAction.INVITE),
)
SERVED = [action for action in PlanAction if action not in UNVERSIONED]


@pytest.mark.parametrize("state", STATES)
def test_every_act_out_of_its_state_is_refused_and_leaves_no_trace(
    office: Office, session: Session, state: PlanState
) -> None:
    plan = office.plan(state)
    plan_id, seen, before = plan.id, plan.row_version, traces(session)

    for action in SERVED:
        if is_possible(state, action):
            continue
        for who in ("soan", "duyet", "dinh", "ky", "thu"):
            with pytest.raises((NotPermitted, NotPossible, PlanNotFound)):
                call(office, action, plan_id, seen, who)

    assert traces(session) == before
    assert session.get_one(Plan, plan_id).state is state


@pytest.mark.parametrize(
    ("who", "stale", "refusal"),
    [
        ("duyet", 1, StaleVersion),
        ("thao", 0, NotPermitted),
        ("soan", 0, NotPermitted),
        ("thanh", 0, NotPermitted),
        ("lu", 0, PlanNotFound),
        ("tri", 0, PlanNotFound),
        # An outsider with an old page learns nothing: not even that the page is old.
        ("lu", 1, PlanNotFound),
    ],
)
def test_each_way_to_be_refused_has_its_own_type(
    office: Office, session: Session, who: str, stale: int, refusal: type[WorkflowError]
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    plan_id, seen, before = plan.id, plan.row_version - stale, traces(session)

    with pytest.raises(refusal):
        call(office, PlanAction.APPROVE, plan_id, seen, who)

    assert traces(session) == before


def test_an_unknown_plan_and_an_invisible_one_read_the_same(office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    sentences = set()
    for plan_id in (plan.id, uuid4()):
        with pytest.raises(PlanNotFound) as refused:
            call(office, PlanAction.APPROVE, plan_id, 1, "lu")
        sentences.add(str(refused.value))

    assert len(sentences) == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_return_without_a_reason_is_refused(
    office: Office, session: Session, reason: str
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    before = traces(session)

    with pytest.raises(Incomplete, match="lý do trả lại"):
        review.return_plan(
            session,
            plan_id=plan.id,
            seen=plan.row_version,
            actor=office.duyet,
            to_step="draft",
            reason=reason,
            now=office.now,
        )

    assert traces(session) == before


@pytest.mark.parametrize("to_step", ["form_check", "unit_review", "nowhere", ""])
def test_a_return_goes_only_where_the_chain_allows(office: Office, to_step: str) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)

    with pytest.raises(NotPossible, match="không được trả lại cho bước"):
        review.return_plan(
            office.session,
            plan_id=plan.id,
            seen=plan.row_version,
            actor=office.duyet,
            to_step=to_step,
            reason="Sai thể thức",
            now=office.now,
        )


def test_an_empty_plan_lists_all_that_is_missing(office: Office, session: Session) -> None:
    plan = drafting.create_plan(
        session,
        unit_id=office.unit_id("SVHTT"),
        actor=office.soan,
        doc=empty_doc(new_id),
        now=office.now,
    )

    with pytest.raises(Incomplete) as refused:
        office.submit(plan)

    said = " ".join(str(fault) for fault in refused.value.faults)
    for missing in ("rích yếu", "ơi nhận", "gười ký"):
        assert missing in said
    assert session.get_one(Plan, plan.id).version_number == 0


def test_text_off_the_schema_is_refused_and_the_draft_stays(office: Office) -> None:
    plan = office.plan()
    with pytest.raises(UnfitText):
        office.save(plan, {"type": "doc", "content": [{"type": "script"}]})

    office.session.refresh(plan)
    assert plan.title.startswith("Tuyên truyền")


def test_a_head_who_wrote_in_the_text_cannot_approve_it(office: Office) -> None:
    plan = office.plan()
    with pytest.raises(NotPermitted):
        office.save(plan, office.text(plan), "duyet")


def test_a_unit_that_has_only_the_drafters_cannot_submit(office: Office, session: Session) -> None:
    plan = office.draft()
    head = session.scalars(
        select(Position).join(Person).where(Person.email == "duyet@demo.invalid")
    ).one()
    head.valid_to = head.valid_from
    session.commit()

    with pytest.raises(NotPossible, match="không có ai quyết định được"):
        office.submit(plan)
