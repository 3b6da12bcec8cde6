"""Organisations, units, people and positions: dated data, because all of them change."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.domain.actor import Role
from workflows.domain.capacity import Capacity
from workflows.models.base import Base, Word, known_words


class Organisation(Base):
    """A body that issues or receives documents, as it is from *valid_from* to *valid_to*."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(35), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # The lines of ô 2 of Phụ lục I, and the superior body's line above them, if any.
    header_lines: Mapped[list[str]] = mapped_column(JSONB)
    parent_line: Mapped[str | None] = mapped_column(String(200))
    # The collective that its head signs for (TM.); None where the head signs alone.
    collective: Mapped[str | None] = mapped_column(String(200))
    symbol: Mapped[str] = mapped_column(String(30))
    place: Mapped[str] = mapped_column(String(100))
    key_name: Mapped[str | None] = mapped_column(String(100))
    seal_diameter_mm: Mapped[int] = mapped_column(default=42)
    # Điều 15.1: the head decides whether numbers run per kind or in one common series.
    numbers_per_kind: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))


class Unit(Base):
    """A Sở, office or room inside an organisation."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(35))
    name: Mapped[str] = mapped_column(String(200))
    abbreviation: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    organisation: Mapped[Organisation] = relationship()


class UnitFunction(Base):
    """What a unit is responsible for, such as the appraisal: never a name in code."""

    __tablename__ = "unit_function"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    function: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    unit: Mapped[Unit] = relationship()


class Person(Base):
    """A person. What they may do comes from their positions on the day."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(200), unique=True)

    positions: Mapped[list["Position"]] = relationship(back_populates="person")


class Position(Base):
    """A title held by a person in a unit from one day to another, both included."""

    __tablename__ = "position"
    __table_args__ = (
        known_words("role", Role),
        known_words("capacity", Capacity),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        Index("ix_position_seat", "unit_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(Word(Role))
    title: Mapped[str] = mapped_column(String(100))
    capacity: Mapped[Capacity] = mapped_column(Word(Capacity), default=Capacity.NONE)
    head_title: Mapped[str | None] = mapped_column(String(100))
    field: Mapped[str | None] = mapped_column(String(200))
    key_name: Mapped[str | None] = mapped_column(String(100))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="positions")
    unit: Mapped[Unit] = relationship()


class RecipientGroup(Base):
    """A line of Nơi nhận that stands for many bodies, such as "Các Sở, Ban, ngành"."""

    __tablename__ = "recipient_group"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(35))
    name: Mapped[str] = mapped_column(String(200))

    members: Mapped[list["RecipientGroupMember"]] = relationship()


class RecipientGroupMember(Base):
    """One body of a group: a unit of ours, or another organisation."""

    __tablename__ = "recipient_group_member"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (organisation_id IS NULL)", name="one_body"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("recipient_group.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    unit: Mapped[Unit | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
