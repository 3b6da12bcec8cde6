"""The remarks on a plan for the auditor, each with its passage and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.content.blocks import blocks
from workflows.domain.mentions import in_words
from workflows.models.discussion import (
    Answer,
    Audience,
    Comment,
    Thread,
)
from workflows.models.plan import Plan
from workflows.queries.discussion import names_of
from workflows.queries.versions import frozen_text, working_text


@dataclass(frozen=True)
class Remark:
    """One remark of a thread."""

    who: str
    position: str
    at: datetime
    version_number: int
    text: str


@dataclass(frozen=True)
class Talk:
    """A thread from its first remark to what became of it; *place* is None for the whole plan."""

    place: str | None
    quote: str
    audience: Audience
    remarks: tuple[Remark, ...]
    demands_answer: bool
    answer: Answer | None
    answer_reason: str
    answered_by: str
    answered_at: datetime | None
    resolved_by: str
    resolved_at: datetime | None


def talks_of(session: Session, plan: Plan) -> tuple[Talk, ...]:
    """Every thread of the plan, the oldest first."""
    rows = session.scalars(
        select(Comment)
        .where(Comment.plan_id == plan.id)
        .options(joinedload(Comment.person), joinedload(Comment.thread))
        .order_by(Comment.thread_id, Comment.id)
    ).all()
    said: dict[int, list[Comment]] = {}
    for each in rows:
        said.setdefault(each.thread_id, []).append(each)
    threads = [comments[0].thread for comments in said.values()]
    names = names_of(
        session, (who for t in threads for who in (t.answered_by_id, t.resolved_by_id))
    )
    places = _places(session, plan) if any(thread.block_id for thread in threads) else {}
    return tuple(_talk(each, said[each.id], names, places) for each in threads)


def _talk(
    thread: Thread, said: list[Comment], names: Mapping[int, str], places: Mapping[str, str]
) -> Talk:
    gone = "đoạn không còn trong văn bản"
    return Talk(
        place=places.get(thread.block_id, gone) if thread.block_id else None,
        quote=thread.quote,
        audience=thread.audience,
        remarks=tuple(
            Remark(
                each.person.name,
                each.position_title,
                each.at,
                each.version_number,
                in_words(each.text),
            )
            for each in said
        ),
        demands_answer=thread.demands_answer,
        answer=thread.answer,
        answer_reason=thread.answer_reason or "",
        answered_by=names.get(thread.answered_by_id or 0, ""),
        answered_at=thread.answered_at,
        resolved_by=names.get(thread.resolved_by_id or 0, ""),
        resolved_at=thread.resolved_at,
    )


def _places(session: Session, plan: Plan) -> dict[str, str]:
    """Where each block is in words: in the text of today, else in the last frozen one."""
    texts = [working_text(session, plan)]
    if plan.version_number:
        texts.insert(0, frozen_text(session, plan, plan.version_number))
    return {block.id: block.place for text in texts for block in blocks(text.doc)}
