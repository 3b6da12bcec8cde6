"""All that is kept of one plan, as plain data: what archive packages and evidence are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.errors import PlanNotFound
from workflows.models.audit import AuditEvent, AuditHead, fields_of
from workflows.models.decision import Decision
from workflows.models.discussion import Comment, PlanView
from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind

Row = dict[str, Any]


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
class Record:
    """The record of one plan; rows are ready to be written as JSON."""

    plan: Row
    organisation_name: str
    organisation_code: str
    versions: tuple[KeptVersion, ...]
    files: tuple[KeptFile, ...]
    decisions: tuple[Row, ...]
    comments: tuple[Row, ...]
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
    versions = session.scalars(_of(PlanVersion, plan_id).order_by(PlanVersion.number)).all()
    entry = session.scalars(_of(RegisterEntry, plan_id)).first()
    numbers = {version.id: version.number for version in versions}
    return Record(
        plan=_plan(plan),
        organisation_name=plan.organisation.name,
        organisation_code=plan.organisation.code,
        versions=tuple(_version(version) for version in versions),
        files=_files(session, plan_id),
        decisions=_decisions(session, plan_id, numbers),
        comments=_comments(session, plan_id),
        views=_views(session, plan_id),
        events=_events(session, plan_id),
        register=_entry(entry) if entry else None,
        audit_head=_head(session),
    )


def plan_of_version(session: Session, version_id: int) -> UUID:
    """The plan that a version belongs to."""
    return session.scalars(select(PlanVersion.plan_id).where(PlanVersion.id == version_id)).one()


def kept_files(session: Session) -> Sequence[KeptFile]:
    """Every file that the database knows of, oldest first."""
    return [_file(row) for row in session.scalars(select(Rendition).order_by(Rendition.id))]


def moment(at: datetime | None) -> str | None:
    """A time as evidence prints it: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def _of(table: Any, plan_id: UUID) -> Select[Any]:
    return select(table).where(table.plan_id == plan_id)


def _plan(plan: Plan) -> Row:
    return {
        "id": str(plan.id),
        "title": plan.title,
        "kind": plan.kind,
        "state": str(plan.state),
        "version_number": plan.version_number,
        "organisation": plan.organisation.name,
        "unit": plan.unit.name,
        "author": plan.author.name,
        "is_public": plan.is_public,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else None,
        "created_at": moment(plan.created_at),
    }


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
    rows = session.scalars(_of(Rendition, plan_id).order_by(Rendition.id))
    return tuple(_file(row) for row in rows)


def _file(row: Rendition) -> KeptFile:
    return KeptFile(row.version_id, row.kind, row.sha256, row.store_key, row.size)


def _decisions(session: Session, plan_id: UUID, numbers: dict[int, int]) -> tuple[Row, ...]:
    rows = session.scalars(
        _of(Decision, plan_id).options(joinedload(Decision.person)).order_by(Decision.id)
    )
    return tuple(
        {
            "version": numbers[row.version_id],
            "digest": row.digest,
            "step": row.step_key,
            "person": row.person.name,
            "position": row.position_title,
            "outcome": str(row.outcome),
            "reason": row.reason,
            "to_step": row.to_step,
            "at": moment(row.at),
            "voided_at": moment(row.voided_at),
            "void_reason": row.void_reason,
        }
        for row in rows
    )


def _comments(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    rows = session.scalars(
        _of(Comment, plan_id).options(joinedload(Comment.person)).order_by(Comment.id)
    )
    return tuple(
        {
            "version": row.version_number,
            "block_id": row.block_id,
            "person": row.person.name,
            "position": row.position_title,
            "text": row.text,
            "at": moment(row.at),
        }
        for row in rows
    )


def _views(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    rows = session.scalars(
        _of(PlanView, plan_id).options(joinedload(PlanView.person)).order_by(PlanView.id)
    )
    return tuple(
        {
            "version": row.version_number,
            "person": row.person.name,
            "page": row.page,
            "address": row.address,
            "at": moment(row.at),
        }
        for row in rows
    )


def _events(session: Session, plan_id: UUID) -> tuple[Row, ...]:
    rows = session.scalars(_of(AuditEvent, plan_id).order_by(AuditEvent.seq))
    return tuple(fields_of(row) for row in rows)


def _entry(entry: RegisterEntry) -> Row:
    return {
        "number": entry.number,
        "symbol": entry.symbol,
        "dated": entry.dated.isoformat(),
        "title": entry.title,
        "signer": entry.signer,
        "recipients": entry.recipients,
        "keeper": entry.keeper,
        "copies": entry.copies,
        "numbered_by": entry.numbered_by.name,
        "numbered_at": moment(entry.numbered_at),
        "sent_on": entry.sent_on.isoformat() if entry.sent_on else None,
        "note": entry.note,
    }


def _head(session: Session) -> Row:
    head = session.scalars(select(AuditHead)).one()
    return {"seq": head.seq, "hash": head.hash}
