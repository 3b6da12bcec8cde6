"""A Word file that somebody brought in, as its uploader sees it; to others it is not there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import PlanAction
from workflows.models.people import Unit
from workflows.models.plan import Plan
from workflows.models.word import OPEN_STATES, ImportState, WordImport
from workflows.queries.plan_page import Head, head_of
from workflows.queries.reading import plan_to_act_on


@dataclass(frozen=True)
class Progress:
    """How far the reading of a file is."""

    state: ImportState
    percent: int

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in (ImportState.WAITING, ImportState.READING)


@dataclass(frozen=True)
class Arrival:
    """The page of one file."""

    id: UUID
    file_name: str
    size: int
    unit_name: str
    progress: Progress
    sentence: str
    reading: dict[str, Any] | None
    # The plan that it became; or the draft that it shall replace, and that draft's text version.
    plan_id: UUID | None
    plan_title: str
    text_version: int | None

    @property
    def is_taken(self) -> bool:
        """Whether it has become a plan's text."""
        return self.progress.state is ImportState.TAKEN


def arrival_of(session: Session, actor: Actor, import_id: UUID) -> Arrival:
    """The file for its uploader; raises PlanNotFound for everybody else."""
    found = own_import(session, actor, import_id)
    plan = session.get(Plan, found.plan_id) if found.plan_id is not None else None
    unit = session.get_one(Unit, found.unit_id)
    return Arrival(
        id=found.id,
        file_name=found.file_name,
        size=found.size,
        unit_name=unit.name,
        progress=Progress(found.state, found.progress),
        sentence=found.sentence,
        reading=found.reading,
        plan_id=found.plan_id,
        plan_title=plan.title if plan else "",
        text_version=plan.text_version if plan else None,
    )


def progress_of(session: Session, actor: Actor, import_id: UUID) -> Progress:
    """How far its reading is; raises PlanNotFound."""
    row = session.execute(
        select(WordImport.state, WordImport.progress).where(
            WordImport.id == import_id, WordImport.person_id == actor.id
        )
    ).one_or_none()
    if row is None:
        raise PlanNotFound("Không có tệp này.")
    return Progress(row.state, row.progress)


@dataclass(frozen=True)
class OpenImport:
    """A line of the list of files that still wait, for their reading or for their uploader."""

    id: UUID
    file_name: str
    is_ready: bool
    at: datetime


def open_imports(session: Session, actor: Actor) -> tuple[OpenImport, ...]:
    """What this person brought in and neither took nor left, the newest first."""
    rows = session.execute(
        select(WordImport.id, WordImport.file_name, WordImport.state, WordImport.created_at)
        .where(WordImport.person_id == actor.id, WordImport.state.in_(OPEN_STATES))
        .order_by(WordImport.created_at.desc(), WordImport.id)
    )
    return tuple(
        OpenImport(row.id, row.file_name, row.state is ImportState.READY, row.created_at)
        for row in rows
    )


def draft_to_replace(session: Session, actor: Actor, plan_id: UUID) -> Head:
    """The draft that a file may replace; raises as editing it would."""
    plan, _ = plan_to_act_on(session, plan_id, actor=actor, action=PlanAction.EDIT)
    return head_of(plan)


def own_import(session: Session, actor: Actor, import_id: UUID) -> WordImport:
    """The row, for its uploader; raises PlanNotFound for everybody else."""
    found = session.get(WordImport, import_id)
    if found is None or found.person_id != actor.id:
        raise PlanNotFound("Không có tệp này.")
    return found
