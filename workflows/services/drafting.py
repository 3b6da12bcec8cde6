"""What drafters do: begin a plan, and save its working text."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Post, Role
from workflows.domain.content.canonical import sound
from workflows.domain.content.checks import faults_of_text
from workflows.domain.errors import NotPermitted, UnfitText
from workflows.domain.machine import INITIAL, PlanAction
from workflows.models.people import Unit
from workflows.models.plan import Plan, PlanEditor
from workflows.services.acting import Act, acting_on
from workflows.services.advance import advance
from workflows.services.record import record
from workflows.services.transaction import transaction


def create_plan(
    session: Session, *, unit_id: int, actor: Actor, doc: dict[str, Any], now: datetime
) -> Plan:
    """Begin a plan in a unit for which *actor* drafts; raises NotPermitted or UnfitText."""
    doc = fit(doc)
    with transaction(session):
        post = _drafting_post(actor, unit_id)
        unit = session.scalars(select(Unit).where(Unit.id == unit_id)).one()
        plan = Plan(
            id=uuid4(),
            organisation_id=unit.organisation_id,
            unit_id=unit_id,
            author_id=actor.id,
            state=INITIAL,
            title=title_of(doc),
            draft=doc,
            created_at=now,
            updated_at=now,
        )
        session.add(plan)
        session.flush()
        _note_editor(session, plan.id, actor.id, now)
        record(
            session,
            act="create",
            at=now,
            actor=actor,
            post=post,
            plan_id=plan.id,
            state_after=str(plan.state),
            details={"title": plan.title},
        )
    return plan


def save_text(
    session: Session,
    *,
    plan_id: UUID,
    seen: int,
    actor: Actor,
    doc: dict[str, Any],
    now: datetime,
    is_public: bool = True,
) -> Plan:
    """Replace the working text; raises UnfitText listing every place that cannot be taken in."""
    doc = fit(doc)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=seen, now=now
    ) as act:
        act.plan.draft = doc
        act.plan.title = title_of(doc)
        act.plan.is_public = is_public
        _note_editor(session, plan_id, actor.id, act.now)
        advance(act, title=act.plan.title)
        return act.plan


def fit(doc: dict[str, Any]) -> dict[str, Any]:
    """The document in normal form; raises UnfitText with a fault for each place."""
    doc = sound(doc)
    if faults := faults_of_text(doc):
        raise UnfitText("Văn bản có chỗ không nhận được. Hãy sửa các chỗ sau.", faults=faults)
    return doc


def as_writer(act: Act) -> Act:
    """Whoever submits a text stands for it like its writers, even if others wrote every word."""
    _note_editor(act.session, act.plan.id, act.actor.id, act.now)
    editors = act.facts.editors | {act.actor.id}
    return replace(act, facts=replace(act.facts, editors=editors))


def title_of(doc: dict[str, Any]) -> str:
    """The plain text of trích yếu."""
    title: dict[str, Any] = next((node for node in doc["content"] if node["type"] == "title"), {})
    return "".join(str(run.get("text", "")) for run in title.get("content", ()))


def _drafting_post(actor: Actor, unit_id: int) -> Post:
    post = actor.post_in(unit_id, Role.DRAFTER)
    if post is None or actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        raise NotPermitted("Chỉ chuyên viên soạn thảo của đơn vị được lập kế hoạch mới.")
    return post


def _note_editor(session: Session, plan_id: UUID, person_id: int, now: datetime) -> None:
    row = insert(PlanEditor).values(plan_id=plan_id, person_id=person_id, since=now)
    session.execute(row.on_conflict_do_nothing())
