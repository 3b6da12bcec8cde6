"""What becomes of a thread: it is answered, settled, or taken up again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import NotPermitted, NotPossible
from workflows.domain.machine import PlanAction
from workflows.domain.mentions import in_words
from workflows.domain.policy import refusal
from workflows.models.discussion import Answer, Comment, Thread
from workflows.services.acting import Act, acting_on
from workflows.services.discussion import thread_shown
from workflows.services.hearers import hearers_among, speakers_in
from workflows.services.noting import note
from workflows.services.review import require_reason
from workflows.services.steps import tell

ANSWERS = {
    Answer.ACCEPTED: "Tiếp thu",
    Answer.PARTLY: "Tiếp thu một phần",
    Answer.REJECTED: "Không tiếp thu",
}


def resolve(
    session: Session, *, plan_id: UUID, thread_id: int, actor: Actor, now: datetime
) -> None:
    """Call a thread settled. What demands an answer waits for it, unless its opener lets go."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.COMMENT, seen=None, now=now
    ) as act:
        thread = _own_or_answerable(act, thread_id)
        if thread.demands_answer and thread.answer is None and thread.opened_by_id != actor.id:
            raise NotPossible("Góp ý này yêu cầu tiếp thu, giải trình. Hãy trả lời trước khi đóng.")
        if thread.resolved_at is None:
            thread.resolved_by_id, thread.resolved_at = actor.id, act.now
            note(act, "resolve", thread_id=thread.id)


def reopen(session: Session, *, plan_id: UUID, thread_id: int, actor: Actor, now: datetime) -> None:
    """Take a thread up again."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.COMMENT, seen=None, now=now
    ) as act:
        thread = _own_or_answerable(act, thread_id)
        if thread.resolved_at is not None:
            hearers = {act.plan.author_id, thread.opened_by_id, thread.resolved_by_id or 0}
            thread.resolved_by_id = thread.resolved_at = None
            thread.reopened_by_id, thread.reopened_at = actor.id, act.now
            note(act, "reopen", thread_id=thread.id)
            people = hearers_among(act, hearers, thread.audience)
            told = {"thread_id": thread.id, "audience": str(thread.audience)}
            tell(act, people, "reopened", excerpt=_beginning(act, thread), **told)


def answer_thread(
    session: Session,
    *,
    plan_id: UUID,
    thread_id: int,
    answer: Answer,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say what becomes of a remark; the last answer stands, the record keeps them all.

    Raises Incomplete without a reason, unless the remark is accepted.
    """
    if answer is not Answer.ACCEPTED or reason.strip():
        reason = require_reason(reason, "Chưa nêu lý do. Hãy giải trình vì sao chưa tiếp thu.")
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.ANSWER, seen=None, now=now
    ) as act:
        thread = thread_shown(act, thread_id)
        given = (thread.answer, thread.answer_reason, thread.answered_by_id)
        if given == (answer, reason.strip() or None, actor.id):
            return
        thread.answer, thread.answer_reason = answer, reason.strip() or None
        thread.answered_by_id, thread.answered_at = actor.id, act.now
        note(act, "answer", thread_id=thread.id, answer=str(answer), reason=reason.strip())
        said = ". ".join(part for part in (ANSWERS[answer], reason.strip()) if part)
        spoke = {thread.opened_by_id, *speakers_in(session, thread.id)}
        people = hearers_among(act, spoke, thread.audience)
        told = {"thread_id": thread.id, "audience": str(thread.audience)}
        tell(act, people, "answer", excerpt=in_words(said)[:200], **told)


def _beginning(act: Act, thread: Thread) -> str:
    """The first words of a thread."""
    first = select(Comment.text).where(Comment.thread_id == thread.id).order_by(Comment.id).limit(1)
    return in_words(act.session.scalars(first).one())[:200]


def _own_or_answerable(act: Act, thread_id: int) -> Thread:
    thread = thread_shown(act, thread_id)
    is_writer = refusal(act.actor, PlanAction.ANSWER, act.facts) is None
    if thread.opened_by_id != act.actor.id and not is_writer:
        raise NotPermitted("Chỉ người góp ý và người soạn thảo được đóng, mở lại góp ý này.")
    return thread
