"""The notices of one person, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflows.models.outbox import Notice, OutboxMessage

PAGE = 50
NoticeKey = tuple[datetime, int]


@dataclass(frozen=True)
class NoticeRow:
    """One notice, with the plan that it is about, and the remark if it is about one."""

    id: int
    sentence: str
    at: datetime
    is_new: bool
    plan_id: UUID
    plan_title: str
    thread_id: int | None


@dataclass(frozen=True)
class Notices:
    """One page of notices; *next* is the key of the page after it, if there is one."""

    rows: tuple[NoticeRow, ...]
    next: NoticeKey | None


def notices_of(session: Session, person_id: int, *, after: NoticeKey | None = None) -> Notices:
    """One page of what *person_id* was told."""
    query = (
        select(
            Notice.id,
            Notice.sentence,
            Notice.at,
            Notice.read_at,
            Notice.plan_id,
            # As it was called then: the reader may not be among those who read it now.
            OutboxMessage.payload["title"].as_string(),
            OutboxMessage.payload["thread_id"].as_integer(),
        )
        .join(OutboxMessage, OutboxMessage.id == Notice.outbox_id)
        .where(Notice.person_id == person_id)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(tuple_(Notice.at, Notice.id) < tuple_(*after))
    found = session.execute(query).all()
    rows = tuple(
        NoticeRow(id, sentence, at, read_at is None, plan_id, title, thread_id)
        for id, sentence, at, read_at, plan_id, title, thread_id in found[:PAGE]
    )
    last = rows[-1] if len(found) > PAGE else None
    return Notices(rows, (last.at, last.id) if last else None)
