"""What anyone may read without signing in: plans that were issued and are meant to be public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.matching import matches

PAGE = 30
SHOWN = (PlanState.ISSUED, PlanState.RECALLED)
Key = tuple[date, int]
# `matches` asks for a number in a query of its own; under this name the two stay apart.
Line = aliased(RegisterEntry)


@dataclass(frozen=True)
class PublicPage:
    """Some issued plans, newest first; *older* is the key of the next page."""

    entries: Sequence[RegisterEntry]
    older: Key | None


@dataclass(frozen=True)
class PublicPlan:
    """One issued plan with its text and its file."""

    entry: RegisterEntry
    version: PlanVersion
    file: Rendition | None
    recalled_at: datetime | None


@dataclass(frozen=True)
class Registered:
    """What the register says of a file."""

    entry: RegisterEntry
    recalled_at: datetime | None

    @property
    def is_public(self) -> bool:
        """Whether there is a public page to lead to."""
        return self.entry.plan.is_public


def public_plans(session: Session, *, search: str = "", after: Key | None = None) -> PublicPage:
    """The plans after the key *after*, newest first, that the words of *search* stand for."""
    query = _public()
    if (wanted := matches(search)) is not None:
        query = query.where(wanted)
    if after is not None:
        query = query.where(tuple_(Line.dated, Line.id) < after)
    newest = query.order_by(Line.dated.desc(), Line.id.desc())
    found = list(session.scalars(newest.limit(PAGE + 1)))
    shown = found[:PAGE]
    is_last = len(found) <= PAGE
    return PublicPage(shown, None if is_last else (shown[-1].dated, shown[-1].id))


def public_plan(session: Session, plan_id: UUID) -> PublicPlan:
    """The issued plan; raises PlanNotFound for any that is not public."""
    entry = session.scalars(_public().where(Plan.id == plan_id)).first()
    if entry is None:
        raise PlanNotFound("Không có kế hoạch này.")
    version = session.scalars(
        select(PlanVersion).where(
            PlanVersion.plan_id == plan_id, PlanVersion.number == entry.plan.version_number
        )
    ).one()
    file = session.scalars(
        select(Rendition).where(
            Rendition.version_id == version.id, Rendition.kind == RenditionKind.ISSUED
        )
    ).first()
    return PublicPlan(entry, version, file, recalled_at(session, entry.plan))


def registered_file(session: Session, sha256: str) -> Registered | None:
    """The line of the register behind an issued file with this digest.

    Whoever asks holds the very file, so this tells them nothing that it does not.
    """
    entry = session.scalars(
        select(RegisterEntry)
        .join(Rendition, Rendition.plan_id == RegisterEntry.plan_id)
        .where(Rendition.sha256 == sha256, Rendition.kind == RenditionKind.ISSUED)
        .options(joinedload(RegisterEntry.plan))
    ).first()
    return Registered(entry, recalled_at(session, entry.plan)) if entry else None


def recalled_at(session: Session, plan: Plan) -> datetime | None:
    """When the plan was taken out of force, if it was."""
    if plan.state is not PlanState.RECALLED:
        return None
    return session.scalar(
        select(func.max(AuditEvent.at)).where(
            AuditEvent.plan_id == plan.id, AuditEvent.act == "recall"
        )
    )


def _public() -> Select[RegisterEntry]:
    return (
        select(Line)
        .join(Plan, Line.plan_id == Plan.id)
        .where(Plan.state.in_(SHOWN), Plan.is_public)
        .options(joinedload(Line.plan).joinedload(Plan.organisation))
    )
