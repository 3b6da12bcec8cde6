"""Freezing a text: brought to its normal form through the log, then stored for ever."""

from typing import Any

from sqlalchemy import select

from workflows.domain.capacity import signature_lines
from workflows.domain.content.canonical import Header, canonical, digest
from workflows.domain.errors import StaleVersion
from workflows.models.decision import Decision, Outcome
from workflows.models.people import Position
from workflows.models.plan import PlanVersion
from workflows.queries.working_text import text_of
from workflows.services.acting import Act
from workflows.services.drafting import fit
from workflows.services.text_log import carry_anchors, replace_whole, title_of


def settled_text(act: Act, seen_text: int) -> dict[str, Any]:
    """The text in its normal form, brought there through the log.

    So the version that is frozen and the text that it is frozen from have the same places.
    """
    if seen_text != act.plan.text_version:
        raise StaleVersion(
            "Văn bản đã được sửa thêm từ khi bạn mở trang này. Hãy xem lại rồi trình."
        )
    doc = fit(text_of(act.session, act.plan).doc)
    replace_whole(
        act.session, act.plan, doc, author_id=act.actor.id, origin="normalise", now=act.now
    )
    carry_anchors(act.session, act.plan)
    return doc


def with_signature(
    doc: dict[str, Any], signing: Position, collective: str | None
) -> dict[str, Any]:
    """The document with ô 7a and 7b generated from the position as it is today (Điều 13)."""
    lines = signature_lines(signing.capacity, signing.title, signing.head_title, collective)
    content = [
        {**node, "attrs": {**node["attrs"], "lines": lines, "name": signing.person.name}}
        if node["type"] == "signature"
        else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}


def freeze(act: Act, doc: dict[str, Any]) -> PlanVersion:
    """Store the canonical text; a text that was frozen before keeps its version."""
    text = canonical(header_of(act), doc)
    act.plan.title = title_of(doc)
    last = act.version() if act.plan.version_number else None
    if last is not None and last.digest == digest(text):
        return last
    act.plan.version_number += 1
    version = PlanVersion(
        plan_id=act.plan.id,
        number=act.plan.version_number,
        canonical=text.decode(),
        digest=digest(text),
        text_version=act.plan.text_version,
        frozen_at=act.now,
        frozen_by_id=act.actor.id,
    )
    act.session.add(version)
    act.session.flush()
    return version


def void_what_no_longer_covers(act: Act, version: PlanVersion) -> None:
    """Điều 11.2: an approval of another text does not stand behind this one."""
    for decision in act.session.scalars(
        select(Decision).where(
            Decision.plan_id == act.plan.id,
            Decision.voided_at.is_(None),
            Decision.outcome == Outcome.APPROVED,
            Decision.digest != version.digest,
        )
    ):
        decision.voided_at = act.now
        decision.void_reason = f"Văn bản đã thay đổi: phiên bản {version.number}"


def header_of(act: Act) -> Header:
    """What stands above the title, as the organisation has it today."""
    organisation = act.plan.organisation
    return {
        "kind": "KẾ HOẠCH",
        "kind_code": act.plan.kind,
        "parent": organisation.parent_line,
        "organisation": organisation.header_lines,
        "symbol": f"{act.plan.kind}-{organisation.symbol}",
        "place": organisation.place,
    }
