"""Makes the PDF of a frozen version, with its empty form, ready to be signed."""

import hashlib
from uuid import UUID

from portal import clock
from portal.acts.means import store
from portal.documents.fields import prepare
from portal.documents.render import render_plan
from portal.extensions import db
from portal.jobs.context import in_app, still_owed
from workflows.queries.work import FrozenText, frozen_text
from workflows.services.files import StoredFile, record_prepared
from workflows.services.transaction import transaction


@in_app
def render_version(message_id: str) -> None:
    """Render the version named in the message, or find the file of a run that was broken off."""
    session = db.session()
    task = still_owed(session, UUID(message_id))
    if task is None:
        return
    with transaction(session):
        text = frozen_text(session, task.payload["version_id"])
    key = f"{text.folder}/prepared.pdf"
    # The file of a broken-off run is as good: a newer typesetter would make other bytes, and the
    # store would refuse them.
    if not store().exists(key):
        store().put(key, _typeset(text))
    pdf = store().get(key)
    record_prepared(
        session,
        message_id=task.id,
        version_id=text.id,
        file=StoredFile(key, hashlib.sha256(pdf).hexdigest(), len(pdf)),
        now=clock.now(),
    )


def _typeset(text: FrozenText) -> bytes:
    rendering = render_plan(text.canonical, at=text.frozen_at)
    return prepare(rendering, seal_diameter_mm=text.seal_diameter_mm).pdf
