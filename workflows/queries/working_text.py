"""The working text as it is now, or as it was: a snapshot and the steps after it.

The cache only saves work: a text at a version never changes, so that an entry is never wrong.
Nothing may be remembered before it is committed.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, cast
from uuid import UUID

from prosemirror.model import Node
from sqlalchemy import Text, func, select
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.edits import Place, carry, replay
from workflows.domain.content.moving import Ranges
from workflows.domain.content.schema import SCHEMA
from workflows.domain.content.shape import Doc
from workflows.domain.errors import PlanNotFound
from workflows.domain.policy import may_read_draft
from workflows.models.people import Person
from workflows.models.plan import Plan
from workflows.models.text import SNAPSHOT_EVERY, TextSnapshot, TextStep
from workflows.queries.reading import readable_plan

KEPT = 24
# Of one answer; a single step may be longer than that and goes alone.
MOST_STEPS = 5_000
MOST_LETTERS = 1_000_000
FETCHED = 50
# The origin of steps that a person's page sent.
TYPED = "typed"


@dataclass(frozen=True)
class WorkingText:
    """The text at one version. Nodes are immutable: share them freely."""

    version: int
    node: Node

    @property
    def doc(self) -> Doc:
        """The document as JSON, made anew."""
        return cast(Doc, self.node.to_json())


@dataclass(frozen=True)
class Steps:
    """What happened to a text after a version, in order. *is_more*: not all of it was read."""

    since: int
    is_more: bool
    steps: tuple[dict[str, Any], ...]
    clients: tuple[str, ...]
    authors: tuple[int, ...]


class _Recent:
    """The texts last used in this process."""

    def __init__(self) -> None:
        self._texts: OrderedDict[UUID, WorkingText] = OrderedDict()
        self._lock = Lock()

    def find(self, plan_id: UUID, version: int) -> WorkingText | None:
        """The newest text kept that is not newer than *version*."""
        with self._lock:
            text = self._texts.get(plan_id)
            if text is None or text.version > version:
                return None
            self._texts.move_to_end(plan_id)
            return text

    def keep(self, plan_id: UUID, text: WorkingText) -> None:
        """Keep *text* unless a newer one is kept already."""
        with self._lock:
            known = self._texts.get(plan_id)
            if known is None or known.version < text.version:
                self._texts[plan_id] = text
                self._texts.move_to_end(plan_id)
            while len(self._texts) > KEPT:
                self._texts.popitem(last=False)


_recent = _Recent()


def remember(plan_id: UUID, version: int, node: Node) -> None:
    """Keep a text for the next reader; only after the transaction that made it."""
    _recent.keep(plan_id, WorkingText(version, node))


def text_of(session: Session, plan: Plan) -> WorkingText:
    """The working text as the database has it in this transaction."""
    return WorkingText(plan.text_version, text_at(session, plan.id, plan.text_version))


def text_at(session: Session, plan_id: UUID, version: int) -> Node:
    """The text at *version*; raises PlanNotFound for a version that never was."""
    known = _nearest(session, plan_id, version)
    steps = session.scalars(
        select(TextStep.step)
        .where(
            TextStep.plan_id == plan_id,
            TextStep.version > known.version,
            TextStep.version <= version,
        )
        .order_by(TextStep.version)
    ).all()
    if len(steps) != version - known.version:
        raise PlanNotFound("Không có phiên bản này.")
    return replay(known.node, steps).doc


def steps_since(session: Session, plan: Plan, version: int) -> Steps:
    """The steps after *version*, as many as one answer carries; the rest on the next asking."""
    found = session.execute(
        select(
            TextStep.step,
            TextStep.client_id,
            TextStep.author_id,
            func.length(cast_to(TextStep.step, Text)).label("size"),
        )
        .where(TextStep.plan_id == plan.id, TextStep.version > version)
        .order_by(TextStep.version)
        .limit(MOST_STEPS)
        # Read by and by: what is beyond the measure shall not even be fetched.
        .execution_options(yield_per=FETCHED)
    )
    rows: list[Any] = []
    size = 0
    for row in found:
        size += row.size
        if rows and size > MOST_LETTERS:
            break
        rows.append(row)
    found.close()
    return Steps(
        version,
        version + len(rows) < plan.text_version,
        tuple(row.step for row in rows),
        tuple(row.client_id for row in rows),
        tuple(row.author_id for row in rows),
    )


def readable_draft(session: Session, actor: Actor, plan_id: UUID) -> Plan:
    """The plan, if *actor* may read its working text; raises PlanNotFound."""
    plan, facts = readable_plan(session, plan_id, actor=actor)
    if not may_read_draft(actor, facts):
        raise PlanNotFound("Không có kế hoạch này.")
    return plan


def ranges_between(session: Session, plan_id: UUID, start: int, end: int) -> list[Ranges]:
    """The maps of the steps after version *start*, up to *end*: for carrying many places."""
    return list(
        session.scalars(
            select(TextStep.ranges)
            .where(TextStep.plan_id == plan_id, TextStep.version > start, TextStep.version <= end)
            .order_by(TextStep.version)
        )
    )


def carried(
    session: Session, plan_id: UUID, places: Sequence[tuple[int, Place]], to: int
) -> list[Place]:
    """Each (version, place) as it stands at version *to*, with one query for all of them."""
    first = min((version for version, _ in places), default=to)
    ranges = ranges_between(session, plan_id, first, to)
    return [carry(place, ranges[version - first :]) for version, place in places]


def last_typed(session: Session, plan_id: UUID, person_id: int) -> tuple[int, datetime] | None:
    """The last version that this person typed, and when; what an act of theirs changed is none.

    The act has a line of its own in the record, typing only the one of its sitting.
    """
    row = session.execute(
        select(TextStep.version, TextStep.at)
        .where(
            TextStep.plan_id == plan_id,
            TextStep.author_id == person_id,
            TextStep.origin == TYPED,
        )
        .order_by(TextStep.version.desc())
        .limit(1)
    ).one_or_none()
    return (row.version, row.at) if row else None


def authors_between(session: Session, plan_id: UUID, start: int, end: int) -> tuple[str, ...]:
    """The names of those who changed the text after version *start*, up to *end*."""
    rows = session.scalars(
        select(Person.name)
        .join(TextStep, TextStep.author_id == Person.id)
        .where(TextStep.plan_id == plan_id, TextStep.version > start, TextStep.version <= end)
        .distinct()
        .order_by(Person.name)
    )
    return tuple(rows)


def _nearest(session: Session, plan_id: UUID, version: int) -> WorkingText:
    """The newest text at hand that is not newer than *version*.

    A process that did not serve the plan for long may know a text that thousands of steps are
    written after; the newest snapshot is never far behind.
    """
    kept = _recent.find(plan_id, version)
    if kept and version - kept.version <= SNAPSHOT_EVERY:
        return kept
    text = _snapshot(session, plan_id, version, after=kept.version if kept else -1) or kept
    if text is None:
        raise PlanNotFound("Không có phiên bản này.")
    return text


def _snapshot(session: Session, plan_id: UUID, version: int, *, after: int) -> WorkingText | None:
    row = session.execute(
        select(TextSnapshot.version, TextSnapshot.doc)
        .where(
            TextSnapshot.plan_id == plan_id,
            TextSnapshot.version > after,
            TextSnapshot.version <= version,
        )
        .order_by(TextSnapshot.version.desc())
        .limit(1)
    ).one_or_none()
    return WorkingText(row.version, Node.from_json(SCHEMA, row.doc)) if row else None
