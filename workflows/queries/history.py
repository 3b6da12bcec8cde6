"""What the auditor reads: everything that happened to a plan, and whether the record holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from workflows.domain.actor import Actor, Role
from workflows.domain.errors import PlanNotFound
from workflows.domain.evidence import GENESIS, event_hash
from workflows.models.audit import AuditEvent, fields_of
from workflows.models.decision import Decision
from workflows.models.discussion import PlanView
from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition
from workflows.queries.files import files_of
from workflows.queries.history_talk import Talk, talks_of
from workflows.queries.matching import matches
from workflows.queries.proposed import ProposedLine, all_proposed
from workflows.queries.reading import organisations_of

PAGE = 30
MOST_VIEWS = 500
Key = tuple[datetime, UUID]
# `matches` asks for a number in a query of its own; under this name the two stay apart.
Line = aliased(RegisterEntry)


@dataclass(frozen=True)
class HistoryPage:
    """Some plans in scope, last changed first; *older* is the key of the next page."""

    plans: Sequence[tuple[Plan, RegisterEntry | None]]
    older: Key | None


@dataclass(frozen=True)
class CheckedEvent:
    """One event, and whether its hash and its two neighbours in the chain agree with it."""

    event: AuditEvent
    holds: bool


@dataclass(frozen=True)
class History:
    """Everything that is kept of one plan."""

    plan: Plan
    entry: RegisterEntry | None
    versions: Sequence[PlanVersion]
    decisions: Sequence[Decision]
    talks: Sequence[Talk]
    proposals: Sequence[ProposedLine]
    views: Sequence[PlanView]
    files: Sequence[tuple[int, Rendition]]
    events: Sequence[CheckedEvent]

    @property
    def holds(self) -> bool:
        """Whether every event of the plan is as it was written."""
        return all(event.holds for event in self.events)


def audited_plans(
    session: Session, *, actor: Actor, search: str = "", after: Key | None = None
) -> HistoryPage:
    """The plans of the organisations that *actor* audits, drafts included."""
    query = (
        select(Plan, Line)
        .outerjoin(Line, Line.plan_id == Plan.id)
        .where(Plan.organisation_id.in_(organisations_of(actor, Role.AUDITOR)))
        .options(joinedload(Plan.unit), joinedload(Plan.author))
    )
    if (wanted := matches(search)) is not None:
        query = query.where(wanted)
    if after is not None:
        query = query.where(tuple_(Plan.updated_at, Plan.id) < after)
    query = query.order_by(Plan.updated_at.desc(), Plan.id.desc()).limit(PAGE + 1)
    found = [(plan, entry) for plan, entry in session.execute(query)]
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    return HistoryPage(found[:PAGE], (last.updated_at, last.id) if last else None)


def history_of(session: Session, plan_id: UUID, *, actor: Actor) -> History:
    """All of one plan; raises PlanNotFound outside the auditor's organisations."""
    plan = audited_plan(session, plan_id, actor=actor)
    return History(
        plan=plan,
        entry=session.scalars(
            select(RegisterEntry).where(RegisterEntry.plan_id == plan_id)
        ).first(),
        versions=session.scalars(
            _of(PlanVersion, plan_id)
            .options(joinedload(PlanVersion.frozen_by))
            .order_by(PlanVersion.number)
        ).all(),
        decisions=session.scalars(
            _of(Decision, plan_id)
            .options(joinedload(Decision.person), joinedload(Decision.version))
            .order_by(Decision.at, Decision.id)
        ).all(),
        talks=talks_of(session, plan),
        proposals=all_proposed(session, plan_id),
        views=session.scalars(
            _of(PlanView, plan_id)
            .options(joinedload(PlanView.person))
            .order_by(PlanView.at.desc(), PlanView.id.desc())
            .limit(MOST_VIEWS)
        ).all(),
        files=files_of(session, plan_id),
        events=checked_events(session, plan_id),
    )


def audited_plan(session: Session, plan_id: UUID, *, actor: Actor) -> Plan:
    """The plan, if it lies within what *actor* audits."""
    plan = session.get(Plan, plan_id)
    if plan is None or plan.organisation_id not in organisations_of(actor, Role.AUDITOR):
        raise PlanNotFound("Không có kế hoạch này.")
    return plan


def checked_events(session: Session, plan_id: UUID) -> list[CheckedEvent]:
    """The plan's events in order, each hashed anew and held against its neighbours.

    This shows what was touched in this plan's part of the record; that no event was taken out
    elsewhere is for the walk along the whole chain.
    """
    events = session.scalars(_of(AuditEvent, plan_id).order_by(AuditEvent.seq)).all()
    sought = {seq for event in events for seq in (event.seq - 1, event.seq + 1)}
    columns = (AuditEvent.seq, AuditEvent.previous_hash, AuditEvent.hash)
    rows = session.execute(select(*columns).where(AuditEvent.seq.in_(sought)))
    around = {seq: (previous, own) for seq, previous, own in rows}
    return [CheckedEvent(event, _holds(event, around)) for event in events]


def _holds(event: AuditEvent, around: dict[int, tuple[str, str]]) -> bool:
    before = around.get(event.seq - 1, ("", GENESIS if event.seq == 1 else ""))[1]
    after = around.get(event.seq + 1, (event.hash, ""))[0]
    own = event_hash(fields_of(event))
    return own == event.hash and event.previous_hash == before and after == event.hash


def _of(table: Any, plan_id: UUID) -> Any:
    return select(table).where(table.plan_id == plan_id)
