"""States of the text that have a name, so that people find them again."""

from sqlalchemy import func, select

from workflows.models.text import Revision
from workflows.services.acting import Act


def keep_state(act: Act, note: str, *, version: int | None = None) -> Revision:
    """Name the text as it stands, or as it stood at *version* of this same transaction."""
    last = act.session.scalar(
        select(func.max(Revision.number)).where(Revision.plan_id == act.plan.id)
    )
    revision = Revision(
        plan_id=act.plan.id,
        number=(last or 0) + 1,
        text_version=act.plan.text_version if version is None else version,
        note=note,
        author_id=act.actor.id,
        at=act.now,
    )
    act.session.add(revision)
    return revision
