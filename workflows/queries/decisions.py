"""The decisions on a plan: who, in which position, on which text, and whether it still stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.chain import Chain
from workflows.models.decision import Decision, Outcome
from workflows.models.people import Person
from workflows.models.plan import PlanVersion


@dataclass(frozen=True)
class DecisionLine:
    """One decision, standing or struck out."""

    outcome: Outcome
    step_key: str
    step_title: str
    to_step: str | None
    to_title: str | None
    who: str
    position: str
    at: datetime
    reason: str
    version_number: int
    digest: str
    voided_at: datetime | None
    void_reason: str | None
    is_mine: bool


def decisions_of(
    session: Session, plan_id: UUID, chain: Chain | None, reader_id: int
) -> tuple[DecisionLine, ...]:
    """Every decision, the last one first. The texts decided on are not loaded."""
    titles = {step.key: step.title for step in chain.steps} if chain else {}
    rows = session.execute(
        select(Decision, PlanVersion.number, Person.name)
        .join(PlanVersion, PlanVersion.id == Decision.version_id)
        .join(Person, Person.id == Decision.person_id)
        .where(Decision.plan_id == plan_id)
        .order_by(Decision.at.desc(), Decision.id.desc())
    )
    return tuple(
        DecisionLine(
            outcome=made.outcome,
            step_key=made.step_key,
            step_title=titles.get(made.step_key, made.step_key),
            to_step=made.to_step,
            to_title=titles.get(made.to_step, made.to_step) if made.to_step else None,
            who=name,
            position=made.position_title,
            at=made.at,
            reason=made.reason,
            version_number=number,
            digest=made.digest,
            voided_at=made.voided_at,
            void_reason=made.void_reason,
            is_mine=made.person_id == reader_id,
        )
        for made, number, name in rows
    )


def returns_taken(decisions: Iterable[DecisionLine]) -> frozenset[tuple[str, str]]:
    """The ways back that the plan has gone, as pairs of steps."""
    return frozenset((line.step_key, line.to_step) for line in decisions if line.to_step)


def decided_before(decisions: Iterable[DecisionLine], current: int) -> int | None:
    """The last version that the reader decided on, when the text has been frozen anew since."""
    last = max((line.version_number for line in decisions if line.is_mine), default=0)
    return last if 0 < last < current else None
