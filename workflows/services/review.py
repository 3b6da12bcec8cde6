"""What reviewers do: approve, or return to a step with a reason."""

from datetime import datetime
from unicodedata import category
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import Fault, Incomplete, NotPossible
from workflows.domain.machine import PlanAction, PlanState
from workflows.models.decision import Outcome
from workflows.models.plan import Plan
from workflows.services.acting import Act, acting_on
from workflows.services.advance import advance
from workflows.services.steps import chain_for, decide, enter, open_run, tell, void_approvals

LONGEST_REMARK = 10_000
_BREAKS = frozenset("\n\r\t")
# Controls, and signs that turn or join what stands around them.
_UNSEEN = frozenset({"Cc", "Cf"})


def approve(
    session: Session,
    *,
    plan_id: UUID,
    seen: int,
    actor: Actor,
    remark: str,
    now: datetime,
) -> Plan:
    """Record the yes of whoever the plan waits for, and pass the plan on."""
    remark = bounded(remark)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.APPROVE, seen=seen, now=now
    ) as act:
        following = chain_for(act).after(open_run(act).step_key)
        decision = decide(act, Outcome.APPROVED, reason=remark)
        enter(act, following)
        tell(act, {act.plan.author_id}, "outcome", step=following.title)
        advance(act, step=following, digest=decision.digest, remark=remark)
        return act.plan


def return_plan(
    session: Session,
    *,
    plan_id: UUID,
    seen: int,
    actor: Actor,
    to_step: str,
    reason: str,
    now: datetime,
) -> Plan:
    """Send the plan back to an earlier step; approvals from that step on are void.

    Raises Incomplete without a reason, NotPossible for a step that the chain does not offer.
    """
    reason = require_reason(reason, "Chưa nêu lý do trả lại. Hãy ghi rõ nội dung cần sửa.")
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.RETURN, seen=seen, now=now
    ) as act:
        chain = chain_for(act)
        leaving = chain[open_run(act).step_key]
        if to_step not in leaving.returns_to:
            raise NotPossible("Bước này không được trả lại cho bước đã chọn. Hãy chọn bước khác.")
        step = chain[to_step]
        decision = decide(act, Outcome.RETURNED, reason=reason, to_step=to_step)
        again = [s.key for s in chain.steps if chain.order(s.key) >= chain.order(to_step)]
        void_approvals(act, again, f"Trả lại bước “{step.title}”")
        if step.state is PlanState.DRAFT:
            _tell_drafter(act, reason)
            advance(
                act,
                step=step,
                chosen=PlanState.RETURNED,
                digest=decision.digest,
                reason=reason,
                to_step=to_step,
            )
        else:
            enter(act, step)
            tell(act, {act.plan.author_id}, "returned", step=step.title, reason=reason)
            advance(act, step=step, digest=decision.digest, reason=reason, to_step=to_step)
        return act.plan


def require_reason(text: str, sentence: str) -> str:
    """The trimmed text; raises Incomplete with *sentence* when there is none."""
    text = bounded(text)
    if not text:
        raise Incomplete(sentence, faults=[Fault("", sentence)])
    return text


def bounded(text: str) -> str:
    """The trimmed text without signs that nobody sees; raises Incomplete when it is too long."""
    text = "".join(
        sign for sign in text if sign in _BREAKS or category(sign) not in _UNSEEN
    ).strip()
    if len(text) > LONGEST_REMARK:
        raise Incomplete(
            "Nội dung dài quá %(most)s ký tự. Hãy rút gọn hoặc gửi kèm văn bản.",
            most=LONGEST_REMARK,
        )
    return text


def _tell_drafter(act: Act, reason: str) -> None:
    people = {act.plan.author_id, *act.facts.editors}
    tell(act, people, "returned", step="Soạn thảo", reason=reason)
