"""A Word file becomes a text once, for its uploader alone, and the record names the file."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import Office, real_plan, short_plan
from workflows.domain.errors import NotPermitted, NotPossible, PlanNotFound, StaleVersion, TooMany
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.models.word import ImportState, WordImport
from workflows.queries.word import arrival_of, open_imports, progress_of
from workflows.services.files import StoredFile
from workflows.services.word import (
    MOST_OPEN,
    Upload,
    bring_in,
    drop,
    take,
    take_into,
    with_kept_ids,
)
from workflows.services.word_reading import (
    begin_reading,
    note_progress,
    record_reading,
    record_refusal,
)

FILE = StoredFile("imports/x/0123456789ab.docx", "0" * 64, 1_234)


def brought(office: Office, *, plan_id: UUID | None = None, who: str = "soan") -> UUID:
    actor = office.actor(who)
    unit_id = None if plan_id else next(iter(actor.posts)).unit_id
    upload = Upload(FILE, "Kế hoạch.docx", unit_id=unit_id, plan_id=plan_id)
    return bring_in(office.session, upload=upload, actor=actor, now=office.now)


def message_of(session: Session, import_id: UUID) -> UUID:
    found = session.scalars(
        select(OutboxMessage.id).where(
            OutboxMessage.topic == Topic.IMPORT,
            OutboxMessage.payload["import_id"].astext == str(import_id),
        )
    ).one()
    session.rollback()
    return found


def ready(office: Office, doc: dict[str, Any], *, plan_id: UUID | None = None) -> UUID:
    """A file that has been read as *doc*."""
    import_id = brought(office, plan_id=plan_id)
    record_reading(
        office.session,
        message_id=message_of(office.session, import_id),
        import_id=import_id,
        reading={"doc": doc, "doubts": [], "notes": []},
        now=office.later(minutes=1),
    )
    return import_id


def row_of(session: Session, import_id: UUID) -> WordImport:
    session.rollback()
    return session.get_one(WordImport, import_id, populate_existing=True)


def test_a_file_is_noted_with_the_work_it_asks_for(office: Office, session: Session) -> None:
    import_id = brought(office)
    row = row_of(session, import_id)
    assert (row.state, row.file_key, row.size) == (ImportState.WAITING, FILE.key, FILE.size)
    message = session.scalars(select(OutboxMessage)).one()
    assert message.payload == {"import_id": str(import_id)}
    assert message.plan_id is None


def test_a_person_brings_in_no_more_than_they_can_decide_on(
    office: Office, session: Session
) -> None:
    first, *_ = [brought(office) for _ in range(MOST_OPEN)]
    with pytest.raises(TooMany, match=str(MOST_OPEN)):
        brought(office)
    session.rollback()
    drop(session, import_id=first, actor=office.soan)
    assert brought(office)
    assert len(open_imports(session, office.soan)) == MOST_OPEN


def test_only_drafters_of_the_unit_bring_files_in(office: Office) -> None:
    for who, unit in (("duyet", None), ("soan", "VP")):
        actor = office.actor(who)
        unit_id = office.unit_id(unit) if unit else next(iter(actor.posts)).unit_id
        with pytest.raises(NotPermitted):
            bring_in(
                office.session,
                upload=Upload(FILE, "a.docx", unit_id=unit_id),
                actor=actor,
                now=office.now,
            )


def test_a_file_replaces_only_a_text_that_may_be_edited(office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    with pytest.raises(NotPossible):
        brought(office, plan_id=plan.id)


def test_the_job_notes_its_way_and_its_end_once(office: Office, session: Session) -> None:
    import_id = brought(office)
    assert begin_reading(session, import_id) == FILE.key
    note_progress(session, import_id, 40)
    seen = progress_of(session, office.soan, import_id)
    assert (seen.state, seen.percent, seen.is_under_way) == (ImportState.READING, 40, True)
    # A run that was broken off begins anew.
    assert begin_reading(session, import_id) == FILE.key
    message_id = message_of(session, import_id)
    ending: dict[str, Any] = {"message_id": message_id, "import_id": import_id, "now": office.now}
    record_refusal(session, sentence="Tệp hỏng.", **ending)
    record_reading(session, reading={"doc": {}, "doubts": [], "notes": []}, **ending)
    row = row_of(session, import_id)
    assert (row.state, row.sentence, row.reading) == (ImportState.REFUSED, "Tệp hỏng.", None)
    assert begin_reading(session, import_id) is None
    assert session.get_one(OutboxMessage, message_id).handled_at is not None


def test_taking_makes_one_plan_and_the_record_names_the_file(
    office: Office, session: Session
) -> None:
    import_id = ready(office, short_plan())
    first = take(session, import_id=import_id, actor=office.soan, now=office.now)
    again = take(session, import_id=import_id, actor=office.soan, now=office.now)
    assert first == again
    plan = session.scalars(select(Plan)).one()
    assert plan.id == first
    assert plan.title.startswith("Tuyên truyền")
    event = session.scalars(select(AuditEvent).where(AuditEvent.act == "create")).one()
    assert event.details["word_file"] == FILE.key
    assert event.details["word_sha256"] == FILE.sha256
    assert row_of(session, import_id).state is ImportState.TAKEN


def test_two_clicks_at_once_make_one_plan(office: Office, session: Session, engine: Engine) -> None:
    import_id, actor, now = ready(office, short_plan()), office.soan, office.now

    def click(_order: int) -> UUID:
        with Session(engine) as own:
            return take(own, import_id=import_id, actor=actor, now=now)

    with ThreadPoolExecutor(4) as people:
        made = set(people.map(click, range(4)))
    session.rollback()
    assert made == {plan.id for plan in session.scalars(select(Plan))}
    assert len(made) == 1


def test_recipients_that_the_directory_knows_get_their_codes(
    office: Office, session: Session
) -> None:
    doc = short_plan()
    import_id = ready(office, doc)
    plan_id = take(session, import_id=import_id, actor=office.soan, now=office.now)
    text = office.text(session.get_one(Plan, plan_id))
    [recipients] = (node for node in text["content"] if node["type"] == "recipients")
    targets = {line["attrs"]["target"] for line in recipients["content"]}
    assert "G.SO-BAN-NGANH" in targets


def test_a_draft_gets_the_text_and_its_blocks_keep_their_ids(
    office: Office, session: Session
) -> None:
    plan = office.draft()
    before = office.text(plan)
    import_id = ready(office, real_plan(), plan_id=plan.id)
    seen = arrival_of(session, office.soan, import_id).text_version
    session.rollback()
    assert seen is not None
    taking: dict[str, Any] = {"import_id": import_id, "actor": office.soan, "now": office.now}
    assert take_into(session, seen_text=seen, **taking) == plan.id
    after = office.text(plan)
    old, new = (
        {node["attrs"]["id"] for node in doc["content"] if node["type"] == "clause"}
        for doc in (before, after)
    )
    assert old == new
    # The second click is no second replacement.
    assert take_into(session, seen_text=seen, **taking) == plan.id


def test_a_draft_that_changed_meanwhile_is_not_overwritten(
    office: Office, session: Session
) -> None:
    plan = office.draft()
    import_id = ready(office, short_plan(), plan_id=plan.id)
    office.save(plan, short_plan())
    with pytest.raises(StaleVersion):
        take_into(session, import_id=import_id, seen_text=0, actor=office.soan, now=office.now)
    assert row_of(session, import_id).state is ImportState.READY


def test_blocks_of_a_file_made_here_keep_the_ids_they_brought() -> None:
    doc = real_plan()
    assert with_kept_ids(doc, doc) is doc


def test_nobody_else_sees_takes_or_drops_it(office: Office, session: Session) -> None:
    import_id = ready(office, short_plan())
    for who in ("duyet", "thanh", "tri"):
        actor = office.actor(who)
        with pytest.raises(PlanNotFound):
            arrival_of(session, actor, import_id)
        with pytest.raises(PlanNotFound):
            progress_of(session, actor, import_id)
        with pytest.raises(PlanNotFound):
            take(session, import_id=import_id, actor=actor, now=office.now)
        with pytest.raises(PlanNotFound):
            drop(session, import_id=import_id, actor=actor)
        session.rollback()


def test_what_was_dropped_is_not_taken_and_what_was_taken_is_not_dropped(
    office: Office, session: Session
) -> None:
    import_id = ready(office, short_plan())
    drop(session, import_id=import_id, actor=office.soan)
    with pytest.raises(NotPossible):
        take(session, import_id=import_id, actor=office.soan, now=office.now)
    other = ready(office, short_plan())
    plan_id = take(session, import_id=other, actor=office.soan, now=office.now)
    drop(session, import_id=other, actor=office.soan)
    row = row_of(session, other)
    assert (row.state, row.plan_id) == (ImportState.TAKEN, plan_id)


def test_a_file_dropped_while_it_is_read_stays_dropped(office: Office, session: Session) -> None:
    import_id = brought(office)
    begin_reading(session, import_id)
    drop(session, import_id=import_id, actor=office.soan)
    record_reading(
        session,
        message_id=message_of(session, import_id),
        import_id=import_id,
        reading={"doc": short_plan(), "doubts": [], "notes": []},
        now=office.now,
    )
    row = row_of(session, import_id)
    assert (row.state, row.reading) == (ImportState.DROPPED, None)


def test_a_file_for_a_draft_makes_no_new_plan_and_the_other_way_round(
    office: Office, session: Session
) -> None:
    plan = office.draft()
    into, new = ready(office, short_plan(), plan_id=plan.id), ready(office, short_plan())
    with pytest.raises(NotPossible):
        take(session, import_id=into, actor=office.soan, now=office.now)
    with pytest.raises(NotPossible):
        take_into(session, import_id=new, seen_text=0, actor=office.soan, now=office.now)
