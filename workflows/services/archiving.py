"""The archive package of an issued version has been written: recorded once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import RenditionKind
from workflows.services.files import StoredFile, file_of, note_file
from workflows.services.outbox import unkept
from workflows.services.record import record
from workflows.services.transaction import transaction


def record_package(
    session: Session, *, message_id: UUID, version_id: int, package: StoredFile, now: datetime
) -> None:
    """Note the package, write the event, settle the message; a second run changes nothing."""
    with transaction(session):
        version = session.get_one(PlanVersion, version_id)
        plan = session.get_one(Plan, version.plan_id, with_for_update=True)
        message = unkept(session, message_id)
        if message is None:
            return
        if file_of(session, version_id, RenditionKind.PACKAGE) is None:
            note_file(session, version, RenditionKind.PACKAGE, package, now)
            record(
                session,
                act="archive",
                at=now,
                actor=None,
                plan_id=plan.id,
                state_before=str(plan.state),
                state_after=str(plan.state),
                version_number=version.number,
                digest=version.digest,
                details={"package_sha256": package.sha256, "key": package.key},
            )
        message.handled_at = now
