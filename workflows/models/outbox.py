"""What is owed after a commit: messages for the workers, and notices for people."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Moment, Word, known_words
from workflows.models.people import Person
from workflows.models.plan import Plan


class Topic(StrEnum):
    """What a message asks for; each has exactly one job."""

    NOTIFY = "notify"
    RENDER = "render"
    SEAL = "seal"
    ARCHIVE = "archive"
    IMPORT = "import"


class OutboxMessage(Base):
    """One piece of work owed, written in the transaction that made it owed."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        known_words("topic", Topic),
        Index(
            "ix_outbox_message_waiting",
            "created_at",
            postgresql_where=text("handled_at IS NULL"),
        ),
        Index("ix_outbox_message_plan_id", "plan_id"),
        # A reminder has a key of its own, so that a second tick of the clock adds nothing.
        Index("uq_outbox_message_dedupe_key", "dedupe_key", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    topic: Mapped[Topic] = mapped_column(Word(Topic))
    # None for a Word file that is no plan yet.
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    dedupe_key: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # Until then it still gathers what else is to be told with it; None: at once.
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    dispatched_at: Mapped[datetime | None] = mapped_column(Moment)
    handled_at: Mapped[datetime | None] = mapped_column(Moment)


class Notice(Base):
    """A notice inside the product, one for each notify message."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person_id_at", "person_id", "at"),
        Index("ix_notice_unread", "person_id", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_message.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    sentence: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship()
    plan: Mapped[Plan] = relationship()
