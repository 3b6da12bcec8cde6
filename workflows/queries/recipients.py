"""Nơi nhận of a version, resolved to real bodies on the day of issue."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.people import RecipientGroup, Unit
from workflows.queries.people import valid_on


def recipients_of(
    session: Session, organisation_id: int, canonical: str, *, on: date
) -> list[dict[str, Any]]:
    """Each line of Nơi nhận with the bodies that it stands for on that day."""
    groups = {
        group.code: group
        for group in session.scalars(
            select(RecipientGroup).where(RecipientGroup.organisation_id == organisation_id)
        )
    }
    units = {
        unit.code: unit.name
        for unit in session.scalars(
            select(Unit).where(Unit.organisation_id == organisation_id, valid_on(Unit, on))
        )
    }
    lines = []
    for node in _recipients(canonical).get("content", ()):
        target = node["attrs"].get("target")
        bodies = _bodies(groups[target], on) if target in groups else []
        if target in units:
            bodies = [units[target]]
        lines.append({"text": _text(node), "target": target, "bodies": bodies})
    return lines


def keeper_of(canonical: str) -> str:
    """Who keeps the file copy, from the line Lưu."""
    return str(_recipients(canonical).get("attrs", {}).get("filing") or "VT")


def _recipients(canonical: str) -> dict[str, Any]:
    content = json.loads(canonical)["doc"]["content"]
    return next((node for node in content if node["type"] == "recipients"), {})


def _text(node: dict[str, Any]) -> str:
    return "".join(str(run.get("text", "")) for run in node.get("content", ()))


def _bodies(group: RecipientGroup, on: date) -> list[str]:
    members = (member.unit or member.organisation for member in group.members)
    return sorted(
        body.name
        for body in members
        if body and body.valid_from <= on and (body.valid_to is None or on <= body.valid_to)
    )
