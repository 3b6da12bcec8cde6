"""Who opened a plan (Phụ lục VI, III.5a): noted at most once in a few minutes."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.models.discussion import PlanView
from workflows.services.transaction import transaction

QUIET = timedelta(minutes=10)


def record_view(
    session: Session,
    *,
    plan_id: UUID,
    version_number: int,
    text_version: int | None = None,
    page: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Note the look, unless the same person looked at the same page a moment ago."""
    with transaction(session):
        seen = session.scalar(
            select(PlanView.id)
            .where(
                PlanView.plan_id == plan_id,
                PlanView.person_id == actor.id,
                PlanView.page == page,
                PlanView.version_number == version_number,
                PlanView.text_version == text_version,
                PlanView.at > now - QUIET,
            )
            .limit(1)
        )
        if seen is None:
            session.add(
                PlanView(
                    plan_id=plan_id,
                    version_number=version_number,
                    text_version=text_version,
                    person_id=actor.id,
                    page=page,
                    address=actor.address,
                    at=now,
                )
            )
