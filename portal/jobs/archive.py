"""Archives an issued version: its package is written once and noted once."""

from uuid import UUID

from portal import clock
from portal.acts.means import store
from portal.archive.package import keep_package
from portal.extensions import db
from portal.jobs.context import in_app, still_owed
from workflows.queries.packages import plan_of_version, record_of
from workflows.services.archiving import record_package
from workflows.services.transaction import transaction


@in_app
def archive_version(message_id: str) -> None:
    """Write the package of the version named in the message and record it."""
    session = db.session()
    task = still_owed(session, UUID(message_id))
    if task is None:
        return
    version_id = int(task.payload["version_id"])
    with transaction(session):
        record = record_of(session, plan_of_version(session, version_id))
    package = keep_package(store(), record, version_id)
    record_package(
        session, message_id=task.id, version_id=version_id, package=package, now=clock.now()
    )
