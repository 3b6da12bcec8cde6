"""Bảng tổng hợp tiếp thu, giải trình: what readers asked of a version, and what became of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import PlanNotFound
from workflows.domain.mentions import in_words
from workflows.models.discussion import Answer, Audience, Comment, SuggestionState, Thread
from workflows.models.people import Person
from workflows.models.plan import Plan
from workflows.queries.discussion import names_of
from workflows.queries.plan_page import Head, head_of, places_in
from workflows.queries.proposed import ProposedLine, proposed_in, proposed_rounds
from workflows.queries.reading import readable_plan
from workflows.queries.shown import Sight, sight_of
from workflows.queries.versions import frozen_text

MOST = 1_000


@dataclass(frozen=True)
class AnswerLine:
    """One remark of the table. *place* None: about the whole plan."""

    thread_id: int
    who: str
    position: str
    at: datetime
    place: str | None
    quote: str
    text: str
    answer: Answer | None
    reason: str | None
    answered_by: str | None
    answered_at: datetime | None
    # Its author let it go without an answer.
    is_let_go: bool


@dataclass(frozen=True)
class AnswerTable:
    """What was asked in one round: while version *number* was the newest (0: none was)."""

    head: Head
    number: int
    rounds: tuple[int, ...]
    lines: tuple[AnswerLine, ...]
    proposals: tuple[ProposedLine, ...]

    @property
    def counts(self) -> Counter[Answer | None]:
        """How many of each answer; None: still waiting."""
        return Counter(line.answer for line in self.lines if not line.is_let_go)

    @property
    def outcomes(self) -> Counter[SuggestionState]:
        """How many proposals came to each end."""
        return Counter(line.state for line in self.proposals)


def answers_of(session: Session, actor: Actor, plan_id: UUID, number: int | None) -> AnswerTable:
    """The table of round *number*, or of the last one that has any; raises PlanNotFound.

    What writers ask of each other is no part of it, whoever reads.
    """
    plan, facts = readable_plan(session, plan_id, actor=actor)
    sight = sight_of(session, actor, plan, facts)
    asked = session.scalars(select(Thread.version_number).where(_demanded(plan_id)).distinct())
    rounds = tuple(sorted({*asked, *proposed_rounds(session, sight)}, reverse=True))
    if number is not None and number not in {*rounds, plan.version_number}:
        raise PlanNotFound("Không có vòng góp ý này.")
    shown = number if number is not None else next(iter(rounds), plan.version_number)
    lines = _lines(session, plan, sight, shown)
    return AnswerTable(head_of(plan), shown, rounds, lines, proposed_in(session, sight, shown))


def _demanded(plan_id: UUID) -> ColumnElement[bool]:
    return and_(
        Thread.plan_id == plan_id, Thread.demands_answer, Thread.audience == Audience.READERS
    )


def _lines(session: Session, plan: Plan, sight: Sight, number: int) -> tuple[AnswerLine, ...]:
    first = (
        select(func.min(Comment.id))
        .where(Comment.plan_id == plan.id)
        .group_by(Comment.thread_id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Thread, Comment, Person.name)
        .join(Comment, Comment.thread_id == Thread.id)
        .join(Person, Person.id == Comment.person_id)
        .where(_demanded(plan.id), Thread.version_number == number, Comment.id.in_(first))
        .order_by(Thread.made_version, Thread.made_start.nulls_first(), Thread.id)
        .limit(MOST)
    ).all()
    threads = [thread for thread, _, _ in rows]
    names = names_of(session, (thread.answered_by_id for thread in threads))
    places = _places(session, plan, sight, threads)
    return tuple(
        AnswerLine(
            thread_id=thread.id,
            who=name,
            position=said.position_title,
            at=said.at,
            place=places.get((thread.made_version, thread.block_id)),
            quote=thread.quote,
            text=in_words(said.text),
            answer=thread.answer,
            reason=thread.answer_reason,
            answered_by=names.get(thread.answered_by_id or 0),
            answered_at=thread.answered_at,
            is_let_go=thread.answer is None and thread.resolved_at is not None,
        )
        for thread, said, name in rows
    )


def _places(
    session: Session, plan: Plan, sight: Sight, threads: Sequence[Thread]
) -> dict[tuple[int, str | None], str]:
    """Where each block stood in the version that was remarked on, in words."""
    wanted = {thread.made_version for thread in threads if thread.block_id}
    numbers = {version: number for number, version in sight.frozen.items() if version in wanted}
    return {
        (version, block): place
        for version, number in numbers.items()
        for block, place in places_in(frozen_text(session, plan, number)).items()
    }
