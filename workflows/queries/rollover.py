"""The issued plans that a new one may start from, and what has to be decided in one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from workflows.domain.actor import Actor, Role
from workflows.domain.content.rollover.grouping import Group, groups_of
from workflows.domain.content.rollover.survey import plan_year
from workflows.domain.errors import NotPossible, PlanNotFound
from workflows.domain.machine import PlanState
from workflows.domain.policy import may_read
from workflows.models.audit import AuditEvent
from workflows.models.numbering import RegisterEntry
from workflows.models.people import Unit
from workflows.models.plan import Plan, PlanEditor
from workflows.queries.facts import facts_of
from workflows.queries.matching import matches
from workflows.queries.versions import frozen_text

PAGE = 30
Key = tuple[date, int]
_OWN_UNIT = (Role.DRAFTER, Role.UNIT_HEAD)
# `matches` asks for a number in a query of its own; under this name the two stay apart.
Line = aliased(RegisterEntry)


@dataclass(frozen=True)
class SourceRow:
    """One issued plan in the list."""

    plan_id: UUID
    title: str
    unit_name: str
    number: int
    symbol: str
    dated: date


@dataclass(frozen=True)
class SourceList:
    """Some issued plans, newest first; *older* is the key of the next page."""

    rows: tuple[SourceRow, ...]
    older: Key | None


@dataclass(frozen=True)
class Source:
    """The plan to start from: its issued text, and the year that it was for."""

    plan_id: UUID
    organisation_id: int
    title: str
    number: int
    symbol: str
    dated: date
    version_number: int
    digest: str
    doc: dict[str, Any]
    year: int
    is_public: bool

    def groups(self, to_year: int) -> tuple[Group, ...]:
        """What has to be decided for a plan of *to_year*."""
        return groups_of(self.doc, from_year=self.year, to_year=to_year)


@dataclass(frozen=True)
class Origin:
    """The plan that another was begun from, and which of its texts that was.

    *has_page*: a public plan is read by colleagues to whom its page stays closed.
    """

    plan_id: UUID
    title: str
    number: int | None
    symbol: str
    version_number: int
    year: int
    has_page: bool


def origin_of(session: Session, actor: Actor, plan_id: UUID) -> Origin | None:
    """What the plan was begun from, as its record says; None for who may not read that."""
    begun = session.scalars(
        select(AuditEvent.details).where(AuditEvent.plan_id == plan_id, AuditEvent.act == "create")
    ).first()
    if not begun or "source_plan" not in begun:
        return None
    plan = session.get(Plan, UUID(begun["source_plan"]))
    if plan is None or not _reads(session, actor, plan):
        return None
    line = session.scalars(select(RegisterEntry).where(RegisterEntry.plan_id == plan.id)).first()
    return Origin(
        plan_id=plan.id,
        title=plan.title,
        number=line.number if line else None,
        symbol=line.symbol if line else "",
        version_number=int(begun["source_version"]),
        year=int(begun["from_year"]),
        has_page=may_read(actor, facts_of(session, plan)),
    )


def issued_plans(
    session: Session, actor: Actor, *, typed: str = "", after: Key | None = None
) -> SourceList:
    """The issued plans of *actor*'s organisations that they may read, narrowed by words."""
    query = (
        select(
            Plan.id.label("plan_id"),
            Plan.title,
            Unit.name.label("unit_name"),
            Line.number,
            Line.symbol,
            Line.dated,
            Line.id.label("line_id"),
        )
        .join(Line, Line.plan_id == Plan.id)
        .join(Unit, Unit.id == Plan.unit_id)
        .where(
            Plan.state == PlanState.ISSUED,
            Plan.organisation_id.in_(_organisations(actor)),
            or_(*_reasons_to_read(actor)),
        )
    )
    if (wanted := matches(typed)) is not None:
        query = query.where(wanted)
    if after is not None:
        query = query.where(tuple_(Line.dated, Line.id) < after)
    newest = query.order_by(Line.dated.desc(), Line.id.desc()).limit(PAGE + 1)
    found = session.execute(newest).all()
    rows = tuple(SourceRow(*row[:-1]) for row in found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return SourceList(rows, (last.dated, last.line_id) if last else None)


def source_of(session: Session, actor: Actor, plan_id: UUID) -> Source:
    """The issued plan with its text; raises PlanNotFound or NotPossible."""
    plan = session.get(Plan, plan_id)
    if plan is None or not _reads(session, actor, plan):
        raise PlanNotFound("Không có kế hoạch này.")
    line = session.scalars(select(RegisterEntry).where(RegisterEntry.plan_id == plan_id)).first()
    if plan.state is not PlanState.ISSUED or line is None:
        raise NotPossible("Chỉ bắt đầu được từ kế hoạch đã ban hành và không bị thu hồi.")
    text = frozen_text(session, plan, plan.version_number)
    return Source(
        plan_id=plan.id,
        organisation_id=plan.organisation_id,
        title=plan.title,
        number=line.number,
        symbol=line.symbol,
        dated=line.dated,
        version_number=plan.version_number,
        digest=text.digest or "",
        doc=text.doc,
        year=plan_year(text.doc) or line.dated.year,
        is_public=plan.is_public,
    )


def _organisations(actor: Actor) -> set[int]:
    return {post.organisation_id for post in actor.posts}


def _reads(session: Session, actor: Actor, plan: Plan) -> bool:
    """A public plan that was issued is open to the world, so to every colleague as well."""
    if plan.organisation_id not in _organisations(actor):
        return False
    is_open = plan.is_public and plan.state is PlanState.ISSUED
    return is_open or may_read(actor, facts_of(session, plan))


def _reasons_to_read(actor: Actor) -> Iterator[ColumnElement[bool]]:
    """Those of `policy.may_read` that a drafter has, and that the plan is public."""
    yield Plan.is_public.is_(True)
    yield Plan.author_id == actor.id
    yield Plan.id.in_(select(PlanEditor.plan_id).where(PlanEditor.person_id == actor.id))
    units = {post.unit_id for post in actor.posts if post.role in _OWN_UNIT}
    yield Plan.unit_id.in_(units)
