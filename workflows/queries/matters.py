"""What of the talk about a plan is still open, for whoever is about to decide on it."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, load_only

from workflows.domain.mentions import in_words
from workflows.models.discussion import Audience, Comment, Suggestion, SuggestionState, Thread
from workflows.models.people import Person
from workflows.queries.inherited import Inherited, inherited_seen
from workflows.queries.shown import Sight
from workflows.queries.suggestions import MOST_OPEN

MOST = 500


@dataclass(frozen=True)
class Unanswered:
    """A remark that demands an answer and has none. *holds_up*: nothing is submitted before it."""

    thread_id: int
    who: str
    quote: str
    text: str
    holds_up: bool


@dataclass(frozen=True)
class OpenMatters:
    """What waits: remarks that demand an answer, how many other threads, how many proposals."""

    unanswered: tuple[Unanswered, ...]
    threads: int
    proposals: int
    # Passages of last year's plan that nobody has decided on.
    inherited: tuple[Inherited, ...] = ()

    @property
    def hold_up(self) -> tuple[Unanswered, ...]:
        """What keeps the plan from being submitted."""
        return tuple(each for each in self.unanswered if each.holds_up)

    def __bool__(self) -> bool:
        return bool(self.unanswered or self.threads or self.proposals or self.inherited)


def open_matters(session: Session, sight: Sight) -> OpenMatters:
    """As much of it as the person with this *sight* may see."""
    waiting = unanswered(session, sight)
    threads = session.scalar(
        select(func.count())
        .select_from(Thread)
        .where(Thread.plan_id == sight.plan.id, Thread.resolved_at.is_(None))
        .where(~Thread.is_inherited)
        .where(sight.sees_threads(), or_(~Thread.demands_answer, Thread.answer.is_not(None)))
    )
    # What belongs together is one proposal, as its card is one.
    proposals = session.scalars(
        select(Suggestion)
        .where(Suggestion.plan_id == sight.plan.id, Suggestion.state == SuggestionState.OPEN)
        .options(
            load_only(
                Suggestion.audience,
                Suggestion.batch,
                Suggestion.group,
            )
        )
        .limit(MOST_OPEN)
    )
    seen = {(each.batch, each.group) for each in proposals if sight.sees(each)}
    return OpenMatters(waiting, threads or 0, len(seen), inherited_seen(session, sight))


def unanswered(session: Session, sight: Sight) -> tuple[Unanswered, ...]:
    """The remarks that still wait for tiếp thu, giải trình, the oldest first."""
    first = (
        select(func.min(Comment.id))
        .where(Comment.plan_id == sight.plan.id)
        .group_by(Comment.thread_id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Thread, Comment.text, Person.name)
        .join(Comment, Comment.thread_id == Thread.id)
        .join(Person, Person.id == Comment.person_id)
        .where(Thread.plan_id == sight.plan.id, sight.sees_threads())
        .where(Thread.demands_answer, Thread.answer.is_(None), Thread.resolved_at.is_(None))
        .where(Comment.id.in_(first))
        .order_by(Thread.id)
        .limit(MOST)
    )
    return tuple(
        Unanswered(
            thread.id, name, thread.quote, in_words(text), thread.audience is Audience.READERS
        )
        for thread, text, name in rows
    )
