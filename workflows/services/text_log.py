"""The one writer of the working text: steps go onto the log, never past its checks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from prosemirror.model import Node
from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_leave
from sqlalchemy.orm import Session

from workflows.domain.content.changes import steps_towards
from workflows.domain.content.edits import Edited, Json, Place, carry, replay
from workflows.domain.content.moving import Ranges
from workflows.domain.content.schema import parse
from workflows.domain.content.shape import Doc
from workflows.models.discussion import Anchored, Suggestion, SuggestionState, Thread
from workflows.models.plan import Plan, PlanEditor
from workflows.models.text import SNAPSHOT_EVERY, TextSnapshot, TextStep
from workflows.queries.working_text import ranges_between, text_of

LONGEST_TITLE = 500


def begin_text(session: Session, plan: Plan, doc: Doc) -> None:
    """The first text of a plan: version 0 of its log. *doc* is sound."""
    plan.title = title_of(doc)
    session.add(TextSnapshot(plan_id=plan.id, version=0, doc=doc))


def append(
    session: Session,
    plan: Plan,
    edited: Edited,
    steps: Sequence[Json],
    *,
    author_id: int,
    client_id: str,
    origin: str,
    now: datetime,
) -> int:
    """Store *steps*, which lead from the current text to *edited*; returns the new version.

    The plan's row is locked by the caller. Whoever writes is an editor of the plan from here on.
    """
    first = plan.text_version + 1
    rows = [
        {
            "plan_id": plan.id,
            "version": first + at,
            "step": step,
            "ranges": edited.ranges[at],
            "author_id": author_id,
            "client_id": client_id,
            "origin": origin,
            "at": now,
        }
        for at, step in enumerate(steps)
    ]
    session.execute(insert(TextStep), rows)
    before = plan.text_version
    plan.text_version += len(rows)
    if not plan.version_number:
        # Once submitted, a plan bears the name of what was submitted, not of what is written since.
        plan.title = title_of_node(edited.doc)
    plan.updated_at = now
    note_editor(session, plan.id, author_id, now)
    if before // SNAPSHOT_EVERY != plan.text_version // SNAPSHOT_EVERY:
        _keep_whole(session, plan, edited.doc)
    return plan.text_version


def replace_whole(
    session: Session, plan: Plan, doc: Doc, *, author_id: int, origin: str, now: datetime
) -> Node:
    """Bring the working text to *doc* (sound) by small steps, so that places in it survive."""
    text = text_of(session, plan)
    target = parse(doc)
    steps = [cast(Json, step.to_json()) for step in steps_towards(text.node, target)]
    if not steps:
        return text.node
    edited = replay(text.node, steps)
    append(
        session,
        plan,
        edited,
        steps,
        author_id=author_id,
        client_id=origin,
        origin=origin,
        now=now,
    )
    return edited.doc


def carry_anchors(session: Session, plan: Plan) -> None:
    """Bring the places of remarks and open proposals up to the current version.

    Readers carry them from where they are left; this keeps their way short.
    """
    held: list[Anchored] = [
        *session.scalars(select(Thread).where(Thread.plan_id == plan.id)),
        *session.scalars(
            select(Suggestion).where(
                Suggestion.plan_id == plan.id, Suggestion.state == SuggestionState.OPEN
            )
        ),
    ]
    held = [each for each in held if each.anchor_start is not None]
    if not held:
        return
    session.flush()
    first = min(each.anchor_version for each in held)
    ranges = ranges_between(session, plan.id, first, plan.text_version)
    for each in held:
        _carry(each, ranges[each.anchor_version - first :], plan.text_version)


def note_editor(session: Session, plan_id: UUID, person_id: int, now: datetime) -> None:
    """Who wrote in a text never decides on it."""
    row = insert_or_leave(PlanEditor).values(plan_id=plan_id, person_id=person_id, since=now)
    session.execute(row.on_conflict_do_nothing())


def title_of(doc: dict[str, Any]) -> str:
    """The plain text of trích yếu; as much of it as a list shows."""
    title: dict[str, Any] = next((node for node in doc["content"] if node["type"] == "title"), {})
    return "".join(str(run.get("text", "")) for run in title.get("content", ()))[:LONGEST_TITLE]


def title_of_node(doc: Node) -> str:
    """The plain text of trích yếu; as much of it as a list shows."""
    return doc.child(0).text_content[:LONGEST_TITLE]


def _keep_whole(session: Session, plan: Plan, doc: Node) -> None:
    session.add(TextSnapshot(plan_id=plan.id, version=plan.text_version, doc=doc.to_json()))
    carry_anchors(session, plan)


def _carry(held: Anchored, ranges: Sequence[Ranges], version: int) -> None:
    assert held.anchor_start is not None  # noqa: S101  # The caller chose those that have one.
    assert held.anchor_end is not None  # noqa: S101  # Both or none.
    place = carry(Place(held.anchor_start, held.anchor_end, held.is_gone), ranges)
    held.anchor_start, held.anchor_end, held.is_gone = place.start, place.end, place.is_gone
    held.anchor_version = version
