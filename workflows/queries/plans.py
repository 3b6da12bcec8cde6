"""The plans that a person may see, searched and paged, the last changed first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select, tuple_, union
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Post, Role
from workflows.domain.machine import PlanState
from workflows.models.numbering import RegisterEntry
from workflows.models.people import Person, Unit
from workflows.models.plan import Plan, PlanEditor, StepRun
from workflows.models.text import PlanWriter
from workflows.queries.matching import matches

PAGE = 50
PlanKey = tuple[datetime, UUID]
_OWN_UNIT = (Role.DRAFTER, Role.UNIT_HEAD)


@dataclass(frozen=True)
class PlanRow:
    """One plan in a list."""

    plan_id: UUID
    title: str
    state: PlanState
    unit_name: str
    author_name: str
    version_number: int
    updated_at: datetime
    number: int | None
    symbol: str | None
    dated: date | None


@dataclass(frozen=True)
class PlanList:
    """One page of plans; *next* is the key of the page after it, if there is one."""

    rows: tuple[PlanRow, ...]
    next: PlanKey | None


def plans_of(
    session: Session,
    actor: Actor,
    *,
    typed: str = "",
    state: PlanState | None = None,
    after: PlanKey | None = None,
) -> PlanList:
    """The plans for which `policy.may_read` says yes, narrowed by words and state."""
    wanted = list(_wanted(typed, state, after))
    # One branch for each reason to see a plan: each walks an index from the newest plan on and
    # stops after a page, where one condition with OR would read every plan there is.
    visible = union(*(_newest(branch, wanted) for branch in _visible(actor))).subquery()
    found = session.execute(
        select(
            Plan.id.label("plan_id"),
            Plan.title,
            Plan.state,
            Unit.name.label("unit_name"),
            Person.name.label("author_name"),
            Plan.version_number,
            Plan.updated_at,
            RegisterEntry.number,
            RegisterEntry.symbol,
            RegisterEntry.dated,
        )
        .join(visible, visible.c.id == Plan.id)
        .join(Unit, Unit.id == Plan.unit_id)
        .join(Person, Person.id == Plan.author_id)
        .outerjoin(RegisterEntry, RegisterEntry.plan_id == Plan.id)
        .order_by(Plan.updated_at.desc(), Plan.id.desc())
        .limit(PAGE + 1)
    ).all()
    rows = tuple(PlanRow(**row._mapping) for row in found[:PAGE])
    last = rows[-1] if len(found) > PAGE else None
    return PlanList(rows, (last.updated_at, last.plan_id) if last else None)


def _wanted(
    typed: str, state: PlanState | None, after: PlanKey | None
) -> Iterator[ColumnElement[bool]]:
    found = matches(typed)
    if found is not None:
        yield found
    if state is not None:
        yield Plan.state == state
    if after is not None:
        yield tuple_(Plan.updated_at, Plan.id) < tuple_(*after)


def _newest(branch: ColumnElement[bool], wanted: list[ColumnElement[bool]]) -> Select[Any]:
    newest = (
        select(Plan.id)
        .where(branch, *wanted)
        .order_by(Plan.updated_at.desc(), Plan.id.desc())
        .limit(PAGE + 1)
    )
    return select(newest.subquery().c.id)


def _visible(actor: Actor) -> Iterator[ColumnElement[bool]]:
    """The reasons of `policy.may_read`, one by one."""
    serves = Plan.organisation_id.in_({post.organisation_id for post in actor.posts})
    yield serves & (Plan.author_id == actor.id)
    yield serves & Plan.id.in_(select(PlanEditor.plan_id).where(PlanEditor.person_id == actor.id))
    drafts = {post.organisation_id for post in actor.posts if post.role is Role.DRAFTER}
    if drafts:
        invited = select(PlanWriter.plan_id).where(
            PlanWriter.person_id == actor.id, PlanWriter.ended_at.is_(None)
        )
        yield Plan.organisation_id.in_(drafts) & Plan.id.in_(invited)
    for unit_id in sorted({post.unit_id for post in actor.posts if post.role in _OWN_UNIT}):
        yield Plan.unit_id == unit_id
    for organisation_id in sorted({post.organisation_id for post in actor.posts}):
        posts = [post for post in actor.posts if post.organisation_id == organisation_id]
        yield from _visible_in(organisation_id, posts)


def _visible_in(organisation_id: int, posts: list[Post]) -> Iterator[ColumnElement[bool]]:
    roles = {post.role for post in posts}
    here = Plan.organisation_id == organisation_id
    if Role.AUDITOR in roles:
        yield here
        return
    seats = sorted({post.seat for post in posts if post.role not in _OWN_UNIT})
    if seats:
        yield here & exists().where(
            StepRun.plan_id == Plan.id, tuple_(StepRun.unit_id, StepRun.role).in_(seats)
        )
