"""Beginning a plan, and what its text must be to be taken in."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Post, Role
from workflows.domain.content.canonical import sound
from workflows.domain.content.checks import faults_of_text, new_faults
from workflows.domain.errors import NotPermitted, UnfitText
from workflows.domain.machine import INITIAL
from workflows.models.people import Unit
from workflows.models.plan import Plan
from workflows.queries.directory import directory_of
from workflows.services.acting import Act, day_of
from workflows.services.record import record
from workflows.services.text_log import begin_text, note_editor
from workflows.services.transaction import transaction


def create_plan(
    session: Session, *, unit_id: int, actor: Actor, doc: dict[str, Any], now: datetime
) -> Plan:
    """Begin a plan in a unit for which *actor* drafts; raises NotPermitted or UnfitText."""
    doc = fit(doc)
    with transaction(session):
        return begin_plan(session, unit_id=unit_id, actor=actor, doc=doc, now=now)


def begin_plan(
    session: Session,
    *,
    unit_id: int,
    actor: Actor,
    doc: dict[str, Any],
    now: datetime,
    plan_id: UUID | None = None,
    is_public: bool = True,
    **details: object,
) -> Plan:
    """As `create_plan`, in the caller's transaction and of a *doc* that is fit already.

    *details* go into the audit event.
    """
    post = drafting_post(actor, unit_id)
    unit = session.scalars(select(Unit).where(Unit.id == unit_id)).one()
    plan = Plan(
        id=plan_id or uuid4(),
        organisation_id=unit.organisation_id,
        unit_id=unit_id,
        author_id=actor.id,
        state=INITIAL,
        is_public=is_public,
        created_at=now,
        updated_at=now,
    )
    session.add(plan)
    session.flush()
    # A line that names a unit or group of the directory is sent to it.
    directory = directory_of(session, plan.organisation_id, on=day_of(now))
    begin_text(session, plan, directory.aimed(doc))
    note_editor(session, plan.id, actor.id, now)
    record(
        session,
        act="create",
        at=now,
        actor=actor,
        post=post,
        plan_id=plan.id,
        state_after=str(plan.state),
        details={"title": plan.title, **details},
    )
    return plan


def fit(doc: dict[str, Any], *, old: dict[str, Any] | None = None) -> dict[str, Any]:
    """The document in normal form; raises UnfitText with a fault for each place.

    What was wrong in *old* already, the text that it comes from, is told when that is submitted.
    """
    doc = sound(doc)
    if faults := faults_of_text(doc) if old is None else new_faults(old, doc):
        raise UnfitText("Văn bản có chỗ không nhận được. Hãy sửa các chỗ sau.", faults=faults)
    return doc


def as_writer(act: Act) -> Act:
    """Whoever submits a text stands for it like its writers, even if others wrote every word."""
    note_editor(act.session, act.plan.id, act.actor.id, act.now)
    editors = act.facts.editors | {act.actor.id}
    return replace(act, facts=replace(act.facts, editors=editors))


def drafting_post(actor: Actor, unit_id: int) -> Post:
    """The position by which *actor* drafts for the unit; raises NotPermitted."""
    post = actor.post_in(unit_id, Role.DRAFTER)
    if post is None or actor.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        raise NotPermitted("Chỉ chuyên viên soạn thảo của đơn vị được lập kế hoạch mới.")
    return post
