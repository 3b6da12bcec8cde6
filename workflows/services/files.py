"""Which stored bytes stand for a version: noted in the transaction of the act that needs them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.services.outbox import unkept
from workflows.services.transaction import transaction


@dataclass(frozen=True)
class StoredFile:
    """Bytes that already lie in the store under *key*."""

    key: str
    sha256: str
    size: int


def note_file(
    session: Session, version: PlanVersion, kind: RenditionKind, file: StoredFile, now: datetime
) -> Rendition:
    """Add the row to the caller's transaction."""
    rendition = Rendition(
        plan_id=version.plan_id,
        version_id=version.id,
        kind=kind,
        sha256=file.sha256,
        store_key=file.key,
        size=file.size,
        at=now,
    )
    session.add(rendition)
    return rendition


def file_of(session: Session, version_id: int, kind: RenditionKind) -> Rendition | None:
    """The version's file of this kind, if there is one yet."""
    return session.scalars(
        select(Rendition).where(Rendition.version_id == version_id, Rendition.kind == kind)
    ).first()


def record_prepared(
    session: Session, *, message_id: UUID, version_id: int, file: StoredFile, now: datetime
) -> None:
    """The PDF of a version has been rendered; settles the message. A second run changes nothing."""
    with transaction(session):
        message = unkept(session, message_id)
        if message is None:
            return
        version = session.get(PlanVersion, version_id)
        if version is None:
            raise LookupError(f"no version {version_id}")
        # The plan and not its version: a decision's foreign key would wait for the version under
        # the plan's lock while the file's foreign key waits here for the plan.
        session.get_one(Plan, version.plan_id, with_for_update=True)
        if file_of(session, version_id, RenditionKind.PREPARED) is None:
            note_file(session, version, RenditionKind.PREPARED, file, now)
        message.handled_at = now
