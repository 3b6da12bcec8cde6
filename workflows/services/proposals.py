"""Proposals as they are found, closed and recorded: one group is never torn apart."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from workflows.domain.content.changes import Json
from workflows.domain.errors import PlanNotFound
from workflows.models.discussion import Suggestion, SuggestionState
from workflows.queries.shown import sight_of
from workflows.services.acting import Act


def belonging(act: Act, ids: Sequence[int]) -> list[Suggestion]:
    """These proposals and those that make sense only with them; a group is not torn apart.

    Raises PlanNotFound for one that is not the plan's, or that the actor may not see.
    """
    asked = list(act.session.scalars(select(Suggestion).where(Suggestion.id.in_(ids))))
    sight = sight_of(act.session, act.actor, act.plan, act.facts)
    seen = {each.id for each in asked if each.plan_id == act.plan.id and sight.sees(each)}
    if seen != set(ids):
        raise PlanNotFound("Không có đề xuất này.")
    groups = {(each.batch, each.group) for each in asked}
    rows = act.session.scalars(
        select(Suggestion)
        .where(Suggestion.plan_id == act.plan.id)
        .where(Suggestion.batch.in_({batch for batch, _group in groups}))
        .order_by(Suggestion.id)
        .options(joinedload(Suggestion.author))
        # The plan is locked by now: what was read before the lock may be old.
        .execution_options(populate_existing=True)
    )
    found = [each for each in rows if (each.batch, each.group) in groups]
    first: dict[tuple[UUID, int], int] = {}
    for each in found:
        first.setdefault((each.batch, each.group), each.id)
    return sorted(found, key=lambda each: (first[each.batch, each.group], each.id))


def told(made: Suggestion) -> Json:
    """A proposal in the record."""
    return {
        "id": made.id,
        "author_id": made.author_id,
        "author": made.author.name,
        "attribute": made.attribute,
        "before": made.before_text[:200],
        "after": (made.after_text or str(made.after_value or ""))[:200],
    }


def close(
    act: Act,
    made: Sequence[Suggestion],
    state: SuggestionState,
    *,
    answer: str = "",
    versions: Mapping[int, int | None] | None = None,
) -> None:
    """Settle open proposals; *versions* tells of each when it came into the text."""
    settled = {
        "state": state,
        "answer": answer or None,
        "settled_by_id": act.actor.id,
        "settled_at": act.now,
    }
    reached = versions or {}
    rows = [{"id": each.id, "settled_version": reached.get(each.id), **settled} for each in made]
    if rows:
        act.session.execute(update(Suggestion), rows)
