"""What has happened to a plan, as its audit events tell it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.audit import AuditEvent

LONGEST = 500
# Talk has its own place on the page.
TALK = ("comment", "ask_inherited", "answer", "resolve", "reopen")
# How a draft comes about is its writers' own affair, and the auditor's. What was proposed to all
# has its own place beside the text.
AMONG_WRITERS = (
    "edit",
    "name_revision",
    "invite",
    "suggest",
    "accept_suggestion",
    "adopt_suggestion",
    "reject_suggestion",
    "withdraw_suggestion",
)


@dataclass(frozen=True)
class Happening:
    """One act, or *times* saves by one person with nothing in between."""

    act: str
    at: datetime
    who: str
    position: str
    state_after: str | None
    version_number: int | None
    digest: str | None
    details: dict[str, Any] = field(default_factory=dict)
    times: int = 1


def timeline_of(session: Session, plan_id: UUID, *, sees_draft: bool) -> tuple[Happening, ...]:
    """The plan's acts, the last one first."""
    hidden = TALK if sees_draft else (*TALK, *AMONG_WRITERS)
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.plan_id == plan_id, AuditEvent.act.not_in(hidden))
        .order_by(AuditEvent.seq.desc())
        .limit(LONGEST)
    )
    return tuple(_joined(_happening(event) for event in events))


def _happening(event: AuditEvent) -> Happening:
    return Happening(
        act=event.act,
        at=event.at,
        who=event.actor_name,
        position=event.position_title,
        state_after=event.state_after,
        version_number=event.version_number,
        digest=event.digest,
        details=event.details,
    )


def _joined(happenings: Iterable[Happening]) -> list[Happening]:
    joined: list[Happening] = []
    for each in happenings:
        last = joined[-1] if joined else None
        if last and last.act == each.act == "edit" and last.who == each.who:
            joined[-1] = replace(last, times=last.times + 1)
        else:
            joined.append(each)
    return joined
