"""Who changed what between two states of one plan's text, for those who may read its drafts."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session, aliased

from workflows.domain.actor import Actor
from workflows.domain.content.authorship import Authored, Credit, authors_after, authors_before
from workflows.domain.policy import may_read_draft
from workflows.models.discussion import Suggestion
from workflows.models.people import Person
from workflows.models.plan import PlanVersion
from workflows.models.text import TextStep
from workflows.queries.compared import Choice, Side, Source
from workflows.queries.reading import readable_plan
from workflows.queries.working_text import text_at

# Beyond this the page would wait too long for it.
MOST_STEPS = 5_000


@dataclass(frozen=True)
class Authorship:
    """By the id of a block, who changed it: in the older text, and in the newer one."""

    old: Mapping[str, tuple[Credit, ...]]
    new: Mapping[str, tuple[Credit, ...]]


def authorship_of(session: Session, actor: Actor, choice: Choice) -> Authorship | None:
    """Who changed what between the two texts chosen; None where that is not to be told.

    It is not for readers of frozen versions only, not for the text of another plan, and not for
    more steps than a page can wait for.
    """
    _plan, facts = readable_plan(session, choice.plan_id, actor=actor)
    if not may_read_draft(actor, facts):
        return None
    places = [_place(session, choice, side) for side in (choice.old, choice.new)]
    old, new = places
    if old is None or new is None or abs(new - old) > MOST_STEPS:
        return None
    first, last = sorted((old, new))
    steps = _steps(session, choice, first, last)
    before = _sorted(authors_before(text_at(session, choice.plan_id, first), steps))
    after = _sorted(authors_after(text_at(session, choice.plan_id, last), steps))
    return Authorship(before, after) if old <= new else Authorship(after, before)


def _place(session: Session, choice: Choice, side: Side | None) -> int | None:
    """Where on the working text's time line the side stands."""
    if side is None or side.option.source is Source.ORIGIN:
        return None
    if side.option.source is not Source.VERSION:
        return side.text_version
    return session.scalars(
        select(PlanVersion.text_version).where(
            PlanVersion.plan_id == choice.plan_id, PlanVersion.number == side.option.number
        )
    ).first()


def _steps(session: Session, choice: Choice, first: int, last: int) -> list[Authored]:
    proposer = aliased(Person)
    origin = "suggestion:" + cast(Suggestion.id, String)
    rows = session.execute(
        select(TextStep.step, TextStep.ranges, Person.name, proposer.name)
        .join(Person, Person.id == TextStep.author_id)
        .outerjoin(
            Suggestion, (Suggestion.plan_id == TextStep.plan_id) & (TextStep.origin == origin)
        )
        .outerjoin(proposer, proposer.id == Suggestion.author_id)
        .where(
            TextStep.plan_id == choice.plan_id,
            TextStep.version > first,
            TextStep.version <= last,
        )
        .order_by(TextStep.version)
    )
    return [
        Authored(step, ranges, Credit(name, proposed or ""))
        for step, ranges, name, proposed in rows
    ]


def _sorted(found: Mapping[str, set[Credit]]) -> dict[str, tuple[Credit, ...]]:
    return {block_id: tuple(sorted(credits)) for block_id, credits in found.items()}
