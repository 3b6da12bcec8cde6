"""What was said about a plan, each remark with its place in the text that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from workflows.domain.mentions import in_words
from workflows.models.discussion import Answer, Audience, Comment, Thread
from workflows.models.people import Person
from workflows.queries.discussion import names_of
from workflows.queries.shown import Sight

MOST = 500


@dataclass(frozen=True)
class CommentLine:
    """One remark. *place* is None for one about the whole plan, or about a block now gone.

    *quote* and *demands_answer* are the first remark's of a thread, *answer* the last one's.
    """

    id: int
    who: str
    position: str
    at: datetime
    text: str
    version_number: int
    audience: Audience
    block_id: str | None
    place: str | None
    is_reply: bool
    quote: str
    demands_answer: bool
    answer: Answer | None
    answer_reason: str | None
    answered_by: str | None
    is_resolved: bool


def comments_of(
    session: Session, sight: Sight, places: Mapping[str, str]
) -> tuple[CommentLine, ...]:
    """The remarks thread by thread, the oldest first; *places* names the blocks shown."""
    rows = session.execute(
        select(Comment, Person.name)
        .join(Person, Person.id == Comment.person_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.plan_id == sight.plan.id, sight.sees_threads())
        .options(contains_eager(Comment.thread))
        .order_by(Comment.thread_id, Comment.id)
        .limit(MOST)
    )
    seen = [(made, name) for made, name in rows]
    names = names_of(session, (made.thread.answered_by_id for made, _name in seen))
    threads = [made.thread_id for made, _name in seen]
    before, after = [None, *threads], [*threads[1:], None]
    return tuple(
        _line(
            made,
            name,
            places,
            names,
            is_reply=made.thread_id == before[at],
            is_last=made.thread_id != after[at],
        )
        for at, (made, name) in enumerate(seen)
    )


def _line(
    made: Comment,
    name: str,
    places: Mapping[str, str],
    names: Mapping[int, str],
    *,
    is_reply: bool,
    is_last: bool,
) -> CommentLine:
    thread: Thread = made.thread
    return CommentLine(
        id=made.id,
        who=name,
        position=made.position_title,
        at=made.at,
        text=in_words(made.text),
        version_number=made.version_number,
        audience=thread.audience,
        block_id=thread.block_id,
        place=places.get(thread.block_id) if thread.block_id else None,
        is_reply=is_reply,
        quote="" if is_reply else thread.quote,
        demands_answer=thread.demands_answer and not is_reply,
        answer=thread.answer if is_last else None,
        answer_reason=thread.answer_reason,
        answered_by=names.get(thread.answered_by_id or 0),
        is_resolved=thread.resolved_at is not None,
    )
