"""The audit record read in order, a piece at a time, and the walk along its hash chain."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.evidence import GENESIS, Break, first_break
from workflows.models.audit import AuditEvent, AuditHead, fields_of

PIECE = 2_000


def events(session: Session, *, after: int = 0) -> Iterator[dict[str, Any]]:
    """Every event as its hash covers it, in order; memory stays flat however many there are."""
    while True:
        rows = session.scalars(
            select(AuditEvent).where(AuditEvent.seq > after).order_by(AuditEvent.seq).limit(PIECE)
        ).all()
        if not rows:
            return
        yield from (fields_of(row) for row in rows)
        after = rows[-1].seq
        session.expunge_all()


def walk(session: Session) -> tuple[int, Break | None]:
    """How many events the chain's head counts, and the first one that was touched."""
    head = session.scalars(select(AuditHead)).first()
    seq, hash_ = (head.seq, head.hash) if head else (0, GENESIS)
    # Events that are written while the walk goes on lie beyond the head that was read.
    upto = (event for event in events(session) if event["seq"] <= seq)
    return seq, first_break(upto, head_seq=seq, head_hash=hash_)
