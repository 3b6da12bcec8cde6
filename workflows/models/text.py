"""The working text of a plan: an append-only log of steps, with states of it that are kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Moment
from workflows.models.people import Person

# Replaying so many steps costs about as much as reading a long text once.
SNAPSHOT_EVERY = 200


class TextStep(Base):
    """One change, as ProseMirror writes it; *version* is the text's version after it.

    *ranges* is its step map as `moving.ranges_of` writes it, so that places can be carried forward
    without reading the change itself. A trigger refuses UPDATE and DELETE.
    """

    __tablename__ = "text_step"
    __table_args__ = (Index("ix_text_step_author", "plan_id", "author_id", "version"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[dict[str, Any]] = mapped_column(JSONB)
    ranges: Mapped[Any] = mapped_column(JSONB)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    client_id: Mapped[str] = mapped_column(String(40))
    # typed, whole, word, restore, normalise, or suggestion:<id>.
    origin: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)


class TextSnapshot(Base):
    """The whole text at one version: where replaying the log begins. Never changed."""

    __tablename__ = "text_snapshot"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    doc: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Revision(Base):
    """A state of the working text that somebody gave a name. Never changed."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    text_version: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    author: Mapped[Person] = relationship()


class PlanWriter(Base):
    """Somebody of another unit who was asked to write along, until they are let go."""

    __tablename__ = "plan_writer"
    __table_args__ = (
        Index(
            "uq_plan_writer_open",
            "plan_id",
            "person_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_plan_writer_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
