"""What an operator sees of work owed: counts by topic, and what has waited longest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from workflows.models.outbox import OutboxMessage, Topic

MOST = 50


@dataclass(frozen=True)
class Owed:
    """How much of one topic is still owed, and since when."""

    topic: Topic
    count: int
    sent: int
    oldest: datetime


def owed_by_topic(session: Session) -> list[Owed]:
    """One line for each topic that has work waiting; *sent* of them are with the workers."""
    rows = session.execute(
        select(
            OutboxMessage.topic,
            func.count(),
            func.count(OutboxMessage.dispatched_at),
            func.min(OutboxMessage.created_at),
        )
        .where(OutboxMessage.handled_at.is_(None))
        .group_by(OutboxMessage.topic)
        .order_by(func.min(OutboxMessage.created_at))
    )
    return [Owed(topic, count, sent, oldest) for topic, count, sent, oldest in rows]


def longest_owed(session: Session) -> Sequence[OutboxMessage]:
    """The messages that have waited longest."""
    return session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.handled_at.is_(None))
        .order_by(OutboxMessage.created_at)
        .limit(MOST)
    ).all()


def database_version(session: Session) -> str:
    """The server's version, such as "18.1"."""
    return str(session.scalar(text("SHOW server_version"))).split(" ")[0]
