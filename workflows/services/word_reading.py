"""What the job that reads a Word file notes of it: begun, how far, read or refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.models.word import ImportState, WordImport
from workflows.services.outbox import unkept
from workflows.services.transaction import transaction

OPEN = (ImportState.WAITING, ImportState.READING)


def begin_reading(session: Session, import_id: UUID) -> str | None:
    """The key of the file, if it is still to be read; a second run begins anew."""
    with transaction(session):
        found = session.get(WordImport, import_id, with_for_update=True, populate_existing=True)
        if found is None or found.state not in OPEN:
            return None
        set_import(session, import_id, state=ImportState.READING, progress=0)
        return found.file_key


def note_progress(session: Session, import_id: UUID, percent: int) -> None:
    """How far the reading is."""
    with transaction(session):
        set_import(session, import_id, progress=percent)


def record_reading(
    session: Session,
    *,
    message_id: UUID,
    import_id: UUID,
    reading: Mapping[str, Any],
    now: datetime,
) -> None:
    """The file has been read; settles the message."""
    _finish(session, message_id, import_id, now, state=ImportState.READY, reading=dict(reading))


def record_refusal(
    session: Session, *, message_id: UUID, import_id: UUID, sentence: str, now: datetime
) -> None:
    """The file cannot be taken in; settles the message."""
    _finish(session, message_id, import_id, now, state=ImportState.REFUSED, sentence=sentence)


def set_import(session: Session, import_id: UUID, **values: Any) -> None:
    """Change the row in the caller's transaction."""
    session.execute(update(WordImport).where(WordImport.id == import_id).values(**values))


def _finish(
    session: Session, message_id: UUID, import_id: UUID, now: datetime, **values: Any
) -> None:
    with transaction(session):
        message = unkept(session, message_id)
        if message is None:
            return
        found = session.get(WordImport, import_id, with_for_update=True, populate_existing=True)
        if found is not None and found.state in OPEN:
            set_import(session, import_id, progress=100, finished_at=now, **values)
        message.handled_at = now
