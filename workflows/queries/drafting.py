"""What the pages around a draft need to know: units to draft for, fellow writers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Role
from workflows.domain.errors import NotPermitted
from workflows.domain.machine import PlanAction, PlanState
from workflows.domain.policy import is_drafter_here, is_editable, refusal
from workflows.models.decision import Outcome
from workflows.models.people import Person, Position, Unit
from workflows.models.plan import Plan
from workflows.models.text import PlanWriter
from workflows.queries.decisions import DecisionLine, decisions_of
from workflows.queries.people import drafting_units, valid_on
from workflows.queries.plan_page import Head, head_of
from workflows.queries.reading import plan_to_act_on, readable_plan
from workflows.queries.rollover import Origin, origin_of


@dataclass(frozen=True)
class Writer:
    """Somebody of another unit who writes along."""

    person_id: int
    name: str
    since: datetime


@dataclass(frozen=True)
class Draft:
    """What the editor's page says around the text."""

    head: Head
    writers: tuple[Writer, ...]
    # Why the plan came back, while it is back.
    returned: DecisionLine | None
    origin: Origin | None
    # Whether the reader drafts for the plan's own unit, and is no guest.
    is_own: bool


def draft_of(session: Session, actor: Actor, plan_id: UUID) -> Draft:
    """The draft for whoever may edit it now.

    Raises PlanNotFound, NotPermitted or NotPossible, as saving would.
    """
    plan, facts = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.EDIT)
    return Draft(
        head=head_of(plan),
        writers=writers_of(session, plan_id),
        returned=_last_return(session, plan),
        origin=origin_of(session, actor, plan_id),
        is_own=is_drafter_here(actor, facts) is None,
    )


def closed_draft(session: Session, actor: Actor, plan_id: UUID) -> Head | None:
    """The plan, when *actor* writes it and its text is closed just now; None otherwise.

    Raises PlanNotFound.
    """
    plan, facts = readable_plan(session, plan_id, actor=actor)
    is_closed = not is_editable(facts) and refusal(actor, PlanAction.EDIT, facts) is None
    return head_of(plan) if is_closed else None


def may_edit_now(session: Session, actor: Actor, plan_id: UUID) -> bool:
    """Whether *actor* may write in the text as it is; raises PlanNotFound."""
    _plan, facts = readable_plan(session, plan_id, actor=actor)
    return is_editable(facts) and refusal(actor, PlanAction.EDIT, facts) is None


@dataclass(frozen=True)
class Invitations:
    """Who writes along, and who else of the organisation could: (key, words)."""

    head: Head
    writers: tuple[Writer, ...]
    offered: tuple[tuple[str, str], ...]


def invitations_of(session: Session, actor: Actor, plan_id: UUID, *, today: date) -> Invitations:
    """The page of fellow writers for whoever may invite; raises as inviting would."""
    plan, facts = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.INVITE)
    rows = session.execute(
        select(Person.id, Person.name, Position.title, Unit.name)
        .join(Position, Position.person_id == Person.id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            Position.role == Role.DRAFTER,
            Unit.organisation_id == plan.organisation_id,
            Unit.id != plan.unit_id,
            valid_on(Position, today),
        )
        .order_by(Unit.name, Person.name)
    )
    offered = tuple(
        (str(person_id), f"{name} ({title}, {unit})")
        for person_id, name, title, unit in rows
        if person_id not in facts.writers
    )
    return Invitations(head_of(plan), writers_of(session, plan_id), offered)


def writers_of(session: Session, plan_id: UUID) -> tuple[Writer, ...]:
    """Who was asked to write along and still may."""
    rows = session.execute(
        select(Person.id, Person.name, PlanWriter.at)
        .join(PlanWriter, PlanWriter.person_id == Person.id)
        .where(PlanWriter.plan_id == plan_id, PlanWriter.ended_at.is_(None))
        .order_by(PlanWriter.id)
    )
    return tuple(Writer(*row) for row in rows)


def units_to_draft_for(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """(key, name) of each unit for which *actor* drafts; raises NotPermitted when there is none."""
    found = tuple((str(unit.id), unit.name) for unit in drafting_units(session, actor))
    if not found or actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        raise NotPermitted("Chỉ chuyên viên soạn thảo của đơn vị được lập kế hoạch mới.")
    return found


def _last_return(session: Session, plan: Plan) -> DecisionLine | None:
    if plan.state is not PlanState.RETURNED:
        return None
    made = decisions_of(session, plan.id, None, plan.author_id)
    return next((line for line in made if line.outcome is Outcome.RETURNED), None)
