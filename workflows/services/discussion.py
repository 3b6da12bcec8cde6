"""What people say about a text: they open a thread, or reply in one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import NotPossible, PlanNotFound
from workflows.domain.machine import PlanAction
from workflows.domain.mentions import in_words, mentioned, with_names
from workflows.models.discussion import Comment, Thread
from workflows.models.people import Person
from workflows.queries.shown import sight_of
from workflows.services.acting import Act, acting_on
from workflows.services.hearers import hearers_among, speakers_in
from workflows.services.noting import note, title_of_post
from workflows.services.passages import Passage, block_passage, marked_passage, whole_passage
from workflows.services.review import require_reason
from workflows.services.room import require_room_for_a_remark
from workflows.services.steps import tell

NOTHING_SAID = "Nội dung góp ý đang trống."


def open_thread(
    session: Session,
    *,
    plan_id: UUID,
    version: int,
    start: int | None,
    end: int | None,
    text: str,
    demands_answer: bool,
    is_draft: bool = False,
    sent_as: str | None = None,
    actor: Actor,
    now: datetime,
) -> Thread:
    """Begin a thread on a passage of the text at *version*, or on the whole plan (None, None).

    *is_draft*: the actor had it before them as the draft, and speaks to its writers only.
    *sent_as*: the page's name for these words; what came in under it before is not said again.

    Raises PlanNotFound for a text that the actor may not read, UnfitText for a place outside it,
    NotPossible when it calls somebody who may not see it.
    """
    text = require_reason(text, NOTHING_SAID)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.COMMENT, seen=None, now=now
    ) as act:
        if before := _said_before(act, sent_as):
            return before.thread
        passage = marked_passage(act, version, start, end, is_draft=is_draft)
        return _begin(act, passage, text, demands_answer, sent_as).thread


def comment(
    session: Session,
    *,
    plan_id: UUID,
    actor: Actor,
    text: str,
    block_id: str | None,
    is_draft: bool = False,
    now: datetime,
) -> Comment:
    """Add a remark to the plan, or to one block of the text that the actor is shown.

    *is_draft*: that was the draft when they wrote, and they speak to its writers only.
    """
    text = require_reason(text, NOTHING_SAID)
    # A remark moves nothing, so that a page open elsewhere stays good: no row version is asked.
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.COMMENT, seen=None, now=now
    ) as act:
        passage = (
            block_passage(act, block_id, is_draft=is_draft)
            if block_id
            else whole_passage(act, is_draft=is_draft)
        )
        return _begin(act, passage, text, demands_answer=False)


def reply(
    session: Session,
    *,
    plan_id: UUID,
    thread_id: int,
    text: str,
    sent_as: str | None = None,
    actor: Actor,
    now: datetime,
) -> Comment:
    """Say something more in a thread; once, however often it is *sent_as* the same."""
    text = require_reason(text, NOTHING_SAID)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.COMMENT, seen=None, now=now
    ) as act:
        thread = thread_shown(act, thread_id)
        if before := _said_before(act, sent_as):
            return before
        return _say(act, thread, text, speakers_in(session, thread_id), sent_as)


def _said_before(act: Act, sent_as: str | None) -> Comment | None:
    if sent_as is None:
        return None
    return act.session.scalars(
        select(Comment).where(
            Comment.plan_id == act.plan.id,
            Comment.person_id == act.actor.id,
            Comment.sent_as == sent_as,
        )
    ).one_or_none()


def _begin(
    act: Act, passage: Passage, text: str, demands_answer: bool, sent_as: str | None = None
) -> Comment:
    thread = Thread(
        plan_id=act.plan.id,
        version_number=act.plan.version_number,
        audience=passage.audience,
        block_id=passage.block_id,
        quote=passage.quote,
        is_sole=passage.is_sole,
        demands_answer=demands_answer,
        opened_by_id=act.actor.id,
        opened_at=act.now,
        made_version=passage.version,
        made_start=passage.start,
        made_end=passage.end,
        anchor_version=passage.version,
        anchor_start=passage.start,
        anchor_end=passage.end,
    )
    act.session.add(thread)
    act.session.flush()
    return _say(act, thread, text, set(), sent_as)


def _say(
    act: Act, thread: Thread, text: str, others: set[int], sent_as: str | None = None
) -> Comment:
    names = _called(act, thread, text)
    called = set(names)
    text = with_names(text, names)
    require_room_for_a_remark(act, thread, text)
    remark = Comment(
        plan_id=act.plan.id,
        thread=thread,
        version_number=act.plan.version_number,
        person_id=act.actor.id,
        position_title=title_of_post(act),
        text=text,
        at=act.now,
        sent_as=sent_as,
    )
    act.session.add(remark)
    excerpt = in_words(text)[:200]
    told: dict[str, Any] = {
        "excerpt": excerpt,
        "thread_id": thread.id,
        "audience": str(thread.audience),
    }
    tell(act, called, "mention", **told)
    hearers = hearers_among(act, {act.plan.author_id, *others}, thread.audience)
    tell(act, hearers - called, "comment", **told)
    place = {"block_id": thread.block_id, "quote": thread.quote}
    note(act, "comment", text=text, thread_id=thread.id, **place)
    return remark


def _called(act: Act, thread: Thread, text: str) -> dict[int, str]:
    """The names of whom *text* calls; raises NotPossible for somebody who may not see the thread.

    To leave the name as words would look as if they had been told.
    """
    rows = act.session.execute(
        select(Person.id, Person.name).where(Person.id.in_(mentioned(text))).order_by(Person.id)
    )
    names = {row.id: row.name for row in rows}
    hearers = hearers_among(act, names, thread.audience)
    if deaf := [name for number, name in names.items() if number not in hearers]:
        raise NotPossible(
            "%(names)s không được xem góp ý này nên không nhắc được. "
            "Hãy bỏ dấu @ trước tên đó rồi gửi lại.",
            names=", ".join(deaf),
        )
    return names


def thread_shown(act: Act, thread_id: int) -> Thread:
    """A thread of this very plan that the actor may see; raises PlanNotFound."""
    thread = act.session.get(Thread, thread_id, populate_existing=True)
    if (
        thread is None
        or thread.plan_id != act.plan.id
        or not sight_of(act.session, act.actor, act.plan, act.facts).sees(thread)
    ):
        raise PlanNotFound("Không có góp ý này.")
    return thread
