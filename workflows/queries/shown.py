"""Which text of a plan somebody looks at, and what of the talk about it they may see there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from prosemirror.model import Node
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.edits import Place
from workflows.domain.errors import PlanNotFound
from workflows.domain.policy import Facts, may_read, may_read_draft
from workflows.models.discussion import Anchored, Audience, Suggestion, Thread
from workflows.models.plan import Plan, PlanVersion
from workflows.queries.reading import readable_plan
from workflows.queries.working_text import carried, text_at

DRAFT = "draft"


@dataclass(frozen=True)
class Sight:
    """What of the plan's text *actor* has been shown, or may be."""

    plan: Plan
    facts: Facts
    sees_draft: bool
    # The text version at which each frozen version stands.
    frozen: dict[int, int]

    def sees(self, held: Thread | Suggestion) -> bool:
        """What is said about a draft, and what is proposed for it, is for its writers alone."""
        return self.sees_draft or held.audience is Audience.READERS

    def sees_threads(self) -> ColumnElement[bool]:
        """The same for all threads at once, in a query."""
        return true() if self.sees_draft else Thread.audience == Audience.READERS

    def audience_at(self, version: int, *, is_draft: bool) -> Audience:
        """For whom a remark is that is made on the text at *version*.

        *is_draft*: the page showed it as the draft. A draft that nobody has changed since it was
        returned is still the writers' own room.
        """
        is_among_writers = is_draft and self.sees_draft
        is_frozen = version in self.frozen.values()
        return Audience.READERS if is_frozen and not is_among_writers else Audience.WRITERS

    def require_text(self, version: int) -> None:
        """Raise PlanNotFound unless the text at *version* may be read."""
        is_draft = self.sees_draft and 0 <= version <= self.plan.text_version
        if not is_draft and version not in self.frozen.values():
            raise PlanNotFound("Không có phiên bản này.")


@dataclass(frozen=True)
class Shown:
    """The text that is on somebody's page."""

    sight: Sight
    version: int
    node: Node


def sight_of(session: Session, actor: Actor, plan: Plan, facts: Facts) -> Sight:
    """One query, whatever the plan's age."""
    rows = session.execute(
        select(PlanVersion.number, PlanVersion.text_version).where(PlanVersion.plan_id == plan.id)
    )
    frozen = {row.number: row.text_version for row in rows}
    return Sight(plan, facts, may_read_draft(actor, facts), frozen)


def may_hear(actor: Actor, facts: Facts, audience: Audience) -> bool:
    """Whether what is said to *audience* may reach *actor*."""
    if audience is Audience.READERS:
        return may_read(actor, facts)
    return may_read_draft(actor, facts)


def shown_text(session: Session, actor: Actor, plan_id: UUID, which: str) -> Shown:
    """The working text (“draft”) or a frozen version, by its number; raises PlanNotFound."""
    plan, facts = readable_plan(session, plan_id, actor=actor)
    sight = sight_of(session, actor, plan, facts)
    number = int(which) if which.isascii() and which.isdigit() and len(which) < 7 else None
    if which == DRAFT and sight.sees_draft:
        version = plan.text_version
    elif number in sight.frozen:
        version = sight.frozen[number]
    else:
        raise PlanNotFound("Không có phiên bản này.")
    return Shown(sight, version, text_at(session, plan_id, version))


def places_of(
    session: Session, plan_id: UUID, held: Sequence[Anchored], version: int
) -> list[Place | None]:
    """Where each passage stands at *version*, all in one query; None: no passage was marked."""
    found = [_from(each, version) for each in held]
    known = [each for each in found if each is not None]
    moved = iter(carried(session, plan_id, known, version))
    return [next(moved) if each is not None else None for each in found]


def _from(held: Anchored, version: int) -> tuple[int, Place] | None:
    """The nearest place known that is not later than *version*."""
    if held.anchor_start is not None and held.anchor_end is not None:
        if held.anchor_version <= version:
            return held.anchor_version, Place(held.anchor_start, held.anchor_end, held.is_gone)
        if held.made_start is not None and held.made_end is not None:
            return held.made_version, Place(held.made_start, held.made_end)
    return None
