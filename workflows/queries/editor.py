"""What the editor's page needs to begin: the text, who reads it, and what they may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import EDITABLE, PlanAction, is_possible
from workflows.domain.policy import Facts, may_read_draft, refusal, require
from workflows.models.discussion import Audience
from workflows.models.people import Person, Position
from workflows.models.plan import Plan, PlanVersion
from workflows.queries.facts import facts_of
from workflows.queries.people import actor_of, valid_on
from workflows.queries.plan_page import Head, head_of
from workflows.queries.reading import readable_plan
from workflows.queries.shown import may_hear
from workflows.queries.signers import Signer, signers_of
from workflows.queries.versions import frozen_text
from workflows.queries.working_text import text_of

SHOWN: Mapping[str, PlanAction] = {
    "edit": PlanAction.EDIT,
    "comment": PlanAction.COMMENT,
    "suggest": PlanAction.SUGGEST,
    "answer": PlanAction.ANSWER,
}
MOST = 20


@dataclass(frozen=True)
class EditorText:
    """A text at *version* of the time line. *number* None: the working text."""

    head: Head
    number: int | None
    version: int
    doc: dict[str, Any]
    signers: tuple[Signer, ...]
    can: dict[str, bool]


def working_or_frozen(session: Session, actor: Actor, plan_id: UUID) -> tuple[Head, int | None]:
    """Which text *actor* reviews: the working text where they may read it and it is being
    written, else the last version; raises PlanNotFound when there is none for them."""
    plan, facts = readable_plan(session, plan_id, actor=actor)
    if plan.state in EDITABLE and may_read_draft(actor, facts):
        return head_of(plan), None
    if not plan.version_number:
        raise PlanNotFound("Không có kế hoạch này.")
    return head_of(plan), plan.version_number


def editor_text(
    session: Session, actor: Actor, plan_id: UUID, number: int | None, *, today: date
) -> EditorText:
    """The working text (*number* None) or a frozen version; raises PlanNotFound."""
    plan, facts = readable_plan(session, plan_id, actor=actor)
    if number is None and not may_read_draft(actor, facts):
        raise PlanNotFound("Không có kế hoạch này.")
    version, doc = _text(session, plan, number)
    return EditorText(
        head=head_of(plan),
        number=number,
        version=version,
        doc=doc,
        signers=signers_of(session, plan, today=today),
        can={name: _may(actor, facts, plan, action) for name, action in SHOWN.items()},
    )


def plan_to_word(session: Session, actor: Actor, plan_id: UUID) -> Plan:
    """The plan, if *actor* may read its working text, or propose wording for what they read.

    Raises PlanNotFound or NotPermitted.
    """
    plan, facts = readable_plan(session, plan_id, actor=actor)
    if not may_read_draft(actor, facts):
        require(actor, PlanAction.SUGGEST, facts)
    return plan


def hearers_named(
    session: Session, actor: Actor, plan_id: UUID, words: str, *, audience: Audience, today: date
) -> list[tuple[int, str, str]]:
    """(id, name, position) of people of *audience* whose name has *words*.

    Who is no part of an audience is not told who is.
    """
    _, facts = readable_plan(session, plan_id, actor=actor)
    if not may_hear(actor, facts, audience):
        return []
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = session.execute(
        select(Person.id, Person.name, Position.title)
        .join(Position, Position.person_id == Person.id)
        .where(Person.name.ilike(pattern), valid_on(Position, today))
        .order_by(Person.name, Position.id)
        .limit(MOST * 3)
    ).all()
    found: dict[int, tuple[int, str, str]] = {}
    for person_id, name, title in rows:
        if person_id not in found and _hears(session, person_id, facts, audience, today):
            found[person_id] = (person_id, name, title)
    return list(found.values())[:MOST]


def _hears(session: Session, person_id: int, facts: Facts, audience: Audience, today: date) -> bool:
    hearer = actor_of(session, person_id, on=today)
    return hearer is not None and may_hear(hearer, facts, audience)


def reason_to_close(session: Session, person_id: int, plan_id: UUID, *, today: date) -> str | None:
    """Why somebody's open page gets nothing more of the working text; None while it does."""
    plan, actor = session.get(Plan, plan_id), actor_of(session, person_id, on=today)
    if plan is None or actor is None or not may_read_draft(actor, facts_of(session, plan)):
        return "Bạn không còn được đọc văn bản đang soạn này."
    if plan.state not in EDITABLE:
        return "Kế hoạch đã được trình hoặc đã kết thúc, văn bản không sửa được nữa."
    return None


def _text(session: Session, plan: Plan, number: int | None) -> tuple[int, dict[str, Any]]:
    if number is None:
        text = text_of(session, plan)
        return text.version, text.doc
    doc = frozen_text(session, plan, number).doc
    version = session.scalars(
        select(PlanVersion.text_version).where(
            PlanVersion.plan_id == plan.id, PlanVersion.number == number
        )
    ).one()
    return version, doc


def _may(actor: Actor, facts: Facts, plan: Plan, action: PlanAction) -> bool:
    return is_possible(plan.state, action) and refusal(actor, action, facts) is None
