"""Who may sign a plan, and the lines of signature that a text not yet frozen would have today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflows.domain.capacity import signature_lines
from workflows.domain.content.shape import Doc
from workflows.models.people import Position
from workflows.models.plan import Plan
from workflows.queries.people import signing_positions


@dataclass(frozen=True)
class Signer:
    """A position that may sign: its words in a list, and ô 7a and 7b as they would be printed."""

    key: str
    label: str
    lines: tuple[str, ...]
    name: str


def signers_of(session: Session, plan: Plan, *, today: date) -> tuple[Signer, ...]:
    """Each position that may sign the plan, with what would be printed for it."""
    positions = signing_positions(session, plan.organisation_id, on=today)
    return tuple(_signer(position, plan.organisation.collective) for position in positions)


def as_signed(session: Session, plan: Plan, doc: Doc, *, today: date) -> Doc:
    """*doc*, a working text, with ô 7a and 7b of the position chosen in it; as it is without one.

    The working text only names the position; the lines become part of a text when it is frozen.
    """
    signers = {signer.key: signer for signer in signers_of(session, plan, today=today)}
    content = [
        _filled(node, signers[node["attrs"]["position"]])
        if node["type"] == "signature" and node["attrs"].get("position") in signers
        else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}


def _filled(node: Doc, signer: Signer) -> Doc:
    return {**node, "attrs": {**node["attrs"], "lines": list(signer.lines), "name": signer.name}}


def _signer(position: Position, collective: str | None) -> Signer:
    try:
        lines = signature_lines(position.capacity, position.title, position.head_title, collective)
    except ValueError:
        # A position that lacks its head's title is chosen all the same; submitting will tell.
        lines = []
    name = position.person.name
    label = _words(position.title, name, position.field)
    return Signer(key=str(position.id), label=label, lines=tuple(lines), name=name)


def _words(title: str, name: str, field: str | None) -> str:
    return f"{title} {name}" + (f" ({field})" if field else "")
