"""Submitting a plan freezes its text; withdrawing takes it back; cancelling ends it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.chain import Chain
from workflows.domain.errors import AnswersOwed, Fault, Incomplete, InheritedLeft, NotPossible
from workflows.domain.form.checking import missing_for_submission
from workflows.domain.machine import PlanAction
from workflows.domain.soundness import chain_of
from workflows.models.chain import ChainDefinition
from workflows.models.discussion import Audience
from workflows.models.outbox import Topic
from workflows.models.people import Position
from workflows.models.plan import Plan
from workflows.queries.form_rules import levels_of
from workflows.queries.inherited import undecided
from workflows.queries.matters import unanswered
from workflows.queries.people import signing_positions
from workflows.queries.shown import sight_of
from workflows.services.acting import Act, acting_on
from workflows.services.advance import advance
from workflows.services.drafting import as_writer
from workflows.services.freezing import (
    freeze,
    header_of,
    settled_text,
    void_what_no_longer_covers,
    with_signature,
)
from workflows.services.hearers import hearers_among
from workflows.services.outbox import owe
from workflows.services.review import require_reason
from workflows.services.steps import enter, holders, leave, tell, void_approvals


def submit(
    session: Session,
    *,
    plan_id: UUID,
    seen: int,
    seen_text: int,
    actor: Actor,
    note: str = "",
    leaves: Collection[int] = (),
    now: datetime,
) -> Plan:
    """Freeze the working text as a version and send it to the first step of review.

    *seen_text* is the text version that the person read before. Raises Incomplete with everything
    that is missing, AnswersOwed while readers wait for answers, InheritedLeft for passages of last
    year's plan whose threads are not among those that the person *leaves* as they are, NotPossible
    when a step has nobody to decide in it.
    """
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.SUBMIT, seen=seen, now=now
    ) as submitting:
        act = as_writer(submitting)
        doc = settled_text(act, seen_text)
        signing = _complete(act, doc)
        _answers_given(act)
        left = _inherited_left(act, leaves)
        act.plan.signing_position_id = signing.id
        chain = _pin_chain(act)
        _somebody_decides(act, chain)
        version = freeze(act, with_signature(doc, signing, act.plan.organisation.collective))
        void_what_no_longer_covers(act, version)
        following = chain.after(chain.first.key)
        enter(act, following)
        # Whoever still has the text open finds it closed.
        writers = {act.plan.author_id, *act.facts.editors, *act.facts.writers}
        tell(act, hearers_among(act, writers, Audience.READERS), "outcome", step=following.title)
        owe(session, Topic.RENDER, plan_id, now=act.now, version_id=version.id)
        details: dict[str, Any] = {"left": left} if left else {}
        advance(act, step=following, digest=version.digest, note=note.strip()[:2000], **details)
        return act.plan


def withdraw(
    session: Session, *, plan_id: UUID, seen: int, actor: Actor, reason: str, now: datetime
) -> Plan:
    """Take the plan back to the drafter; whoever it waited for is told, approvals are void."""
    reason = require_reason(reason, "Chưa nêu lý do rút lại.")
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.WITHDRAW, seen=seen, now=now
    ) as act:
        chain = chain_of(act.plan.chain.data) if act.plan.chain else None
        run = leave(act)
        if chain is not None:
            void_approvals(act, (step.key for step in chain.steps), "Rút lại")
            waiting = holders(act, chain[run.step_key], but=act.facts.editors)
            people = {position.person_id for position in waiting} | act.facts.deciders
            tell(act, people, "withdrawn", reason=reason)
        act.plan.step_key = "draft"
        advance(act, digest=act.version().digest, reason=reason)
        return act.plan


def cancel(
    session: Session, *, plan_id: UUID, seen: int, actor: Actor, reason: str, now: datetime
) -> Plan:
    """End a plan that is still a draft; its record stays."""
    reason = require_reason(reason, "Chưa nêu lý do huỷ.")
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.CANCEL, seen=seen, now=now
    ) as act:
        tell(act, {act.plan.author_id, *act.facts.editors}, "cancelled", reason=reason)
        advance(act, reason=reason)
        return act.plan


def _complete(act: Act, doc: dict[str, Any]) -> Position:
    """The position that will sign; raises Incomplete with every error of form."""
    organisation = act.plan.organisation
    chosen = _signature(doc).get("attrs", {}).get("position")
    offered = signing_positions(act.session, organisation.id, on=act.today)
    signing = next((p for p in offered if str(p.id) == chosen), None)
    whole = with_signature(doc, signing, organisation.collective) if signing else doc
    levels = levels_of(act.session, organisation.id)
    faults = missing_for_submission(whole, header_of(act), levels)
    if signing is None and chosen is not None:
        faults.append(
            Fault(
                "Người ký",
                "Chức vụ đã chọn không còn hiệu lực hoặc không được ký văn bản này. "
                "Hãy chọn lại người ký.",
            )
        )
    if faults or signing is None:
        raise Incomplete("Kế hoạch chưa đủ thành phần để trình. Hãy bổ sung:", faults=faults)
    return signing


def _answers_given(act: Act) -> None:
    """What readers demand an answer to is answered before they get the text again."""
    sight = sight_of(act.session, act.actor, act.plan, act.facts)
    owed = [each for each in unanswered(act.session, sight) if each.holds_up]
    if owed:
        raise AnswersOwed(
            "Còn góp ý chờ tiếp thu, giải trình. Hãy trả lời từng góp ý rồi trình lại.",
            faults=[Fault(each.who, each.text[:200]) for each in owed],
        )


def _signature(doc: dict[str, Any]) -> dict[str, Any]:
    return next((node for node in doc["content"] if node["type"] == "signature"), {})


def _inherited_left(act: Act, leaves: Collection[int]) -> list[str]:
    """The words that may be last year's and go on as they are: the record keeps them."""
    found = undecided(act.session, act.plan, act.plan.text_version)
    if {each.thread_id for each in found} - set(leaves):
        raise InheritedLeft(
            "Còn %(count)s chỗ lấy từ kế hoạch năm trước chưa quyết định. "
            "Hãy sửa hoặc đóng góp ý ở từng chỗ, hay đánh dấu để nguyên các chỗ đó rồi trình.",
            count=len(found),
        )
    return [each.words[:200] for each in found]


def _pin_chain(act: Act) -> Chain:
    """The chain that the plan started on, or the organisation's newest one at first submission."""
    if act.plan.chain is None:
        definition = act.session.scalars(
            select(ChainDefinition)
            .where(
                ChainDefinition.organisation_id == act.plan.organisation_id,
                ChainDefinition.kind == act.plan.kind,
            )
            .order_by(ChainDefinition.loaded_at.desc(), ChainDefinition.id.desc())
            .limit(1)
        ).first()
        if definition is None:
            raise NotPossible(
                "Cơ quan chưa có quy trình cho loại văn bản này. Hãy báo quản trị hệ thống."
            )
        act.plan.chain = definition
    return chain_of(act.plan.chain.data)


def _somebody_decides(act: Act, chain: Chain) -> None:
    """Refuse a way that ends nowhere before anyone has spent time on it."""
    for step in chain.steps[1:]:
        if not holders(act, step, but=act.facts.editors):
            raise NotPossible(
                "Bước “%(step)s” không có ai quyết định được, ngoài những người đã soạn thảo. "
                "Hãy báo quản trị hệ thống cập nhật chức vụ.",
                step=step.title,
            )
