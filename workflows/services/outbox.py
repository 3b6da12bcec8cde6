"""What is owed after a commit: written with the act, claimed by the relay, settled by the job."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.models.outbox import Notice, OutboxMessage, Topic
from workflows.services.transaction import transaction


def owe(
    session: Session,
    topic: Topic,
    plan_id: UUID | None,
    *,
    now: datetime,
    dedupe_key: str | None = None,
    **payload: Any,
) -> None:
    """Add one piece of work to the caller's transaction; the same *dedupe_key* adds it once."""
    row = insert(OutboxMessage).values(
        topic=topic, plan_id=plan_id, payload=payload, dedupe_key=dedupe_key, created_at=now
    )
    session.execute(row.on_conflict_do_nothing(index_elements=["dedupe_key"]))


def claim(
    session: Session, *, now: datetime, lease: timedelta, batch: int = 200
) -> Sequence[tuple[UUID, Topic]]:
    """Mark as dispatched, and return, what nobody works on: never sent, or sent long ago.

    A crash after this commit and before the enqueue costs one *lease*, never a message.
    """
    sent = OutboxMessage.dispatched_at
    with transaction(session):
        waiting = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.handled_at.is_(None))
            .where(or_(sent.is_(None), sent < now - lease))
            .where(or_(OutboxMessage.not_before.is_(None), OutboxMessage.not_before <= now))
            .order_by(OutboxMessage.created_at)
            .limit(batch)
            .with_for_update(skip_locked=True)
        ).all()
        claimed = [(message.id, message.topic) for message in waiting]
        for message in waiting:
            message.dispatched_at = now
    return claimed


def unkept(session: Session, message_id: UUID) -> OutboxMessage | None:
    """The message, if the work is still owed."""
    message = session.get(OutboxMessage, message_id, populate_existing=True)
    return message if message is not None and message.handled_at is None else None


def settle(session: Session, message_id: UUID, *, now: datetime) -> None:
    """Record that the work is done; a second time changes nothing."""
    with transaction(session):
        message = session.get(OutboxMessage, message_id, with_for_update=True)
        if message is not None and message.handled_at is None:
            message.handled_at = now


def deliver_notice(session: Session, message_id: UUID, *, sentence: str, now: datetime) -> None:
    """Put a notice before its person and settle the message, both or neither."""
    with transaction(session):
        message = session.get(OutboxMessage, message_id, with_for_update=True)
        if message is None or message.handled_at is not None:
            return
        row = insert(Notice).values(
            outbox_id=message.id,
            person_id=message.payload["person_id"],
            plan_id=message.plan_id,
            sentence=sentence,
            at=now,
        )
        session.execute(row.on_conflict_do_nothing(index_elements=["outbox_id"]))
        message.handled_at = now


def mark_notices_read(session: Session, *, person_id: int, now: datetime) -> None:
    """The person has seen the list of notices."""
    with transaction(session):
        for notice in session.scalars(
            select(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
        ):
            notice.read_at = now
