"""Which stored file stands for what; the bytes themselves lie in the store."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind


def current_file(session: Session, plan: Plan, kind: RenditionKind) -> Rendition | None:
    """The file of this kind of the plan's current version, if there is one yet."""
    return session.scalars(
        select(Rendition)
        .join(PlanVersion, Rendition.version_id == PlanVersion.id)
        .where(
            PlanVersion.plan_id == plan.id,
            PlanVersion.number == plan.version_number,
            Rendition.kind == kind,
        )
    ).first()


def file_with(session: Session, plan_id: UUID, sha256: str) -> Rendition | None:
    """The plan's file with this digest; any version's."""
    return session.scalars(
        select(Rendition).where(Rendition.plan_id == plan_id, Rendition.sha256 == sha256)
    ).first()


def files_of(session: Session, plan_id: UUID) -> Sequence[tuple[int, Rendition]]:
    """Every file of the plan with the number of its version, oldest first."""
    rows = session.execute(
        select(PlanVersion.number, Rendition)
        .join(PlanVersion, Rendition.version_id == PlanVersion.id)
        .where(Rendition.plan_id == plan_id)
        .order_by(PlanVersion.number, Rendition.id)
    )
    return [(number, rendition) for number, rendition in rows]
