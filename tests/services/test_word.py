"""A Word file becomes a text once, for its uploader alone, and the record names the file."""

import copy
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import Office, real_plan, short_plan
from workflows.domain.content.merging import Base
from workflows.domain.errors import NotPermitted, NotPossible, PlanNotFound, StaleVersion, TooMany
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.models.text import Revision
from workflows.models.word import ImportState, WordImport
from workflows.queries.word import arrival_of, open_imports, progress_of
from workflows.queries.word_coming import Way, coming_of, with_kept_ids
from workflows.services.files import StoredFile
from workflows.services.word import (
    MOST_OPEN,
    MOST_UNREAD,
    Upload,
    bring_in,
    drop,
    take,
    take_into,
)
from workflows.services.word_reading import (
    begin_reading,
    note_progress,
    record_reading,
    record_refusal,
)
from workflows.services.writing import append_steps

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


def ready(
    office: Office, doc: dict[str, Any], *, plan_id: UUID | None = None, base: str = ""
) -> UUID:
    """A file that has been read as *doc*."""
    import_id = brought(office, plan_id=plan_id)
    record_reading(
        office.session,
        message_id=message_of(office.session, import_id),
        import_id=import_id,
        reading={"doc": doc, "doubts": [], "notes": [], "base": base},
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


def test_a_person_has_few_files_waiting_to_be_read(office: Office, session: Session) -> None:
    """All are read one after another, and others wait behind them."""
    for _file in range(MOST_UNREAD):
        brought(office)
    with pytest.raises(TooMany, match="chờ đọc"):
        brought(office)
    session.rollback()
    assert brought(office, who="but")


def test_a_person_brings_in_no_more_than_they_can_decide_on(
    office: Office, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.services.word.MOST_UNREAD", 100)
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


def test_a_file_that_chooses_no_signer_leaves_the_one_of_the_draft(office: Office) -> None:
    plan = office.draft(real_plan())
    file = short_plan()
    [signing] = [node for node in file["content"] if node["type"] == "signature"]
    signing["attrs"]["position"] = None
    taking(office, ready(office, file, plan_id=plan.id), plan)
    [after] = [node for node in office.text(plan)["content"] if node["type"] == "signature"]
    assert after["attrs"]["position"] == str(office.signing_position_id)


def test_a_draft_that_changed_meanwhile_is_not_overwritten(
    office: Office, session: Session
) -> None:
    plan = office.draft()
    import_id = ready(office, short_plan(), plan_id=plan.id)
    office.save(plan, short_plan())
    with pytest.raises(StaleVersion):
        take_into(session, import_id=import_id, seen_text=0, actor=office.soan, now=office.now)
    assert row_of(session, import_id).state is ImportState.READY


def reworded(doc: dict[str, Any], at: int, words: str) -> dict[str, Any]:
    """*doc* with *words* at the end of its block number *at*."""
    changed = copy.deepcopy(doc)
    changed["content"][at]["content"].append({"type": "text", "text": words})
    return changed


def texts(doc: dict[str, Any]) -> list[str]:
    return ["".join(run.get("text", "") for run in node["content"]) for node in doc["content"][:4]]


def made_of(plan: Plan, version: int) -> str:
    return Base(plan.id, version).written


def taking(office: Office, import_id: UUID, plan: Plan, **wish: Any) -> None:
    seen = office.session.get_one(Plan, plan.id).text_version
    office.session.rollback()
    known: dict[str, Any] = {"import_id": import_id, "actor": office.soan, "now": office.now}
    take_into(office.session, seen_text=seen, **known, **wish)


def test_what_others_wrote_since_the_file_was_made_stays(office: Office) -> None:
    plan = office.draft(real_plan())
    began, version = office.text(plan), plan.text_version
    office.save(plan, reworded(began, 1, " Của người khác."))
    file = reworded(reworded(began, 2, " Trong tệp."), 3, " Cũng vậy.")
    import_id = ready(office, file, plan_id=plan.id, base=made_of(plan, version))
    taking(office, import_id, plan)
    now = texts(office.text(plan))
    assert now[1].endswith(" Của người khác.")
    assert now[2].endswith(" Trong tệp.")
    assert now[3].endswith(" Cũng vậy.")


def test_a_file_replaces_the_whole_draft_when_that_is_asked_for(office: Office) -> None:
    plan = office.draft(real_plan())
    began, version = office.text(plan), plan.text_version
    office.save(plan, reworded(began, 1, " Của người khác."))
    file = reworded(began, 2, " Trong tệp.")
    import_id = ready(office, file, plan_id=plan.id, base=made_of(plan, version))
    taking(office, import_id, plan, is_whole=True)
    assert texts(office.text(plan)) == texts(file)


def test_what_file_and_draft_both_changed_is_left_and_told(
    office: Office, session: Session
) -> None:
    plan = office.draft(real_plan())
    began, version = office.text(plan), plan.text_version
    gone = copy.deepcopy(began)
    del gone["content"][3]
    office.save(plan, gone)
    file = reworded(reworded(began, 3, " Sửa đoạn đã bỏ."), 2, " Trong tệp.")
    import_id = ready(office, file, plan_id=plan.id, base=made_of(plan, version))
    session.rollback()
    found = session.get_one(WordImport, import_id)
    coming = coming_of(
        session, office.soan, found, joins=(), is_whole=False, today=office.now.date()
    )
    assert coming.way is Way.MERGED
    assert [each.after.strip() for each in coming.left] == ["Sửa đoạn đã bỏ."]
    assert coming.left[0].place
    session.rollback()
    taking(office, import_id, plan)
    assert coming.new == office.text(plan)
    assert "Sửa đoạn đã bỏ" not in str(office.text(plan))
    assert texts(office.text(plan))[2].endswith(" Trong tệp.")


def test_a_draft_with_something_wrong_in_it_takes_a_file_all_the_same(office: Office) -> None:
    plan = office.draft(real_plan())
    began, version = office.text(plan), plan.text_version
    insert = {"content": [{"type": "text", "text": "\ue000"}]}
    append_steps(
        office.session,
        plan_id=plan.id,
        base=version,
        steps=[{"stepType": "replace", "from": 1, "to": 1, "slice": insert}],
        client_id="abcdefgh",
        actor=office.soan,
        now=office.now,
    )
    file = reworded(began, 2, " Trong tệp.")
    taking(office, ready(office, file, plan_id=plan.id, base=made_of(plan, version)), plan)
    assert texts(office.text(plan))[0].startswith("\ue000")
    assert texts(office.text(plan))[2].endswith(" Trong tệp.")


@pytest.mark.parametrize("said", ["", "khác", "{other}:0", "{own}:999999", "{own}:-1", "{own}"])
def test_a_file_of_another_text_says_so(office: Office, session: Session, said: str) -> None:
    plan = office.draft(real_plan())
    base = said.format(own=plan.id.hex, other=UUID(int=7).hex)
    import_id = ready(office, office.text(plan), plan_id=plan.id, base=base)
    session.rollback()
    found = session.get_one(WordImport, import_id)
    coming = coming_of(
        session, office.soan, found, joins=(), is_whole=False, today=office.now.date()
    )
    assert coming.way is Way.FOREIGN


def test_the_writers_hear_of_a_file_and_the_text_before_it_has_a_name(
    office: Office, session: Session
) -> None:
    plan = office.draft(real_plan())
    office.save(plan, reworded(office.text(plan), 1, " Của Thảo."), "thao")
    import_id = ready(office, real_plan(), plan_id=plan.id)
    taking(office, import_id, plan)
    told = session.scalars(
        select(OutboxMessage.payload).where(
            OutboxMessage.topic == Topic.NOTIFY, OutboxMessage.payload["kind"].astext == "word"
        )
    ).all()
    assert [each["person_id"] for each in told] == [office.actor("thao").id]
    assert told[0]["excerpt"] == "Kế hoạch.docx"
    names = session.scalars(select(Revision.note)).all()
    assert list(names) == ["Trước khi thay bằng tệp Word"]


def test_a_file_is_taken_or_dropped_and_never_both(office: Office, engine: Engine) -> None:
    plan = office.draft()
    for _round in range(6):
        import_id = ready(office, real_plan(), plan_id=plan.id)
        seen = office.session.get_one(Plan, plan.id, populate_existing=True).text_version
        office.session.rollback()
        known: dict[str, Any] = {"import_id": import_id, "actor": office.soan}

        def take_it(seen: int = seen, known: dict[str, Any] = known) -> bool:
            with Session(engine) as session, suppress(NotPossible):
                take_into(session, seen_text=seen, now=office.now, **known)
                return True
            return False

        def drop_it(known: dict[str, Any] = known) -> None:
            with Session(engine) as session:
                drop(session, **known)

        with ThreadPoolExecutor(2) as pool:
            taken, dropped = pool.submit(take_it), pool.submit(drop_it)
            dropped.result()
        row = row_of(office.session, import_id)
        assert (row.state is ImportState.TAKEN) == taken.result()
        assert (row.reading is None) == (row.state is ImportState.DROPPED)


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
