"""Audit events: written in the transaction of the act, chained by hash, never changed."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Post
from workflows.domain.evidence import event_hash
from workflows.models.audit import AuditEvent, AuditHead, fields_of

SYSTEM = "Hệ thống"


def record(
    session: Session,
    *,
    act: str,
    at: datetime,
    actor: Actor | None,
    post: Post | None = None,
    plan_id: UUID | None = None,
    state_before: str | None = None,
    state_after: str | None = None,
    version_number: int | None = None,
    digest: str | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event. Locks the chain's head until the transaction ends: call it late."""
    # A fixed order of locks (plan, series, head) keeps two acts from waiting for each other.
    session.flush()
    head = session.scalars(select(AuditHead).with_for_update()).one()
    event = AuditEvent(
        seq=head.seq + 1,
        at=at.astimezone(UTC),
        act=act,
        actor_id=actor.id if actor else None,
        actor_name=actor.name if actor else SYSTEM,
        position_id=post.position_id if post else None,
        position_title=f"{post.title}, {post.unit_name}" if post else "",
        address=actor.address if actor else None,
        plan_id=plan_id,
        state_before=state_before,
        state_after=state_after,
        version_number=version_number,
        digest=digest,
        details=details or {},
        previous_hash=head.hash,
    )
    event.hash = event_hash(fields_of(event))
    head.seq, head.hash = event.seq, event.hash
    session.add(event)
    return event
