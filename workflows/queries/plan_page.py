"""All that the page of one plan shows, read at once and handed over as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor
from workflows.domain.chain import Chain
from workflows.domain.content.blocks import blocks
from workflows.domain.diagram import Mark
from workflows.domain.machine import EDITABLE, PlanAction, PlanState
from workflows.domain.policy import Facts, may_read_draft
from workflows.models.numbering import RegisterEntry
from workflows.models.people import Position
from workflows.models.plan import Plan
from workflows.queries.chains import Waiting, chain_for_plan, marks_of, waiting_of
from workflows.queries.comments import CommentLine, comments_of
from workflows.queries.decisions import DecisionLine, decisions_of
from workflows.queries.moves import Move, move_of, moves_of
from workflows.queries.reading import readable_plan
from workflows.queries.rollover import Origin, origin_of
from workflows.queries.shown import sight_of
from workflows.queries.timeline import Happening, timeline_of
from workflows.queries.versions import Text, VersionLine, frozen_text, versions_of, working_text


@dataclass(frozen=True)
class Head:
    """What identifies the plan, and the row version that every form carries."""

    plan_id: UUID
    title: str
    state: PlanState
    row_version: int
    text_version: int
    version_number: int
    unit_name: str
    organisation_name: str
    author_name: str
    created_at: datetime
    updated_at: datetime
    is_public: bool


@dataclass(frozen=True)
class RegisterLine:
    """The plan's line in the register of outgoing documents."""

    number: int
    symbol: str
    dated: date
    signer: str
    keeper: str
    recipients: tuple[dict[str, Any], ...]
    note: str


@dataclass(frozen=True)
class PlanPage:
    """The page. *text* is None for a reader to whom nothing has been submitted yet."""

    head: Head
    text: Text | None
    places: dict[str, str]
    signing: str
    chain: Chain | None
    marks: dict[str, Mark]
    waiting: Waiting | None
    moves: tuple[Move, ...]
    commenting: Move
    happenings: tuple[Happening, ...]
    comments: tuple[CommentLine, ...]
    versions: tuple[VersionLine, ...]
    decisions: tuple[DecisionLine, ...]
    register: RegisterLine | None
    origin: Origin | None


def plan_page(session: Session, actor: Actor, plan_id: UUID, *, today: date) -> PlanPage:
    """Read the plan for *actor*; raises PlanNotFound."""
    plan, facts = readable_plan(session, plan_id, actor=actor)
    chain = chain_for_plan(session, plan)
    text = text_for(session, actor, plan, facts)
    places = places_in(text)
    sight = sight_of(session, actor, plan, facts)
    return PlanPage(
        head=head_of(plan),
        text=text,
        places=places,
        signing=signing_title(session, text),
        chain=chain,
        marks=marks_of(chain, plan.state, plan.step_key) if chain else {},
        waiting=waiting_of(session, plan, chain, but=facts.editors, today=today),
        moves=moves_of(actor, facts),
        commenting=move_of(actor, facts, PlanAction.COMMENT),
        happenings=timeline_of(session, plan_id, sees_draft=sight.sees_draft),
        comments=comments_of(session, sight, places),
        versions=versions_of(session, plan_id),
        decisions=decisions_of(session, plan_id, chain, actor.id),
        register=_register(session, plan_id),
        origin=origin_of(session, actor, plan_id),
    )


def head_of(plan: Plan) -> Head:
    """The plan's own facts as plain values."""
    return Head(
        plan_id=plan.id,
        title=plan.title,
        state=plan.state,
        row_version=plan.row_version,
        text_version=plan.text_version,
        version_number=plan.version_number,
        unit_name=plan.unit.name,
        organisation_name=plan.organisation.name,
        author_name=plan.author.name,
        created_at=plan.created_at,
        updated_at=plan.updated_at,
        is_public=plan.is_public,
    )


def text_for(session: Session, actor: Actor, plan: Plan, facts: Facts) -> Text | None:
    """The working text for those who write it; for all others the last version submitted."""
    # A plan that was cancelled before anyone else saw it has no other text to keep.
    only_a_draft = plan.state is PlanState.CANCELLED and not plan.version_number
    if (plan.state in EDITABLE or only_a_draft) and may_read_draft(actor, facts):
        return working_text(session, plan)
    return frozen_text(session, plan, plan.version_number) if plan.version_number else None


def places_in(text: Text | None) -> dict[str, str]:
    """Where each block of the text stands, in words, by block id."""
    return {block.id: block.place for block in blocks(text.doc)} if text else {}


def signing_title(session: Session, text: Text | None) -> str:
    """Who is to sign, for a text whose signature block has not been generated yet."""
    content = text.doc["content"] if text else ()
    chosen = next((n["attrs"]["position"] for n in content if n["type"] == "signature"), None)
    if not (chosen and chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        return ""
    position = session.get(Position, int(chosen), options=[joinedload(Position.person)])
    return f"{position.title} {position.person.name}" if position else ""


def _register(session: Session, plan_id: UUID) -> RegisterLine | None:
    entry = session.scalars(
        select(RegisterEntry).where(RegisterEntry.plan_id == plan_id)
    ).one_or_none()
    if entry is None:
        return None
    return RegisterLine(
        number=entry.number,
        symbol=entry.symbol,
        dated=entry.dated,
        signer=entry.signer,
        keeper=entry.keeper,
        recipients=tuple(dict(line) for line in entry.recipients),
        note=entry.note,
    )
