"""What was said about a plan, and who has looked at it (Phụ lục VI, III.5a)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Moment
from workflows.models.people import Person


class Comment(Base):
    """A remark on a plan, or on one block of one version of it."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_plan_id_at", "plan_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    version_number: Mapped[int]
    block_id: Mapped[str | None] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position_title: Mapped[str] = mapped_column(String(310))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship()


class PlanView(Base):
    """Somebody opened a plan."""

    __tablename__ = "plan_view"
    __table_args__ = (Index("ix_plan_view_plan_id_at", "plan_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    version_number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    page: Mapped[str] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship()
