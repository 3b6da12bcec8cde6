"""The audit record read in order, a piece at a time, and the walk along its hash chain."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.domain.evidence import Break, first_break
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
    # The last event first: the head that is read after it stands there or further on.
    last = session.scalar(select(func.max(AuditEvent.seq))) or 0
    query = select(AuditHead).execution_options(populate_existing=True)
    head = session.scalars(query).first()
    if head is None:
        return 0, Break(0, "Đầu chuỗi của nhật ký không còn.")
    seq, hash_ = head.seq, head.hash
    # Events that are written while the walk goes on lie beyond the head that was read.
    upto = (event for event in events(session) if event["seq"] <= seq)
    found = first_break(upto, head_seq=seq, head_hash=hash_)
    if found is None and last > seq:
        found = Break(seq + 1, "Sự kiện này nằm ngoài chuỗi: nó được thêm vào sau.")
    return seq, found
