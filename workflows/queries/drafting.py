"""What the drafter's form needs to know before it can be shown or read."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Role
from workflows.domain.errors import NotPermitted
from workflows.domain.machine import PlanAction, PlanState
from workflows.models.decision import Outcome
from workflows.models.plan import Plan
from workflows.queries.decisions import DecisionLine, decisions_of
from workflows.queries.directory import Directory, directory_of
from workflows.queries.people import drafting_units, signing_positions
from workflows.queries.plan_page import Head, head_of
from workflows.queries.reading import plan_to_act_on


@dataclass(frozen=True)
class Draft:
    """A working text with all that may be chosen for it."""

    head: Head
    doc: dict[str, Any]
    # (key, words) of each position that may sign.
    signers: tuple[tuple[str, str], ...]
    directory: Directory
    # Why the plan came back, while it is back.
    returned: DecisionLine | None


def draft_of(session: Session, actor: Actor, plan_id: UUID, *, today: date) -> Draft:
    """The draft for whoever may edit it now.

    Raises PlanNotFound, NotPermitted or NotPossible, as saving would.
    """
    plan, _ = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.EDIT)
    positions = signing_positions(session, plan.organisation_id, on=today)
    return Draft(
        head=head_of(plan),
        doc=plan.draft,
        signers=tuple(
            (str(position.id), _words(position.title, position.person.name, position.field))
            for position in positions
        ),
        directory=directory_of(session, plan.organisation_id, on=today),
        returned=_last_return(session, plan),
    )


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


def _words(title: str, name: str, field: str | None) -> str:
    return f"{title} {name}" + (f" ({field})" if field else "")
