"""Word files that people brought in, and what was read from them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Moment, Word, known_words


class ImportState(StrEnum):
    """How far the reading of a file has come."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    REFUSED = "refused"
    TAKEN = "taken"
    DROPPED = "dropped"


# Those that ask for work, or for a decision of the person who brought them.
OPEN_STATES = (ImportState.WAITING, ImportState.READING, ImportState.READY)


class WordImport(Base):
    """One uploaded file, on its way to becoming a text. Only its uploader sees it."""

    __tablename__ = "word_import"
    __table_args__ = (
        known_words("state", ImportState),
        Index("ix_word_import_person_id", "person_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    # The draft that it shall replace, or the plan that it became.
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    file_key: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    state: Mapped[ImportState] = mapped_column(Word(ImportState), default=ImportState.WAITING)
    # Hundredths of the way.
    progress: Mapped[int] = mapped_column(default=0)
    # Why it was refused.
    sentence: Mapped[str] = mapped_column(Text, default="")
    # {"doc": …, "doubts": […], "notes": […], "base": …, "signing": […]} once it is ready.
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
