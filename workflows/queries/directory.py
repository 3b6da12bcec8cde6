"""The names that a line of Nơi nhận may stand for, and the codes that issuing sends by."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.people import RecipientGroup, Unit
from workflows.queries.people import valid_on


@dataclass(frozen=True)
class Directory:
    """Codes by name, in the order in which they are offered."""

    codes: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """What a drafter may choose from."""
        return tuple(self.codes)

    def find(self, words: str) -> list[tuple[str, str]]:
        """(name, code) of the entries whose name has *words*, with or without their marks."""
        wanted = _bare(words)
        return [(name, code) for name, code in self.codes.items() if wanted in _bare(name)]

    def aimed(self, doc: dict[str, Any]) -> dict[str, Any]:
        """The document with a code for each recipient whose name is known and who has none."""
        by_name = {_key(name): code for name, code in self.codes.items()}
        return _with_targets(doc, lambda name, target: target or by_name.get(_key(name)))


def directory_of(session: Session, organisation_id: int, *, on: date) -> Directory:
    """The groups and the units of the organisation on that day."""
    groups = session.execute(
        select(RecipientGroup.name, RecipientGroup.code)
        .where(RecipientGroup.organisation_id == organisation_id)
        .order_by(RecipientGroup.id)
    )
    units = session.execute(
        select(Unit.name, Unit.code)
        .where(Unit.organisation_id == organisation_id, valid_on(Unit, on))
        .order_by(Unit.name)
    )
    return Directory({name: code for rows in (groups, units) for name, code in rows})


def _bare(name: str) -> str:
    """Letters without marks: who types fast leaves them out."""
    plain = unicodedata.normalize("NFD", _key(name).replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _with_targets(doc: dict[str, Any], choose: Any) -> dict[str, Any]:
    content = [
        {**node, "content": [_aim(line, choose) for line in node.get("content", ())]}
        if node["type"] == "recipients"
        else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}


def _aim(line: dict[str, Any], choose: Any) -> dict[str, Any]:
    name = "".join(str(run.get("text", "")) for run in line.get("content", ()))
    attrs = line.get("attrs", {})
    return {**line, "attrs": {**attrs, "target": choose(name, attrs.get("target"))}}
