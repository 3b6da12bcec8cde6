"""All that is kept of one plan, as plain data: what archive packages and evidence are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.errors import PlanNotFound
from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.models.word import ImportState, WordImport
from workflows.queries.kept import (
    Row,
    comment_rows,
    decision_rows,
    event_rows,
    head_row,
    of_plan,
    plan_row,
    proposal_rows,
    register_row,
    view_rows,
)


@dataclass(frozen=True)
class KeptVersion:
    """A frozen version: its bytes and what is known of them."""

    id: int
    number: int
    digest: str
    canonical: bytes
    frozen_at: datetime
    frozen_by: str


@dataclass(frozen=True)
class KeptFile:
    """A file of a version, where it lies and what it must hash to."""

    version_id: int
    kind: RenditionKind
    sha256: str
    store_key: str
    size: int


@dataclass(frozen=True)
class KeptWord:
    """A Word file that was taken into the plan's text, as it came."""

    store_key: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Record:
    """The record of one plan; rows are ready to be written as JSON."""

    plan: Row
    organisation_name: str
    organisation_code: str
    versions: tuple[KeptVersion, ...]
    files: tuple[KeptFile, ...]
    decisions: tuple[Row, ...]
    comments: tuple[Row, ...]
    proposals: tuple[Row, ...]
    word_files: tuple[KeptWord, ...]
    views: tuple[Row, ...]
    events: tuple[Row, ...]
    register: Row | None
    audit_head: Row

    def version(self, version_id: int) -> KeptVersion:
        """The version with this id."""
        return next(version for version in self.versions if version.id == version_id)

    def file(self, version_id: int, kind: RenditionKind) -> KeptFile:
        """The version's file of this kind; raises LookupError when there is none."""
        for file in self.files:
            if (file.version_id, file.kind) == (version_id, kind):
                return file
        raise LookupError(f"version {version_id} has no {kind} file")


def record_of(session: Session, plan_id: UUID) -> Record:
    """Read everything that is kept of a plan; raises PlanNotFound."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise PlanNotFound("Không có kế hoạch này.")
    versions = session.scalars(of_plan(PlanVersion, plan_id).order_by(PlanVersion.number)).all()
    entry = session.scalars(of_plan(RegisterEntry, plan_id)).first()
    numbers = {version.id: version.number for version in versions}
    return Record(
        plan=plan_row(plan),
        organisation_name=plan.organisation.name,
        organisation_code=plan.organisation.code,
        versions=tuple(_version(version) for version in versions),
        files=_files(session, plan_id),
        decisions=decision_rows(session, plan_id, numbers),
        comments=comment_rows(session, plan_id),
        proposals=proposal_rows(session, plan_id),
        word_files=_word_files(session, plan_id),
        views=view_rows(session, plan_id),
        events=event_rows(session, plan_id),
        register=register_row(entry) if entry else None,
        audit_head=head_row(session),
    )


def plan_of_version(session: Session, version_id: int) -> UUID:
    """The plan that a version belongs to."""
    return session.scalars(select(PlanVersion.plan_id).where(PlanVersion.id == version_id)).one()


def kept_files(session: Session) -> Sequence[KeptFile]:
    """Every file that the database knows of, oldest first."""
    return [_file(row) for row in session.scalars(select(Rendition).order_by(Rendition.id))]


def _version(version: PlanVersion) -> KeptVersion:
    return KeptVersion(
        id=version.id,
        number=version.number,
        digest=version.digest,
        canonical=version.canonical.encode(),
        frozen_at=version.frozen_at,
        frozen_by=version.frozen_by.name,
    )


def _files(session: Session, plan_id: UUID) -> tuple[KeptFile, ...]:
    rows = session.scalars(of_plan(Rendition, plan_id).order_by(Rendition.id))
    return tuple(_file(row) for row in rows)


def _word_files(session: Session, plan_id: UUID) -> tuple[KeptWord, ...]:
    rows = session.execute(
        select(WordImport.file_key, WordImport.sha256, WordImport.size)
        .where(WordImport.plan_id == plan_id, WordImport.state == ImportState.TAKEN)
        .order_by(WordImport.created_at, WordImport.id)
    )
    return tuple(KeptWord(*row) for row in rows)


def _file(row: Rendition) -> KeptFile:
    return KeptFile(row.version_id, row.kind, row.sha256, row.store_key, row.size)
