"""Which text of a plan somebody knows: the one they last looked at, the one they decided on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from workflows.domain.machine import EDITABLE
from workflows.models.decision import Decision
from workflows.models.discussion import PlanView
from workflows.models.plan import Plan, PlanVersion

# Whoever looks at the same text again within this time is still looking.
SITTING = timedelta(minutes=30)
# Where an old text may be read, or none.
ELSEWHERE = ("version", "pdf", "history", "evidence")


@dataclass(frozen=True)
class Known:
    """A text and when it was known: a frozen version, or the working text at a version."""

    at: datetime
    number: int | None = None
    text_version: int | None = None


def last_seen(
    session: Session, plan: Plan, person_id: int, *, reads_drafts: bool, now: datetime
) -> Known | None:
    """The newest text that this person looked at before the look that they are taking now."""
    shows_draft = reads_drafts and plan.state in EDITABLE
    version = PlanView.text_version if shows_draft else PlanView.version_number
    current = plan.text_version if shows_draft else plan.version_number
    is_frozen = and_(PlanView.text_version.is_(None), PlanView.version_number > 0)
    row = session.execute(
        select(PlanView.at, PlanView.version_number, PlanView.text_version)
        .where(
            PlanView.plan_id == plan.id,
            PlanView.person_id == person_id,
            PlanView.page.not_in(ELSEWHERE),
            or_(is_frozen, PlanView.text_version.is_not(None)) if reads_drafts else is_frozen,
            or_(version.is_distinct_from(current), PlanView.at <= now - SITTING),
        )
        .order_by(
            PlanView.version_number.desc(),
            PlanView.text_version.desc().nulls_last(),
            PlanView.at.desc(),
        )
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    at, number, text_version = row
    return Known(at, number if text_version is None else None, text_version)


def last_decided(session: Session, plan: Plan, person_id: int) -> Known | None:
    """The version that this person last decided on; one that still stands comes first."""
    row = session.execute(
        select(Decision.at, PlanVersion.number)
        .join(PlanVersion, PlanVersion.id == Decision.version_id)
        .where(Decision.plan_id == plan.id, Decision.person_id == person_id)
        .order_by(Decision.voided_at.is_not(None), Decision.at.desc(), Decision.id.desc())
        .limit(1)
    ).one_or_none()
    return Known(*row) if row else None
