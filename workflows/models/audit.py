"""The audit record: append-only rows, each carrying the hash of the one before."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, inspect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Moment


class AuditEvent(Base):
    """One act. A trigger refuses UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_plan_id_seq", "plan_id", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str] = mapped_column(String(100))
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    position_title: Mapped[str] = mapped_column(String(310))
    address: Mapped[str | None] = mapped_column(String(64))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    state_before: Mapped[str | None] = mapped_column(String(32))
    state_after: Mapped[str | None] = mapped_column(String(32))
    version_number: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """The end of the chain; locking its one row puts the events of all acts in one order."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


def fields_of(event: AuditEvent) -> dict[str, Any]:
    """The event as plain JSON data, as its hash covers it and as evidence prints it."""
    fields = {column.key: getattr(event, column.key) for column in inspect(AuditEvent).columns}
    fields["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields["plan_id"] = str(event.plan_id) if event.plan_id else None
    return fields
