"""The wordings that readers proposed in a round, for the table of what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.content.doings import Doing, doing_from
from workflows.models.discussion import Audience, Suggestion, SuggestionState
from workflows.queries.discussion import names_of
from workflows.queries.shown import Sight

MOST = 1_000


@dataclass(frozen=True)
class ProposedPart:
    """One change of a proposal; *level* is what a block is to become, where that is the change."""

    before: str
    after: str
    level: str | None


@dataclass(frozen=True)
class ProposedLine:
    """A proposal with all that belongs together in it, as its card shows it."""

    who: str
    position: str
    at: datetime
    version_number: int
    where: str
    doing: Doing | None
    parts: tuple[ProposedPart, ...]
    note: str
    state: SuggestionState
    answer: str
    settled_by: str | None
    settled_at: datetime | None


def proposed_in(session: Session, sight: Sight, number: int) -> tuple[ProposedLine, ...]:
    """What was proposed while version *number* was the newest, in the order of the text.

    What writers propose to each other is no part of it, whoever reads.
    """
    rows = session.scalars(
        select(Suggestion)
        .where(_standing(sight.plan.id), Suggestion.version_number == number)
        .options(joinedload(Suggestion.author))
        .order_by(Suggestion.made_version, Suggestion.made_start.nulls_first(), Suggestion.id)
        .limit(MOST)
    )
    return _lines(session, rows)


def all_proposed(session: Session, plan_id: UUID) -> tuple[ProposedLine, ...]:
    """Whatever was proposed, also what was withdrawn: for the auditor, the oldest first."""
    rows = session.scalars(
        select(Suggestion)
        .where(Suggestion.plan_id == plan_id)
        .options(joinedload(Suggestion.author))
        .order_by(Suggestion.id)
    )
    return _lines(session, rows)


def _lines(session: Session, rows: Iterable[Suggestion]) -> tuple[ProposedLine, ...]:
    groups: dict[tuple[UUID, int], list[Suggestion]] = {}
    for each in rows:
        groups.setdefault((each.batch, each.group), []).append(each)
    names = names_of(session, (group[0].settled_by_id for group in groups.values()))
    return tuple(_line(group, names.get(group[0].settled_by_id or 0)) for group in groups.values())


def proposed_rounds(session: Session, sight: Sight) -> set[int]:
    """The rounds in which readers proposed anything."""
    return set(session.scalars(select(Suggestion.version_number).where(_standing(sight.plan.id))))


def unreasoned(session: Session, sight: Sight) -> int:
    """How many proposals on the newest version were refused without a word."""
    lines = proposed_in(session, sight, sight.plan.version_number)
    return sum(line.state is SuggestionState.REJECTED and not line.answer for line in lines)


def _standing(plan_id: UUID) -> ColumnElement[bool]:
    """What was proposed to all, and not withdrawn."""
    return and_(
        Suggestion.plan_id == plan_id,
        Suggestion.audience == Audience.READERS,
        Suggestion.state != SuggestionState.WITHDRAWN,
    )


def _line(group: Sequence[Suggestion], settled_by: str | None) -> ProposedLine:
    first = group[0]
    return ProposedLine(
        who=first.author.name,
        position=first.position_title,
        at=first.at,
        version_number=first.version_number,
        where=first.place_words,
        doing=doing_from(first.doing),
        parts=tuple(
            ProposedPart(
                each.before_text,
                each.after_text,
                str(each.after_value) if each.kind == "level" else None,
            )
            for each in group
        ),
        note=first.note,
        state=first.state,
        answer=first.answer or "",
        settled_by=settled_by,
        settled_at=first.settled_at,
    )
