"""Beginning this year's plan from one that was issued, with what was decided about its text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.blocks import blocks
from workflows.domain.content.rollover.finding import Proposal
from workflows.domain.content.rollover.replacing import Choices, apply, places_after, undroppable
from workflows.domain.content.rollover.survey import proposals
from workflows.domain.content.schema import parse
from workflows.domain.errors import Fault, StaleVersion, UnfitText
from workflows.domain.machine import PlanAction
from workflows.models.people import Unit
from workflows.models.plan import Plan
from workflows.queries.facts import facts_of
from workflows.queries.people import signing_positions
from workflows.queries.rollover import Source, source_of
from workflows.services.acting import Act, day_of
from workflows.services.drafting import begin_plan, drafting_post, fit
from workflows.services.rollover_notes import leave_notes
from workflows.services.transaction import transaction


@dataclass(frozen=True)
class Beginning:
    """What a person wants: a plan for *to_year* in *unit_id* from *source_id*.

    *token* belongs to the form, so that the same form sent twice asks for the same plan.
    """

    source_id: UUID
    to_year: int
    unit_id: int
    choices: Choices
    token: UUID


def begin_from(session: Session, *, wish: Beginning, actor: Actor, now: datetime) -> Plan:
    """Begin the plan, or give the one that this very form has begun already.

    Raises NotPermitted, PlanNotFound or NotPossible for the source, StaleVersion when the choices
    are not about what is found in it now, UnfitText.
    """
    with transaction(session):
        plan_id = uuid5(wish.token, str(actor.id))
        # A second click waits here until the first has made the plan, or failed to.
        session.execute(select(func.pg_advisory_xact_lock(plan_id.int >> 65)))
        made = session.get(Plan, plan_id)
        return made or _begun(session, plan_id, wish, actor, now)


def _begun(session: Session, plan_id: UUID, wish: Beginning, actor: Actor, now: datetime) -> Plan:
    drafting_post(actor, wish.unit_id)
    source = source_of(session, actor, wish.source_id)
    found = _found(source, wish)
    organisation_id = session.get_one(Unit, wish.unit_id).organisation_id
    carried = apply(source.doc, found, wish.choices.words, wish.choices.dropped)
    doc = fit(_carried(session, organisation_id, carried, now))
    plan = begin_plan(
        session,
        plan_id=plan_id,
        unit_id=wish.unit_id,
        actor=actor,
        doc=doc,
        now=now,
        is_public=source.is_public,
        **_details(source, wish),
    )
    act = Act(session, plan, facts_of(session, plan), actor, PlanAction.COMMENT, now)
    leave_notes(
        act,
        parse(doc),
        (
            kept
            for kept in places_after(found, wish.choices.words, wish.choices.dropped)
            if kept.proposal.id in wish.choices.later
        ),
    )
    return plan


def _found(source: Source, wish: Beginning) -> tuple[Proposal, ...]:
    found = proposals(source.doc, from_year=source.year, to_year=wish.to_year)
    if wish.choices.ids - {each.id for each in found}:
        raise StaleVersion(
            "Danh sách chỗ cần xem đã thay đổi từ khi bạn mở trang. Hãy mở lại trang rồi chọn."
        )
    faults = tuple(_faults(source, found, wish.choices.dropped))
    if faults:
        raise UnfitText(
            "Có cụm từ không bỏ được. Hãy thay chữ, giữ nguyên hay xem lại sau.", faults
        )
    return found


def _faults(
    source: Source, found: tuple[Proposal, ...], dropped: frozenset[str]
) -> Iterator[Fault]:
    places = {block.id: block.place for block in blocks(source.doc)}
    for each in undroppable(found, dropped):
        yield Fault(places[each.block_id], f"bỏ “{each.found}” thì câu còn lại không trọn nghĩa")


def _details(source: Source, wish: Beginning) -> dict[str, Any]:
    return {
        "source_plan": str(source.plan_id),
        "source_version": source.version_number,
        "source_digest": source.digest,
        "from_year": source.year,
        "to_year": wish.to_year,
        "replaced": sum(bool(words) for words in wish.choices.words.values()),
        "dropped": len(wish.choices.dropped),
        "later": sorted(wish.choices.later),
    }


def _carried(
    session: Session, organisation_id: int, doc: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The signature waits for somebody who may still sign."""
    day = day_of(now)
    signers = {str(p.id) for p in signing_positions(session, organisation_id, on=day)}
    content = [
        _unsigned(node, signers) if node["type"] == "signature" else node for node in doc["content"]
    ]
    return {**doc, "content": content}


def _unsigned(node: dict[str, Any], signers: set[str]) -> dict[str, Any]:
    position = node["attrs"].get("position")
    kept = position if position in signers else None
    return {**node, "attrs": {**node["attrs"], "position": kept, "lines": [], "name": ""}}
