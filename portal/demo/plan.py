"""The real plan of 2022 as the demonstration's drafter brings it in."""

from datetime import datetime
from importlib.resources import files
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.demo.staff import position_of, staff, unit_named
from workflows.domain.content.importer import import_text
from workflows.domain.content.reading import Reading
from workflows.models.plan import Plan
from workflows.queries.directory import directory_of
from workflows.services.acting import day_of
from workflows.services.drafting import create_plan

DRAFTER, SIGNER, UNIT = "soan", "ky", "SVHTT"


def read_plan() -> Reading:
    """The plan with its doubtful places, as the importer reads the text."""
    text = files("portal.demo").joinpath("ke-hoach-2022.txt").read_text("utf-8")
    return import_text(text, lambda: uuid4().hex[:12])


def begin_plan(session: Session, *, now: datetime) -> Plan:
    """A new plan with the real text, ready to be submitted."""
    signer = position_of(session, SIGNER)
    unit, actor = unit_named(session, UNIT), staff(session, DRAFTER, now=now)
    directory = directory_of(session, unit.organisation_id, on=day_of(now))
    doc, unit_id = directory.aimed(signed_by(read_plan().doc, signer.id)), unit.id
    session.rollback()
    return create_plan(session, unit_id=unit_id, actor=actor, doc=doc, now=now)


def has_plans(session: Session) -> bool:
    """Whether anybody has begun a plan already."""
    return session.scalar(select(Plan.id).limit(1)) is not None


def signed_by(doc: dict[str, Any], position_id: int) -> dict[str, Any]:
    """The document with its signature awaited from a position."""
    content = [
        {**node, "attrs": {**node["attrs"], "position": str(position_id)}}
        if node["type"] == "signature"
        else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}
