"""The clerk's desk: what waits for a number, what is being sealed, what has gone out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor, Role
from workflows.domain.machine import PlanAction, PlanState
from workflows.domain.policy import require
from workflows.models.decision import Decision, Outcome
from workflows.models.numbering import COMMON, NumberSeries, RegisterEntry
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan, PlanVersion, StepRun
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.deadline import Deadline, deadline
from workflows.queries.files import current_file
from workflows.queries.reading import organisations_of, plan_to_act_on, readable_plan
from workflows.queries.recipients import keeper_of, recipients_of

MOST = 200
RECENT = 20
# The kind of a series that all kinds share (Điều 15.1).
DeskQuery = Select[Plan, Decision, RegisterEntry, OutboxMessage, date | None]
NUMBERED = (PlanState.NUMBERED, PlanState.ISSUED, PlanState.RECALLED)


@dataclass(frozen=True)
class DeskRow:
    """One plan on the desk; *sealing* is the work still owed by the job that seals it.

    *due* is the step's own date: the working day after the signature (Điều 18.1).
    """

    plan: Plan
    signed_at: datetime | None
    signer: str | None
    due: Deadline | None
    entry: RegisterEntry | None
    sealing: OutboxMessage | None


@dataclass(frozen=True)
class Desk:
    """The three lists of the clerk's page."""

    waiting: Sequence[DeskRow]
    sealing: Sequence[DeskRow]
    issued: Sequence[DeskRow]


@dataclass(frozen=True)
class IssuingSheet:
    """One plan before, during and after the clerk's act."""

    row: DeskRow
    expected: int
    symbol: str
    recipients: list[dict[str, Any]]
    keeper: str
    signed: Rendition | None
    issued: Rendition | None


def desk_of(session: Session, *, actor: Actor, today: date) -> Desk:
    """What lies on the desk of the organisations for which *actor* is the clerk."""
    here = _desk_query().where(Plan.organisation_id.in_(organisations_of(actor, Role.CLERK)))
    oldest_first = here.order_by(Plan.updated_at, Plan.id).limit(MOST)
    newest_first = here.order_by(Plan.updated_at.desc(), Plan.id.desc()).limit(RECENT)
    waiting = _read(session, oldest_first.where(Plan.state == PlanState.SIGNED), today)
    sealing = _read(session, oldest_first.where(Plan.state == PlanState.NUMBERED), today)
    issued = _read(session, newest_first.where(Plan.state == PlanState.ISSUED), today)
    return Desk(list(waiting), list(sealing), list(issued))


def issuing_sheet(session: Session, plan_id: UUID, *, actor: Actor, today: date) -> IssuingSheet:
    """The sheet of one plan; raises PlanNotFound, NotPermitted, or NotPossible before signature."""
    plan, facts = readable_plan(session, plan_id, actor=actor)
    if plan.state in NUMBERED:
        # The same door as for recalling: the clerk of the plan's own organisation.
        require(actor, PlanAction.RECALL, facts)
    else:
        plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.NUMBER)
    canonical = _canonical(session, plan)
    return IssuingSheet(
        row=next(_read(session, _desk_query().where(Plan.id == plan_id), today)),
        expected=_last_number(session, plan, today.year) + 1,
        symbol=f"{plan.kind}-{plan.organisation.symbol}",
        recipients=recipients_of(session, plan.organisation_id, canonical, on=today),
        keeper=keeper_of(canonical),
        signed=current_file(session, plan, RenditionKind.SIGNED),
        issued=current_file(session, plan, RenditionKind.ISSUED),
    )


def recall_sheet(session: Session, plan_id: UUID, *, actor: Actor) -> tuple[Plan, RegisterEntry]:
    """The plan and its line in the register; raises PlanNotFound, NotPermitted or NotPossible."""
    plan, _facts = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.RECALL)
    entry = session.scalars(select(RegisterEntry).where(RegisterEntry.plan_id == plan_id)).one()
    return plan, entry


def _desk_query() -> DeskQuery:
    signature = (Decision.outcome == Outcome.SIGNED) & Decision.voided_at.is_(None)
    owed = (OutboxMessage.topic == Topic.SEAL) & OutboxMessage.handled_at.is_(None)
    return (
        select(Plan, Decision, RegisterEntry, OutboxMessage, StepRun.due_on)
        .outerjoin(Decision, (Decision.plan_id == Plan.id) & signature)
        .outerjoin(RegisterEntry, RegisterEntry.plan_id == Plan.id)
        .outerjoin(OutboxMessage, (OutboxMessage.plan_id == Plan.id) & owed)
        .outerjoin(StepRun, (StepRun.plan_id == Plan.id) & StepRun.left_at.is_(None))
        .options(joinedload(Plan.unit), joinedload(Decision.person))
    )


def _read(session: Session, query: DeskQuery, today: date) -> Iterator[DeskRow]:
    for plan, signed, entry, message, due_on in session.execute(query):
        at, signer = (signed.at, signed.person.name) if signed else (None, None)
        yield DeskRow(plan, at, signer, deadline(due_on, today), entry, message)


def _last_number(session: Session, plan: Plan, year: int) -> int:
    """The last number given in the series that the plan would draw from."""
    organisation = plan.organisation
    last = session.scalar(
        select(NumberSeries.last_number).where(
            NumberSeries.organisation_id == organisation.id,
            NumberSeries.year == year,
            NumberSeries.kind == (plan.kind if organisation.numbers_per_kind else COMMON),
        )
    )
    return last or 0


def _canonical(session: Session, plan: Plan) -> str:
    return session.scalars(
        select(PlanVersion.canonical).where(
            PlanVersion.plan_id == plan.id, PlanVersion.number == plan.version_number
        )
    ).one()
