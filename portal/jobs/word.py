"""Reads an uploaded Word file, for its uploader to look through before it becomes a text."""

from dataclasses import asdict
from typing import Final
from uuid import UUID

from portal import clock
from portal.acts.means import store
from portal.documents.word.isolation import read_isolated
from portal.documents.word.reading import WordRefused
from portal.extensions import db
from portal.jobs.context import in_app, still_owed
from workflows.services.word_reading import (
    begin_reading,
    note_progress,
    record_reading,
    record_refusal,
)

# So many hundredths between two notes in the database.
STEP: Final = 5


@in_app
def read_word(message_id: str) -> None:
    """Read the file named in the message; a run that was broken off begins anew."""
    session = db.session()
    task = still_owed(session, UUID(message_id))
    if task is None:
        return
    import_id = UUID(task.payload["import_id"])
    key = begin_reading(session, import_id)
    noted = 0

    def note(percent: int) -> None:
        nonlocal noted
        if percent >= noted + STEP:
            noted = percent
            note_progress(session, import_id, percent)

    try:
        found = read_isolated(store().get(key), on_progress=note) if key else None
    except WordRefused as refusal:
        record_refusal(
            session,
            message_id=task.id,
            import_id=import_id,
            sentence=str(refusal),
            now=clock.now(),
        )
        return
    record_reading(
        session,
        message_id=task.id,
        import_id=import_id,
        reading=asdict(found) if found else {},
        now=clock.now(),
    )
