"""The worker reads an uploaded Word file, in a process of its own, and says what became of it."""

from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from portal.archive.store import FileStore
from portal.jobs.word import read_word
from tests.documents.word.foreign import paragraph, plan, zipped
from tests.factories import Office
from tests.jobs.conftest import Work, owed
from workflows.models.outbox import Topic
from workflows.models.word import ImportState, WordImport
from workflows.services.files import StoredFile
from workflows.services.word import Upload, bring_in, drop

GOOD = plan(paragraph("I. MỤC ĐÍCH"), paragraph("- Một."))


def brought(office: Office, kept: FileStore, data: bytes) -> UUID:
    key = f"imports/{uuid4().hex}/a.docx"
    kept.put(key, data)
    upload = Upload(
        StoredFile(key, "0" * 64, len(data)),
        "a.docx",
        unit_id=next(iter(office.soan.posts)).unit_id,
    )
    return bring_in(office.session, upload=upload, actor=office.soan, now=office.now)


def row_of(session: Session, import_id: UUID) -> WordImport:
    session.rollback()
    return session.get_one(WordImport, import_id, populate_existing=True)


def test_a_file_is_read_by_the_worker(
    office: Office, session: Session, kept: FileStore, settle_all: Work
) -> None:
    import_id = brought(office, kept, GOOD)
    settle_all()
    row = row_of(session, import_id)
    assert (row.state, row.progress) == (ImportState.READY, 100)
    assert row.reading is not None
    assert row.reading["doc"]["type"] == "doc"
    assert row.finished_at is not None
    [message] = owed(session, Topic.IMPORT)
    assert message.handled_at is not None


def test_a_refusal_is_an_answer_and_no_failure(
    office: Office, session: Session, kept: FileStore, settle_all: Work
) -> None:
    import_id = brought(office, kept, zipped({"a.txt": "x"}))
    settle_all()
    row = row_of(session, import_id)
    assert row.state is ImportState.REFUSED
    assert "tệp nén" in row.sentence


def test_a_second_run_changes_nothing(
    app: Flask, office: Office, session: Session, kept: FileStore
) -> None:
    import_id = brought(office, kept, GOOD)
    [message] = owed(session, Topic.IMPORT)
    message_id = str(message.id)
    session.rollback()
    with app.app_context():
        read_word(message_id)
        finished = row_of(session, import_id).finished_at
        session.rollback()
        read_word(message_id)
    assert row_of(session, import_id).finished_at == finished


def test_a_file_dropped_before_its_turn_is_not_read(
    office: Office, session: Session, kept: FileStore, settle_all: Work
) -> None:
    import_id = brought(office, kept, GOOD)
    drop(session, import_id=import_id, actor=office.soan)
    settle_all()
    row = row_of(session, import_id)
    assert (row.state, row.reading) == (ImportState.DROPPED, None)
    assert [message.handled_at is not None for message in owed(session, Topic.IMPORT)] == [True]
