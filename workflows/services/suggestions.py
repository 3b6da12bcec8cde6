"""Proposing another wording: the edited copy is compared here, and each change kept on its own."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4, uuid5

from prosemirror.model import Node
from sqlalchemy import Text, func, literal, select
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.canonical import normalise
from workflows.domain.content.changes import Change, TooManyChanges, changes_between
from workflows.domain.content.checks import new_faults
from workflows.domain.content.proposals import as_proposed
from workflows.domain.content.schema import parse
from workflows.domain.content.shape import Doc
from workflows.domain.errors import NotPermitted, NotPossible, UnfitText
from workflows.domain.machine import PlanAction
from workflows.models.discussion import Audience, Suggestion, SuggestionState
from workflows.queries.change_words import words_of
from workflows.queries.shown import sight_of
from workflows.queries.suggestions import MOST_OPEN
from workflows.queries.working_text import text_at
from workflows.services.acting import Act, acting_on, looking_at
from workflows.services.gathering import tell_together
from workflows.services.hearers import hearers_among
from workflows.services.noting import note as note_act
from workflows.services.noting import title_of_post
from workflows.services.proposal_words import describe
from workflows.services.proposals import belonging, close, told
from workflows.services.review import bounded
from workflows.services.transaction import transaction

MOST_CHANGES = 300
# Of the plan's MOST_OPEN: one person must not take the room of all others.
MOST_OWN = 400
# Of one person too: a page shows a million letters of all that is proposed.
MOST_LETTERS = 300_000


def propose(
    session: Session,
    *,
    plan_id: UUID,
    version: int,
    doc: object,
    note: str,
    is_draft: bool = False,
    actor: Actor,
    now: datetime,
) -> tuple[int, ...]:
    """Keep what *doc* changes in the text at *version* as proposals; returns their numbers.

    *is_draft*: the actor had the text before them as the draft, and speaks to its writers only.
    The same copy sent again while it is open is no second proposal.

    Raises UnfitText for a copy that could not be the text, NotPossible when it changes nothing
    or too much to be judged change by change.
    """
    copy = cast(Doc, parse(doc).to_json())
    note = bounded(note)
    base = _base(session, plan_id, version, actor)
    # Compared before the plan is locked: it takes seconds for a long text, and the writers of the
    # plan must not wait for a reader. The text at a version never changes.
    changes = _changes(base, _target(base, copy))
    letters = _letters(base, changes)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.SUGGEST, seen=None, now=now
    ) as act:
        sight = sight_of(session, actor, act.plan, act.facts)
        sight.require_text(version)
        batch = uuid5(plan_id, f"{actor.id} {version} {note} {json.dumps(copy, sort_keys=True)}")
        before = _of_batch(act, batch)
        if before and all(each.state is SuggestionState.OPEN for each in before):
            # Its answer got lost, and the page sends it again.
            return tuple(each.id for each in before)
        _judgeable(session, plan_id, actor, len(changes), letters)
        # What was withdrawn or settled may be proposed anew.
        batch = uuid4() if before else batch
        audience = sight.audience_at(version, is_draft=is_draft)
        made = [_kept(act, base, version, change, batch, note) for change in changes]
        for each in made:
            each.audience = audience
        describe(made, base, changes)
        session.add_all(made)
        session.flush()
        _announce(act, made, audience)
        return tuple(each.id for each in made)


def withdraw(
    session: Session, *, plan_id: UUID, suggestion_id: int, actor: Actor, now: datetime
) -> tuple[int, ...]:
    """Take back one's own open proposal, with those that belong to it; returns their numbers."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.SUGGEST, seen=None, now=now
    ) as act:
        made = belonging(act, [suggestion_id])
        if any(each.author_id != actor.id for each in made):
            raise NotPermitted("Chỉ người đề xuất được rút đề xuất của mình.")
        if any(each.state is not SuggestionState.OPEN for each in made):
            raise NotPossible("Đề xuất này đã được xử lý. Hãy tải lại trang để xem kết quả.")
        close(act, made, SuggestionState.WITHDRAWN)
        note_act(act, "withdraw_suggestion", changes=[told(each) for each in made])
        return tuple(each.id for each in made)


def _announce(act: Act, made: Sequence[Suggestion], audience: Audience) -> None:
    """Tell the writers and the record."""
    people = hearers_among(act, {act.plan.author_id, *act.facts.writers}, audience)
    excerpt = made[0].after_text or made[0].before_text
    counts = {"proposals": len({each.group for each in made})}
    tell_together(act, people, "suggestion", audience=audience, counts=counts, excerpt=excerpt)
    note_act(act, "suggest", batch=str(made[0].batch), changes=[told(each) for each in made])


def _of_batch(act: Act, batch: UUID) -> Sequence[Suggestion]:
    rows = select(Suggestion).where(Suggestion.plan_id == act.plan.id, Suggestion.batch == batch)
    return act.session.scalars(rows.order_by(Suggestion.id)).all()


def _base(session: Session, plan_id: UUID, version: int, actor: Actor) -> Node:
    """The text at *version*, for whoever may propose in it; nobody else is worth the comparison."""
    with transaction(session):
        plan, facts = looking_at(session, plan_id, actor=actor, action=PlanAction.SUGGEST)
        sight_of(session, actor, plan, facts).require_text(version)
        _judgeable(session, plan_id, actor, 1, 0)
        return text_at(session, plan_id, version)


def _target(base: Node, copy: Doc) -> Node:
    """The copy as a text, with nothing in it that *base* does not have and may not have."""
    was = cast(Doc, base.to_json())
    if normalise(was) == was:
        # Spelling that the page leaves to the freeze is no proposal of anybody's.
        copy = normalise(copy)
    target = parse(as_proposed(copy, base))
    if faults := new_faults(was, cast(Doc, target.to_json())):
        raise UnfitText("Văn bản có chỗ không nhận được. Hãy sửa các chỗ sau.", faults=faults)
    return target


def _changes(base: Node, target: Node) -> list[Change]:
    try:
        return changes_between(base, target, most=MOST_CHANGES)
    except TooManyChanges as error:
        raise NotPossible(
            "Bản bạn gửi có %(found)s chỗ sửa, quá %(most)s chỗ để xét từng chỗ một. "
            "Hãy gửi làm nhiều lần, hoặc góp ý chung cho cả văn bản.",
            found=error.found,
            most=error.most,
        ) from error


def _letters(base: Node, changes: Sequence[Change]) -> int:
    """How much is to be kept of *changes*, and told to every page."""
    return sum(
        len(json.dumps(part, ensure_ascii=False))
        for change in changes
        if change.kind == "text"
        for part in (change.slice, base.slice(change.start, change.end).to_json())
    )


def _judgeable(session: Session, plan_id: UUID, actor: Actor, found: int, letters: int) -> None:
    if not found:
        raise NotPossible("Bản bạn gửi không có chỗ nào khác với văn bản.")
    is_own = Suggestion.author_id == actor.id
    kept = [
        func.coalesce(func.length(cast_to(part, Text)), 0)
        for part in (Suggestion.slice, Suggestion.before_slice)
    ]
    waiting, own, own_letters = session.execute(
        select(
            func.count(),
            func.count().filter(is_own),
            func.coalesce(func.sum(sum(kept, literal(0))).filter(is_own), 0),
        ).where(Suggestion.plan_id == plan_id, Suggestion.state == SuggestionState.OPEN)
    ).one()
    if own_letters + letters > MOST_LETTERS:
        raise NotPossible(
            "Các đề xuất của bạn thay quá nhiều chữ để xét từng chỗ một. Hãy gửi ít hơn, "
            "chờ những đề xuất trước được xử lý, hoặc góp ý chung cho cả văn bản."
        )
    if own + found > MOST_OWN:
        raise NotPossible(
            "Bạn đang có %(own)s đề xuất chưa được xử lý, mỗi người để chờ tối đa %(most)s. "
            "Hãy rút bớt, hoặc chờ người soạn thảo xử lý rồi gửi tiếp.",
            own=own,
            most=MOST_OWN,
        )
    if waiting + found > MOST_OPEN:
        raise NotPossible(
            "Kế hoạch đang có quá nhiều đề xuất chưa xử lý. "
            "Hãy chờ người soạn thảo xử lý bớt rồi gửi lại."
        )


def _kept(act: Act, base: Node, version: int, change: Change, batch: UUID, note: str) -> Suggestion:
    before, after = words_of(act.session, base, change)
    is_text = change.kind == "text"
    return Suggestion(
        plan_id=act.plan.id,
        batch=batch,
        group=change.group,
        version_number=act.plan.version_number,
        kind=change.kind,
        slice=change.slice,
        before_slice=base.slice(change.start, change.end).to_json() if is_text else None,
        block_id=change.block_id,
        attribute=change.attribute,
        before_value=change.before,
        after_value=change.after,
        before_text=before,
        after_text=after,
        note=note,
        author_id=act.actor.id,
        position_title=title_of_post(act),
        at=act.now,
        state=SuggestionState.OPEN,
        made_version=version,
        made_start=change.start,
        made_end=change.end,
        anchor_version=version,
        anchor_start=change.start,
        anchor_end=change.end,
    )
