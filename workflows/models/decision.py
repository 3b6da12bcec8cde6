"""Decisions: who said yes or no, in which position, on which digest."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Moment, Word, known_words
from workflows.models.people import Person
from workflows.models.plan import PlanVersion


class Outcome(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    RETURNED = "returned"
    SIGNED = "signed"
    NUMBERED = "numbered"


class Decision(Base):
    """One decision. It is voided, never deleted, when the text it covered is gone."""

    __tablename__ = "decision"
    __table_args__ = (
        known_words("outcome", Outcome),
        # Two people who press at once: the second row is refused here too.
        Index("uq_decision_step_run", "step_run_id", unique=True),
        Index("ix_decision_plan_id", "plan_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    digest: Mapped[str] = mapped_column(String(64))
    step_run_id: Mapped[int] = mapped_column(ForeignKey("step_run.id"))
    step_key: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    position_title: Mapped[str] = mapped_column(String(310))
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    to_step: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    void_reason: Mapped[str | None] = mapped_column(Text)

    person: Mapped[Person] = relationship()
    version: Mapped[PlanVersion] = relationship()
