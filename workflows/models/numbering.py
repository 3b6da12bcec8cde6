"""Number series and the register of outgoing documents (Điều 15, 16; Phụ lục IV)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Moment
from workflows.models.people import Person
from workflows.models.plan import Plan

# The kind of a series that all kinds of an organisation share.
COMMON = "*"


class NumberSeries(Base):
    """The numbers of one organisation, year and kind; its row is locked to take the next."""

    __tablename__ = "number_series"
    __table_args__ = (
        UniqueConstraint("organisation_id", "year", "kind"),
        CheckConstraint("last_number >= 0", name="last_number_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    last_number: Mapped[int] = mapped_column(default=0)
    last_dated: Mapped[date | None]


class RegisterEntry(Base):
    """One line of Sổ đăng ký văn bản đi: the number and date that are bound to a plan."""

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    number: Mapped[int]
    dated: Mapped[date]
    symbol: Mapped[str] = mapped_column(String(40))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), unique=True)
    title: Mapped[str] = mapped_column(String(600))
    signer: Mapped[str] = mapped_column(String(200))
    # Nơi nhận as resolved on the day of issue: [{"text", "bodies": [...]}].
    recipients: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    keeper: Mapped[str] = mapped_column(String(200))
    copies: Mapped[int] = mapped_column(default=1)
    numbered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    numbered_at: Mapped[datetime] = mapped_column(Moment)
    sent_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")

    plan: Mapped[Plan] = relationship()
    series: Mapped[NumberSeries] = relationship()
    numbered_by: Mapped[Person] = relationship()
