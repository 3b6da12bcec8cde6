"""The named states of a working text, and who wrote between them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import PlanAction, is_possible
from workflows.domain.policy import refusal
from workflows.models.discussion import Suggestion, SuggestionState
from workflows.models.people import Person
from workflows.models.plan import Plan, PlanVersion
from workflows.models.text import Revision, TextStep
from workflows.queries.facts import facts_of
from workflows.queries.plan_page import Head, head_of
from workflows.queries.versions import Text, working_text
from workflows.queries.working_text import authors_between, readable_draft, text_at

MOST = 200


@dataclass(frozen=True)
class Stand:
    """One state of the text that can be gone back to, compared and named: the newest first.

    *kind* is draft (as it is now), revision (named) or version (frozen); *steps*, *writers* and
    *proposers* are what led to it from the one before: who made a change, and whose words it was.
    """

    kind: str
    number: int | None
    text_version: int
    who: str
    at: datetime
    note: str
    steps: int
    writers: tuple[str, ...]
    proposers: tuple[str, ...] = ()


@dataclass(frozen=True)
class StandText:
    """One state with its text, and what has been written since: for whoever may go back to it."""

    head: Head
    stand: Stand
    text: Text
    since: int
    writers: tuple[str, ...]
    may_restore: bool


@dataclass(frozen=True)
class Stands:
    """The page of named states."""

    head: Head
    rows: tuple[Stand, ...]
    may_restore: bool


def stands_of(session: Session, actor: Actor, plan_id: UUID) -> Stands:
    """Every named or frozen state of the text; raises PlanNotFound for who may not read it."""
    plan = readable_draft(session, actor, plan_id)
    marks = sorted(_marks(session, plan), key=lambda mark: (mark.text_version, mark.at))
    ends = sorted({mark.text_version for mark in marks})
    names, proposers = _writers(session, plan_id, ends), _proposers(session, plan_id, ends)
    rows, before = [], 0
    for mark in marks:
        # Two names for one state: what led to it is told once.
        writers = tuple(sorted(names.pop(mark.text_version, set())))
        others = tuple(sorted(proposers.pop(mark.text_version, set())))
        steps = mark.text_version - before
        rows.append(replace(mark, steps=steps, writers=writers, proposers=others))
        before = mark.text_version
    return Stands(head_of(plan), tuple(reversed(rows)), _may_restore(session, actor, plan))


def stand_text(session: Session, actor: Actor, plan_id: UUID, kind: str, number: int) -> StandText:
    """A named (“revision”) or frozen (“version”) state as it read; raises PlanNotFound."""
    plan = readable_draft(session, actor, plan_id)
    chosen = [m for m in _marks(session, plan) if (m.kind, m.number) == (kind, number)]
    if not chosen:
        raise PlanNotFound("Không có bản này.")
    [stand] = chosen
    doc = cast(dict[str, Any], text_at(session, plan_id, stand.text_version).to_json())
    return StandText(
        head_of(plan),
        stand,
        replace(working_text(session, plan), doc=doc),
        plan.text_version - stand.text_version,
        authors_between(session, plan_id, stand.text_version, plan.text_version),
        _may_restore(session, actor, plan) and stand.text_version != plan.text_version,
    )


def _may_restore(session: Session, actor: Actor, plan: Plan) -> bool:
    return (
        is_possible(plan.state, PlanAction.EDIT)
        and refusal(actor, PlanAction.EDIT, facts_of(session, plan)) is None
    )


def _marks(session: Session, plan: Plan) -> list[Stand]:
    named = session.execute(
        select(Revision.number, Revision.text_version, Person.name, Revision.at, Revision.note)
        .join(Person, Person.id == Revision.author_id)
        .where(Revision.plan_id == plan.id)
        .order_by(Revision.number.desc())
        .limit(MOST)
    )
    frozen = session.execute(
        select(PlanVersion.number, PlanVersion.text_version, Person.name, PlanVersion.frozen_at)
        .join(Person, Person.id == PlanVersion.frozen_by_id)
        .where(PlanVersion.plan_id == plan.id)
    )
    return [
        *(Stand("revision", n, v, who, at, note, 0, ()) for n, v, who, at, note in named),
        *(Stand("version", n, v, who, at, "", 0, ()) for n, v, who, at in frozen),
        Stand("draft", None, plan.text_version, "", plan.updated_at, "", 0, ()),
    ]


def _writers(session: Session, plan_id: UUID, ends: list[int]) -> dict[int, set[str]]:
    """The names of those who wrote up to each of *ends* (ascending) since the one before."""
    authors = (
        select(_bucket(TextStep.version, ends), Person.name)
        .join(Person, Person.id == TextStep.author_id)
        .where(TextStep.plan_id == plan_id)
    )
    return _by_end(session, authors, ends)


def _proposers(session: Session, plan_id: UUID, ends: list[int]) -> dict[int, set[str]]:
    """The names of those whose proposals were accepted up to each of *ends*.

    The step of an accepted proposal is by who accepted it.
    """
    authors = (
        select(_bucket(Suggestion.settled_version, ends), Person.name)
        .join(Person, Person.id == Suggestion.author_id)
        .where(
            Suggestion.plan_id == plan_id,
            Suggestion.state == SuggestionState.ACCEPTED,
            Suggestion.settled_version.is_not(None),
        )
    )
    return _by_end(session, authors, ends)


def _bucket(version: Any, ends: list[int]) -> Any:
    return func.width_bucket(version, array([end + 1 for end in ends]))


def _by_end(session: Session, authors: Select[int, str], ends: list[int]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {end: set() for end in ends}
    for place, name in session.execute(authors.distinct()):
        if place < len(ends):
            names[ends[place]].add(name)
    return names
