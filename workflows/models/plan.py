"""The plan, its frozen versions, who wrote it, and the steps that it has been in."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.domain.actor import Role
from workflows.domain.machine import PlanState
from workflows.models.base import Base, Moment, Word, known_words
from workflows.models.chain import ChainDefinition
from workflows.models.people import Organisation, Person, Position, Unit


class Plan(Base):
    """A Kế hoạch on its way. *state* is written by `services.advance` alone."""

    __tablename__ = "plan"
    __table_args__ = (
        known_words("state", PlanState),
        Index("ix_plan_author_updated", "author_id", "updated_at"),
        Index("ix_plan_unit_updated", "unit_id", "updated_at"),
        Index("ix_plan_organisation_state_updated", "organisation_id", "state", "updated_at"),
        Index("ix_plan_organisation_updated", "organisation_id", "updated_at", "id"),
        Index("ix_plan_issued_on", "issued_on", postgresql_where=text("issued_on IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10), default="KH")
    title: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[PlanState] = mapped_column(Word(PlanState), default=PlanState.DRAFT)
    step_key: Mapped[str] = mapped_column(String(40), default="draft")
    chain_id: Mapped[int | None] = mapped_column(ForeignKey("chain_definition.id"))
    signing_position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    version_number: Mapped[int] = mapped_column(default=0)
    # How many steps the log of the working text has; what anyone decides on is a frozen version.
    text_version: Mapped[int] = mapped_column(default=0)
    is_public: Mapped[bool] = mapped_column(default=True)
    issued_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)

    organisation: Mapped[Organisation] = relationship()
    unit: Mapped[Unit] = relationship()
    author: Mapped[Person] = relationship()
    chain: Mapped[ChainDefinition | None] = relationship()
    signing_position: Mapped[Position | None] = relationship()
    versions: Mapped[list["PlanVersion"]] = relationship(
        order_by="PlanVersion.number", back_populates="plan"
    )


class PlanVersion(Base):
    """A frozen text: its canonical JSON and the SHA-256 that every approval is bound to.

    A trigger refuses UPDATE and DELETE.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    canonical: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    # Where on the working text's time line it was frozen: positions in both are the same.
    text_version: Mapped[int]
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    plan: Mapped[Plan] = relationship(back_populates="versions")
    frozen_by: Mapped[Person] = relationship()


class PlanEditor(Base):
    """Somebody who wrote in the text, and so may never decide on it."""

    __tablename__ = "plan_editor"
    __table_args__ = (Index("ix_plan_editor_person_id", "person_id"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)


class StepRun(Base):
    """One stay of a plan in one step: the seat it waits for, since when, until when."""

    __tablename__ = "step_run"
    __table_args__ = (
        known_words("role", Role),
        Index(
            "ix_step_run_waiting",
            "unit_id",
            "role",
            "due_on",
            "id",
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "uq_step_run_open",
            "plan_id",
            unique=True,
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_step_run_plan_id", "plan_id"),
        Index("ix_step_run_seat_plan_id", "unit_id", "role", "plan_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    step_key: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(Word(Role))
    # Set where one person alone may act, as the signer named in the text.
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    version_number: Mapped[int]
    entered_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None]
    left_at: Mapped[datetime | None] = mapped_column(Moment)

    plan: Mapped[Plan] = relationship()
    unit: Mapped[Unit] = relationship()
