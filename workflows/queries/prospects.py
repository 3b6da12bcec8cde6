"""What will happen when a person presses the button: the next steps, the people, the dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.calendar import vietnam
from workflows.domain.chain import DRAFTING, Chain, Step
from workflows.domain.errors import Fault
from workflows.domain.form.findings import Finding, Level
from workflows.domain.machine import PlanAction, PlanState
from workflows.models.plan import Plan
from workflows.queries.chains import Waiting, chain_for_plan, waiting_of
from workflows.queries.form_rules import findings_for
from workflows.queries.matters import OpenMatters, open_matters
from workflows.queries.people import holders_of, unit_with
from workflows.queries.plan_page import Head, head_of
from workflows.queries.proposed import unreasoned
from workflows.queries.reading import plan_to_act_on
from workflows.queries.shown import sight_of
from workflows.queries.versions import VersionLine, versions_of
from workflows.queries.working_text import text_of


@dataclass(frozen=True)
class Leg:
    """One step ahead: who will decide in it, and by when if everybody takes the time given."""

    title: str
    unit_name: str | None
    people: tuple[str, ...]
    due_on: date | None


@dataclass(frozen=True)
class Prospect:
    """An act about to be done. *missing* keeps a plan from being submitted.

    *findings* are those of the working text before a submission, and of the frozen version where
    the form is checked (Điều 12.2) or the plan is returned.
    """

    head: Head
    version: VersionLine | None
    waiting: Waiting | None
    following: Step | None
    returns: tuple[Step, ...]
    findings: tuple[Finding, ...]
    missing: tuple[Fault, ...]
    legs: tuple[Leg, ...]
    matters: OpenMatters
    unreasoned: int


def prospect_of(
    session: Session, actor: Actor, plan_id: UUID, action: PlanAction, *, today: date
) -> Prospect:
    """What the confirming page says; raises PlanNotFound, NotPermitted or NotPossible."""
    plan, facts = plan_to_act_on(session, plan_id, actor=actor, action=action)
    chain = chain_for_plan(session, plan)
    waiting = waiting_of(session, plan, chain, but=facts.editors, today=today)
    step = chain[waiting.step_key] if chain and waiting and waiting.step_key in chain else None
    is_submission = action is PlanAction.SUBMIT
    sight = sight_of(session, actor, plan, facts)
    findings = _findings(session, plan, action)
    return Prospect(
        head=head_of(plan),
        version=next(iter(versions_of(session, plan_id)), None),
        waiting=waiting,
        following=_following(chain, step),
        returns=tuple(chain[key] for key in step.returns_to) if chain and step else (),
        findings=findings,
        missing=tuple(f.fault for f in findings if f.level is Level.ERROR) if is_submission else (),
        legs=legs_of(session, plan, chain, but=facts.editors, today=today)
        if is_submission and chain
        else (),
        matters=open_matters(session, sight),
        unreasoned=unreasoned(session, sight) if is_submission else 0,
    )


def legs_of(
    session: Session, plan: Plan, chain: Chain, *, but: Iterable[int], today: date
) -> tuple[Leg, ...]:
    """The whole way from a submission today, with the people who fill its seats today."""
    excluded = set(but)
    signing = _signing_position(session, plan)
    legs, due = [], today
    for step in chain.steps[1:]:
        due = vietnam().add(due, step.days)
        unit_id, unit_name = _seat(session, plan, step, today)
        held = (
            holders_of(session, unit_id, step.role, on=today, position_id=_named(step, signing))
            if unit_id
            else ()
        )
        people = tuple(p.person.name for p in held if p.person_id not in excluded)
        legs.append(Leg(step.title, unit_name, people, due))
    return tuple(legs)


def _findings(session: Session, plan: Plan, action: PlanAction) -> tuple[Finding, ...]:
    if action is PlanAction.SUBMIT:
        return findings_for(session, plan).findings
    if plan.version_number and (plan.state is PlanState.FORM_CHECK or action is PlanAction.RETURN):
        return findings_for(session, plan, plan.version_number).findings
    return ()


def _following(chain: Chain | None, step: Step | None) -> Step | None:
    if chain is None or (step is not None and not step.next):
        return None
    return chain.after(step.key if step else chain.first.key)


def _seat(session: Session, plan: Plan, step: Step, today: date) -> tuple[int | None, str | None]:
    if step.unit == DRAFTING:
        return plan.unit_id, plan.unit.name
    unit = unit_with(session, plan.organisation_id, step.unit, on=today)
    return (unit.id, unit.name) if unit else (None, None)


def _named(step: Step, signing: int | None) -> int | None:
    return signing if step.state is PlanState.AWAITING_SIGNATURE else None


def _signing_position(session: Session, plan: Plan) -> int | None:
    """The one position that signs, as the working text names it."""
    content: list[dict[str, Any]] = text_of(session, plan).doc["content"]
    chosen = next((n["attrs"].get("position") for n in content if n["type"] == "signature"), None)
    return int(chosen) if chosen and chosen.isascii() and chosen.isdigit() else None
