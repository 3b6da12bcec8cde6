"""What was said about a text, each thread with its passage where the text is now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from prosemirror.model import Node
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.edits import Place
from workflows.domain.content.passages import sole_place
from workflows.domain.machine import PlanAction, is_possible
from workflows.domain.mentions import mentioned
from workflows.domain.policy import Facts, refusal
from workflows.models.discussion import Answer, Audience, Comment, Thread
from workflows.models.people import Person
from workflows.queries.shown import Shown, places_of

MOST = 500


@dataclass(frozen=True)
class Said:
    """One remark of a thread."""

    id: int
    person_id: int
    who: str
    position: str
    at: datetime
    text: str
    mentions: tuple[int, ...]


@dataclass(frozen=True)
class ThreadLine:
    """A thread. *place* is None for one about the whole plan."""

    id: int
    place: Place | None
    quote: str
    # The quote stood once in its block, and is known by its words where it stands once again.
    is_sole: bool
    block_id: str | None
    version_number: int
    audience: Audience
    demands_answer: bool
    answer: Answer | None
    answer_reason: str | None
    answered_by: str | None
    # Who has to answer it, while it waits for an answer.
    answer_from: str | None
    is_resolved: bool
    resolved_by: str | None
    resolved_at: datetime | None
    reopened_by: str | None
    reopened_at: datetime | None
    # Begun by the reader, or with words of theirs, or naming them.
    is_mine: bool
    can: dict[str, bool]
    comments: tuple[Said, ...]


def threads_of(session: Session, actor: Actor, shown: Shown) -> tuple[ThreadLine, ...]:
    """The threads that the text shown has, the oldest first; of very many the newest."""
    plan_id = shown.sight.plan.id
    rows = session.scalars(
        select(Thread)
        .where(Thread.plan_id == plan_id, shown.sight.sees_threads())
        .where(Thread.made_start.is_(None) | (Thread.made_version <= shown.version))
        .order_by(Thread.id.desc())
        .limit(MOST)
    ).all()
    threads = rows[::-1]
    said = _said(session, [each.id for each in threads])
    people = {
        number
        for each in threads
        for number in (each.answered_by_id, each.resolved_by_id, each.reopened_by_id)
    }
    names = names_of(session, [*people, shown.sight.plan.author_id])
    rights = _Rights(actor, shown.sight.facts)
    carried = places_of(session, plan_id, threads, shown.version)
    places = [
        _back(thread, place, shown.node) for thread, place in zip(threads, carried, strict=True)
    ]
    return tuple(
        _line(thread, place, said.get(thread.id, ()), names, rights, shown.sight.plan.author_id)
        for thread, place in zip(threads, places, strict=True)
    )


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of these people."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _back(thread: Thread, place: Place | None, node: Node) -> Place | None:
    """A passage that was deleted and stands there again, by undoing or moved with its block."""
    if place is None or not place.is_gone or not thread.is_sole or thread.block_id is None:
        return place
    found = sole_place(node, thread.block_id, thread.quote)
    return Place(*found) if found else place


class _Rights:
    """What the reader may do with any thread; the rest depends on the thread."""

    def __init__(self, actor: Actor, facts: Facts) -> None:
        self.actor = actor
        self.speaks = may_now(actor, facts, PlanAction.COMMENT)
        self.answers = may_now(actor, facts, PlanAction.ANSWER)

    def on(self, thread: Thread) -> dict[str, bool]:
        is_mine = thread.opened_by_id == self.actor.id
        waits = thread.demands_answer and thread.answer is None
        return {
            "reply": self.speaks,
            "resolve": self.speaks and (is_mine or (self.answers and not waits)),
            "answer": self.answers,
        }


def may_now(actor: Actor, facts: Facts, action: PlanAction) -> bool:
    """Whether the rules and the plan's state both allow it."""
    return is_possible(facts.state, action) and refusal(actor, action, facts) is None


def _said(session: Session, thread_ids: Sequence[int]) -> dict[int, tuple[Said, ...]]:
    rows = session.execute(
        select(Comment, Person.name)
        .join(Person, Person.id == Comment.person_id)
        .where(Comment.thread_id.in_(thread_ids))
        .order_by(Comment.id)
    )
    said: dict[int, tuple[Said, ...]] = {}
    for made, name in rows:
        mentions = tuple(mentioned(made.text))
        line = Said(
            made.id, made.person_id, name, made.position_title, made.at, made.text, mentions
        )
        said[made.thread_id] = (*said.get(made.thread_id, ()), line)
    return said


def _line(
    thread: Thread,
    place: Place | None,
    comments: tuple[Said, ...],
    names: dict[int, str],
    rights: _Rights,
    author_id: int,
) -> ThreadLine:
    waits = thread.demands_answer and thread.answer is None and thread.resolved_at is None
    return ThreadLine(
        id=thread.id,
        place=place,
        quote=thread.quote,
        is_sole=thread.is_sole,
        block_id=thread.block_id,
        version_number=thread.version_number,
        audience=thread.audience,
        demands_answer=thread.demands_answer,
        answer=thread.answer,
        answer_reason=thread.answer_reason,
        answered_by=names.get(thread.answered_by_id or 0),
        answer_from=names.get(author_id) if waits else None,
        is_resolved=thread.resolved_at is not None,
        resolved_by=names.get(thread.resolved_by_id or 0),
        resolved_at=thread.resolved_at,
        reopened_by=names.get(thread.reopened_by_id or 0),
        reopened_at=thread.reopened_at,
        is_mine=any(rights.actor.id in (each.person_id, *each.mentions) for each in comments),
        can=rights.on(thread),
        comments=comments,
    )
