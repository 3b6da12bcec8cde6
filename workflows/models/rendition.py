"""The files of a version: which bytes stand for it, and where they lie."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Moment, Word, known_words


class RenditionKind(StrEnum):
    """What a file of a version is."""

    PREPARED = "prepared"
    SIGNED = "signed"
    ISSUED = "issued"
    PACKAGE = "package"


class Rendition(Base):
    """One file, named by its SHA-256. A version has at most one of each kind."""

    __tablename__ = "rendition"
    __table_args__ = (
        known_words("kind", RenditionKind),
        UniqueConstraint("version_id", "kind"),
        Index("ix_rendition_plan_id", "plan_id"),
        Index("ix_rendition_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    kind: Mapped[RenditionKind] = mapped_column(Word(RenditionKind))
    sha256: Mapped[str] = mapped_column(String(64))
    store_key: Mapped[str] = mapped_column(String(300))
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
