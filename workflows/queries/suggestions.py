"""What people propose to write instead, each proposal with its place where the text is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from prosemirror.model import Node
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor
from workflows.domain.content.changes import Change, Json
from workflows.domain.content.doings import Doing, Teller, doing_from
from workflows.domain.content.edits import Place
from workflows.domain.content.pairing import block_places
from workflows.domain.content.proposals import still_fits
from workflows.domain.machine import PlanAction
from workflows.domain.policy import is_editable
from workflows.models.discussion import Suggestion, SuggestionState
from workflows.queries.discussion import may_now, names_of
from workflows.queries.shown import Shown, places_of

MOST_OPEN = 1_000
MOST_SETTLED = 500


@dataclass(frozen=True)
class SuggestionLine:
    """A proposal. *is_conflict*: the text under it is no longer what it was made for.

    *where* is how people find its place; *doing* is what its group does, where that says more
    than the words: in the text shown while it is open and fits, else in the one it was made for.
    """

    id: int
    group: str
    kind: str
    place: Place
    is_conflict: bool
    before: str
    after: str
    slice: Json | None
    level: str | None
    block_id: str | None
    who: str
    position: str
    at: datetime
    note: str
    state: SuggestionState
    answer: str | None
    settled_by: str | None
    can: dict[str, bool]
    where: str
    doing: Doing | None


def suggestions_of(session: Session, actor: Actor, shown: Shown) -> tuple[SuggestionLine, ...]:
    """The proposals that the text shown has: those still open, then the newest of the others."""
    rows = _rows(session, shown.sight.plan.id, shown.version)
    found = [each for each in rows if shown.sight.sees(each)]
    conflicts = _conflicts(session, found, shown)
    told = _told(shown.node, found, conflicts)
    names = names_of(session, (each.settled_by_id for each in found))
    facts = shown.sight.facts
    answers = may_now(actor, facts, PlanAction.ANSWER)
    proposes = may_now(actor, facts, PlanAction.SUGGEST)
    lines = []
    for each in found:
        is_open = each.state is SuggestionState.OPEN
        can = {
            "accept": is_open and answers and is_editable(facts),
            "settle": is_open and answers,
            "withdraw": is_open and proposes and each.author_id == actor.id,
        }
        place, is_conflict = conflicts.get(each.id, (_past(each), False))
        line = _line(each, place, is_conflict, names, can)
        if each.id in told:
            where, doing = told[each.id]
            line = replace(line, where=where, doing=doing)
        lines.append(line)
    return tuple(lines)


def change_of(made: Suggestion, place: Place) -> Change:
    """The change as it would be made to the text in which it lies at *place*."""
    change = Change(
        made.kind,
        made.group,
        place.start,
        place.end,
        made.slice,
        made.block_id,
        made.attribute,
        made.before_value,
        made.after_value,
    )
    return change if made.kind == "text" else replace(change, slice=None)


def _rows(session: Session, plan_id: UUID, version: int) -> list[Suggestion]:
    query = (
        select(Suggestion)
        .where(Suggestion.plan_id == plan_id, Suggestion.made_version <= version)
        .options(joinedload(Suggestion.author))
    )
    is_open = Suggestion.state == SuggestionState.OPEN
    waiting = session.scalars(query.where(is_open).order_by(Suggestion.id).limit(MOST_OPEN)).all()
    settled = session.scalars(
        query.where(~is_open).order_by(Suggestion.id.desc()).limit(MOST_SETTLED)
    ).all()
    return [*waiting, *settled]


def _conflicts(
    session: Session, found: Sequence[Suggestion], shown: Shown
) -> dict[int, tuple[Place, bool]]:
    """Of each open proposal its place, and whether it can no longer be made."""
    waiting = [each for each in found if each.state is SuggestionState.OPEN]
    starts = block_places(shown.node)
    seen = {}
    places = places_of(session, shown.sight.plan.id, waiting, shown.version)
    for each, carried in zip(waiting, places, strict=True):
        place = carried or _past(each)
        fits = still_fits(shown.node, change_of(each, place), each.before_slice, starts)
        gone = place.is_gone and each.kind == "text"
        seen[each.id] = (place, gone or not fits)
    return seen


def _told(
    node: Node, found: Sequence[Suggestion], standing: Mapping[int, tuple[Place, bool]]
) -> dict[int, tuple[str, Doing | None]]:
    """Of each open proposal whose group fits: where it is, and what the group does."""
    if not standing:
        return {}
    teller = Teller(node)
    groups: dict[tuple[UUID, int], list[Suggestion]] = {}
    for each in found:
        if each.id in standing:
            groups.setdefault((each.batch, each.group), []).append(each)
    told = {}
    for group in groups.values():
        if not any(standing[each.id][1] for each in group):
            changes = [change_of(each, standing[each.id][0]) for each in group]
            doing = teller.doing(changes)
            for each, change in zip(group, changes, strict=True):
                told[each.id] = (teller.where(change), doing)
    return told


def _past(made: Suggestion) -> Place:
    """Where it was made; it marks nothing in the text any more."""
    return Place(made.made_start or 0, made.made_end or 0, is_gone=True)


def _line(
    made: Suggestion,
    place: Place,
    is_conflict: bool,
    names: dict[int, str],
    can: dict[str, bool],
) -> SuggestionLine:
    is_level = made.kind == "level"
    if made.kind == "attrs":
        # Nothing of what the block holds goes: it is pointed at, not marked.
        place = Place(place.start, place.start, place.is_gone)
    return SuggestionLine(
        id=made.id,
        group=f"{made.batch}/{made.group}",
        kind="level" if is_level else "text",
        place=place,
        is_conflict=is_conflict,
        before=made.before_text,
        after=made.after_text,
        slice=made.slice,
        level=made.after_value if is_level else None,
        block_id=made.block_id,
        who=made.author.name,
        position=made.position_title,
        at=made.at,
        note=made.note,
        state=made.state,
        answer=made.answer,
        settled_by=names.get(made.settled_by_id or 0),
        can=can,
        where=made.place_words,
        doing=doing_from(made.doing),
    )
