"""Going back: the text becomes what it was in a named or a frozen state, as one more change."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.shape import Doc
from workflows.domain.errors import NotPossible, StaleVersion
from workflows.domain.machine import PlanAction
from workflows.models.discussion import Audience
from workflows.models.plan import PlanVersion
from workflows.models.text import Revision
from workflows.queries.working_text import authors_between, text_at
from workflows.services.acting import Act, acting_on
from workflows.services.hearers import hearers_among
from workflows.services.steps import tell
from workflows.services.writing import bring_to


def restore_revision(
    session: Session, *, plan_id: UUID, number: int, seen_text: int, actor: Actor, now: datetime
) -> str:
    """Bring the text back to a named state; returns its name. Nothing between is lost.

    Raises StaleVersion, with the names of those who wrote, unless *seen_text* is still the text.
    """
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=None, now=now
    ) as act:
        revision = session.scalars(
            select(Revision).where(Revision.plan_id == plan_id, Revision.number == number)
        ).one_or_none()
        if revision is None:
            raise NotPossible("Kế hoạch không có bản ghi này. Hãy tải lại trang.")
        name = revision.note
        _restore(act, revision.text_version, name, seen_text)
        return name


def restore_version(
    session: Session, *, plan_id: UUID, number: int, seen_text: int, actor: Actor, now: datetime
) -> str:
    """Bring the text back to what was frozen as a version; otherwise as restore_revision."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=None, now=now
    ) as act:
        stands_at = session.scalar(
            select(PlanVersion.text_version).where(
                PlanVersion.plan_id == plan_id, PlanVersion.number == number
            )
        )
        if stands_at is None:
            raise NotPossible("Kế hoạch không có phiên bản này. Hãy tải lại trang.")
        name = f"Phiên bản {number}"
        _restore(act, stands_at, name, seen_text)
        return name


def _restore(act: Act, version: int, name: str, seen_text: int) -> None:
    now = act.plan.text_version
    if names := authors_between(act.session, act.plan.id, seen_text, now):
        raise StaleVersion(
            "Từ khi bạn mở trang, %(names)s đã sửa văn bản, nên chưa đưa về bản cũ. "
            "Hãy xem phần mới sửa rồi làm lại.",
            names=", ".join(names),
        )
    # As it was, with whatever is wrong in it: the way back must not depend on that.
    doc = cast(Doc, text_at(act.session, act.plan.id, version).to_json())
    bring_to(act, doc, seen_text, "restore")
    people = {act.plan.author_id, *act.facts.editors, *act.facts.writers}
    tell(
        act,
        hearers_among(act, people, Audience.WRITERS),
        "restored",
        excerpt=name[:200],
        audience="writers",
    )
