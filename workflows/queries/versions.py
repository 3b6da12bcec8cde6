"""The frozen versions of a plan: their texts, their digests and the files that stand for them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import PlanNotFound
from workflows.models.people import Person
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.reading import readable_plan
from workflows.queries.working_text import text_of

# What a reader of "the PDF of this version" gets: the furthest of these that exists.
_PDF = (RenditionKind.ISSUED, RenditionKind.SIGNED, RenditionKind.PREPARED)


@dataclass(frozen=True)
class VersionLine:
    """One version in the list of a plan's versions."""

    number: int
    digest: str
    frozen_at: datetime
    frozen_by: str
    pdf: RenditionKind | None


@dataclass(frozen=True)
class Text:
    """A text to be read: the document and what stands above it. *number* None: the working text."""

    plan_id: UUID
    title: str
    number: int | None
    doc: dict[str, Any]
    header: dict[str, Any]
    # Of the working text that it is, or was frozen from.
    text_version: int
    digest: str | None = None
    frozen_at: datetime | None = None
    frozen_by: str | None = None


@dataclass(frozen=True)
class Pdf:
    """Where the bytes lie, and what they must hash to."""

    store_key: str
    sha256: str
    kind: RenditionKind
    number: int


def versions_of(session: Session, plan_id: UUID) -> tuple[VersionLine, ...]:
    """Every version, the newest first; the texts themselves stay where they are."""
    kinds: dict[int, set[RenditionKind]] = {}
    for version_id, kind in session.execute(
        select(Rendition.version_id, Rendition.kind).where(Rendition.plan_id == plan_id)
    ):
        kinds.setdefault(version_id, set()).add(kind)
    rows = session.execute(
        select(
            PlanVersion.id,
            PlanVersion.number,
            PlanVersion.digest,
            PlanVersion.frozen_at,
            Person.name,
        )
        .join(Person, Person.id == PlanVersion.frozen_by_id)
        .where(PlanVersion.plan_id == plan_id)
        .order_by(PlanVersion.number.desc())
    )
    return tuple(
        VersionLine(number, digest, at, by, _furthest(kinds.get(version_id, set())))
        for version_id, number, digest, at, by in rows
    )


def version_text(session: Session, actor: Actor, plan_id: UUID, number: int) -> Text:
    """A frozen text as it stood; raises PlanNotFound."""
    plan, _ = readable_plan(session, plan_id, actor=actor)
    return frozen_text(session, plan, number)


def working_text(session: Session, plan: Plan) -> Text:
    """The text that is still being written, under the header it would have today."""
    organisation = plan.organisation
    header = {
        "kind": "KẾ HOẠCH",
        "parent": organisation.parent_line,
        "organisation": organisation.header_lines,
        "symbol": f"{plan.kind}-{organisation.symbol}",
        "place": organisation.place,
    }
    doc = text_of(session, plan).doc
    return Text(plan.id, plan.title, None, doc, header, plan.text_version)


def frozen_text(session: Session, plan: Plan, number: int) -> Text:
    """One frozen version; raises PlanNotFound when the plan has no such version."""
    row = session.execute(
        select(
            PlanVersion.canonical,
            PlanVersion.text_version,
            PlanVersion.digest,
            PlanVersion.frozen_at,
            Person.name,
        )
        .join(Person, Person.id == PlanVersion.frozen_by_id)
        .where(PlanVersion.plan_id == plan.id, PlanVersion.number == number)
    ).one_or_none()
    if row is None:
        raise PlanNotFound("Không có phiên bản này.")
    canonical, text_version, digest, at, by = row
    whole = json.loads(canonical)
    return Text(
        plan.id,
        plan.title,
        number,
        whole["doc"],
        whole["header"],
        text_version,
        digest,
        at,
        by,
    )


def pdf_of(session: Session, actor: Actor, plan_id: UUID, number: int) -> Pdf:
    """The furthest file of a version: issued, else signed, else prepared; raises PlanNotFound."""
    plan, _ = readable_plan(session, plan_id, actor=actor)
    found = session.scalars(
        select(Rendition)
        .join(PlanVersion, PlanVersion.id == Rendition.version_id)
        .where(
            Rendition.plan_id == plan.id,
            PlanVersion.number == number,
            Rendition.kind.in_(_PDF),
        )
    )
    files = {rendition.kind: rendition for rendition in found}
    kind = _furthest(set(files))
    if kind is None:
        raise PlanNotFound("Phiên bản này chưa có tệp PDF.")
    return Pdf(files[kind].store_key, files[kind].sha256, kind, number)


def _furthest(kinds: set[RenditionKind]) -> RenditionKind | None:
    return next((kind for kind in _PDF if kind in kinds), None)
