"""Threads keep to their passage, reach only readers, and get the answers that they demand."""

from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.services.talk import Talk, replacing, rows
from workflows.domain.content.pairing import block_places
from workflows.domain.errors import (
    AnswersOwed,
    Incomplete,
    NotPermitted,
    NotPossible,
    PlanNotFound,
    UnfitText,
    WorkflowError,
)
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.discussion import Answer, Audience, Comment, Suggestion, Thread
from workflows.models.outbox import OutboxMessage
from workflows.queries.editor import hearers_named
from workflows.queries.packages import record_of
from workflows.queries.plan_page import plan_page
from workflows.queries.working_text import text_at
from workflows.services import discussion, room
from workflows.services.acting import day_of
from workflows.services.invitations import invite_writer

WORDS = "Thành ủy"


def traces(session: Session) -> list[int]:
    session.rollback()
    tables = (AuditEvent, OutboxMessage, Comment, Thread)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_a_thread_quotes_its_passage_and_names_its_block(office: Office) -> None:
    talk = Talk(office)
    talk.say("soan", WORDS)
    [line] = talk.threads()

    assert (line.quote, talk.passage(line)) == (WORDS, WORDS)
    assert line.block_id == talk.clauses()[1]["attrs"]["id"]
    assert [said.who for said in line.comments] == ["Nguyễn Thị Soạn"]


def test_a_passage_goes_along_with_the_text(office: Office) -> None:
    talk = Talk(office)
    talk.say("soan", WORDS)
    talk.write(replacing(0, "MỤC ĐÍCH", "MỤC ĐÍCH CHUNG"))
    talk.write(replacing(1, "Thành ủy", "Thành ủy Hà Nội"))
    talk.write(lambda clauses: clauses.__getitem__(2)["content"].clear())

    [line] = talk.threads()
    assert line.place is not None
    assert talk.passage(line).startswith(WORDS)
    assert not line.place.is_gone


def test_a_passage_that_was_deleted_is_gone_and_keeps_its_quote(office: Office) -> None:
    talk = Talk(office)
    talk.say("soan", WORDS)
    talk.write(replacing(1, "Thành ủy, ", ""))

    [line] = talk.threads()
    assert line.place is not None
    assert line.place.is_gone
    assert line.place.start == line.place.end
    assert line.quote == WORDS


def test_a_remark_goes_along_when_its_clause_is_moved(office: Office) -> None:
    talk = Talk(office)
    talk.say("soan", WORDS)
    node = text_at(talk.session, talk.id, talk.version)
    places = block_places(node)
    first, second = (places[clause["attrs"]["id"]] for clause in talk.clauses()[1:3])
    block = node.node_at(second)
    assert block is not None
    talk.take(
        {"stepType": "move", "start": first, "middle": second, "end": second + block.node_size}
    )

    assert WORDS in talk.words(2)
    [line] = talk.threads()
    assert talk.passage(line) == WORDS


def test_a_passage_is_known_again_when_its_deletion_is_undone(office: Office) -> None:
    talk = Talk(office)
    start, _end = talk.place(WORDS)
    talk.say("soan", WORDS)
    talk.say("soan", start=start, end=start + 1, text="Chữ này có nhiều")
    whole = talk.edited(lambda _clauses: None)
    for gone in (lambda clauses: clauses[1]["content"].clear(), replacing(0, "MỤC", "MUC")):
        talk.write(gone)
    assert [line.place.is_gone for line in talk.threads() if line.place] == [True, True]
    office.save(talk.plan, whole)
    talk.write(replacing(0, "MỤC ĐÍCH", "MỤC ĐÍCH CHUNG"))

    sole, other = talk.threads()
    assert talk.passage(sole) == WORDS
    assert other.place is not None
    assert other.place.is_gone


def test_a_passage_is_found_again_in_the_next_version(office: Office, session: Session) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    talk.say("duyet", WORDS)
    talk.send_back("duyet")
    talk.write(replacing(0, "MỤC ĐÍCH", "MỤC ĐÍCH CHUNG"))
    office.submit(talk.plan)

    [first], [second] = talk.threads("duyet", "1"), talk.threads("duyet", "2")
    assert first.place != second.place
    assert talk.passage(second) == WORDS
    assert first.version_number == second.version_number == 1


def test_a_remark_on_the_whole_plan_has_no_place(office: Office) -> None:
    talk = Talk(office)
    talk.say("soan")

    [line] = talk.threads()
    assert (line.place, line.quote, line.block_id) == (None, "", None)


def test_a_remark_on_a_block_stands_on_the_block_in_the_text_and_on_the_page(
    office: Office, session: Session
) -> None:
    talk = Talk(office)
    block = talk.clauses()[2]["attrs"]["id"]
    discussion.comment(
        session,
        plan_id=talk.id,
        actor=office.thao,
        text="@[Ai đó](999999) xem",
        block_id=block,
        is_draft=True,
        now=office.now,
    )

    [line] = talk.threads()
    assert talk.passage(line) == talk.words(2)
    page = plan_page(session, office.soan, talk.id, today=day_of(office.now))
    [remark] = page.comments
    assert (remark.block_id, remark.text) == (block, "@Ai đó xem")
    assert remark.place
    [kept] = record_of(session, talk.id).comments
    assert kept["block_id"] == block


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, 10**6), (None, 10**7)])
def test_a_place_outside_the_text_is_refused(office: Office, start: Any, end: int) -> None:
    talk = Talk(office)
    before = traces(office.session)
    if start is None:
        start = end
    with pytest.raises(UnfitText):
        talk.say("soan", start=start, end=end)
    assert traces(office.session) == before


def test_half_a_letter_is_no_place(office: Office) -> None:
    talk = Talk(office)
    start, _end = talk.place(WORDS)
    talk.type("😀", start)
    with pytest.raises(UnfitText):
        talk.say("soan", start=start, end=start + 1)


PEOPLE = ("soan", "thao", "duyet", "but", "tham", "the", "thu", "thanh", "tri")
CALLS: dict[str, Any] = {
    "open": lambda talk, who, _thread: talk.say(who, version=talk.frozen()),
    "reply": lambda talk, who, thread: talk.reply(who, thread),
    "resolve": lambda talk, who, thread: talk.resolve(who, thread),
    "answer": lambda talk, who, thread: talk.answer(who, thread),
}
# The plan is before the head of its unit: others than these have not heard of it.
KNOWING = {"soan", "thao", "duyet", "thanh"}
ALLOWED = {
    "open": {"soan", "thao", "duyet"},
    "reply": {"soan", "thao", "duyet"},
    "resolve": {"soan", "thao", "duyet"},
    "answer": {"soan", "thao"},
}


@pytest.fixture
def reviewed(office: Office) -> tuple[Talk, int]:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    return talk, talk.say("duyet", WORDS)


@pytest.mark.parametrize(("act", "who"), list(product(CALLS, PEOPLE)))
def test_the_matrix_of_people_and_acts(reviewed: tuple[Talk, int], act: str, who: str) -> None:
    talk, thread = reviewed
    before = traces(talk.session)
    if who in ALLOWED[act]:
        CALLS[act](talk, who, thread)
        assert traces(talk.session) != before
        return
    with pytest.raises(NotPermitted if who in KNOWING else PlanNotFound):
        CALLS[act](talk, who, thread)
    assert traces(talk.session) == before


def test_who_neither_opened_a_thread_nor_writes_does_not_close_it(office: Office) -> None:
    talk = Talk(office, PlanState.APPRAISAL)
    thread = talk.say("tham", WORDS)
    with pytest.raises(NotPermitted):
        talk.resolve("duyet", thread)
    talk.resolve("tham", thread)
    assert talk.threads("tham", "1")[0].is_resolved


def test_what_demands_an_answer_is_not_closed_before_it_has_one(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    thread = talk.say("duyet", WORDS, demands_answer=True)
    assert talk.threads("duyet", "1")[0].answer_from == "Nguyễn Thị Soạn"
    [open_one] = talk.matters().unanswered
    assert (open_one.who, open_one.quote) == ("Trần Văn Duyệt", WORDS)

    with pytest.raises(NotPossible):
        talk.resolve("soan", thread)
    talk.answer("soan", thread, Answer.PARTLY, "Đã sửa một phần")
    assert talk.matters().unanswered == ()
    talk.resolve("soan", thread)
    [line] = talk.threads("duyet", "1")
    assert (line.resolved_by, line.reopened_by) == ("Nguyễn Thị Soạn", None)
    talk.reopen("duyet", thread)
    assert talk.told("reopened") == [office.soan.id]
    [line] = talk.threads("duyet", "1")
    assert (line.reopened_by, line.reopened_at) == ("Trần Văn Duyệt", office.now)
    assert (line.answer, line.answer_reason, line.is_resolved) == (
        Answer.PARTLY,
        "Đã sửa một phần",
        False,
    )
    assert talk.told("answer") == [office.duyet.id]


def test_a_plan_is_not_submitted_while_readers_wait_for_an_answer(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    first, second = (talk.say("duyet", WORDS, text, demands_answer=True) for text in "ab")
    talk.say("duyet", WORDS, "c")
    talk.send_back("duyet")
    talk.say("thao", WORDS, "d", demands_answer=True, is_draft=True)
    found = talk.matters()
    assert [each.text for each in found.hold_up] == ["a", "b"]
    assert (len(found.unanswered), found.threads) == (3, 1)
    assert [each.text for each in talk.matters("duyet").unanswered] == ["a", "b"]

    with pytest.raises(AnswersOwed) as refusal:
        office.submit(talk.plan)
    assert [str(fault) for fault in refusal.value.faults] == [
        "Trần Văn Duyệt: a",
        "Trần Văn Duyệt: b",
    ]
    talk.answer("soan", first)
    talk.resolve("duyet", second)
    # What the writers ask of each other holds nobody up.
    office.submit(talk.plan)


@pytest.mark.parametrize("answer", [Answer.PARTLY, Answer.REJECTED])
def test_who_does_not_accept_says_why(office: Office, answer: Answer) -> None:
    talk = Talk(office)
    thread = talk.say("thao", WORDS)
    with pytest.raises(Incomplete):
        talk.answer("soan", thread, answer, "  ")
    talk.answer("soan", thread, Answer.ACCEPTED, "")


def test_whoever_may_not_see_a_remark_is_not_called_in_it(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    outsider, reader = office.but, office.thao
    before = traces(talk.session)
    with pytest.raises(NotPossible, match=outsider.name):
        talk.say("duyet", WORDS, f"@[Thảo]({reader.id}) và @[Ai đó]({outsider.id}) xem giúp")
    assert traces(talk.session) == before
    talk.send_back("duyet")
    with pytest.raises(NotPossible, match=office.duyet.name):
        talk.say("thao", text=f"@[Trưởng phòng]({office.duyet.id}) xem", is_draft=True)


def test_only_readers_hear_that_they_were_mentioned(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    reader = office.thao
    talk.say("duyet", WORDS, f"@[Giám đốc]({reader.id}) xem giúp @[x](999999)")

    assert talk.told("mention") == [reader.id]
    assert talk.told("comment") == [office.soan.id]
    [line] = talk.threads("duyet", "1")
    # A name that was made up for somebody becomes their own.
    assert line.comments[0].text == f"@[Hoàng Minh Thảo]({reader.id}) xem giúp @x"
    assert line.comments[0].mentions == (reader.id,)


def test_a_reply_reaches_everybody_in_the_thread_once(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    thread = talk.say("duyet", WORDS)
    talk.reply("thao", thread)
    talk.reply("soan", thread)

    assert talk.told("comment") == sorted(
        [office.soan.id, office.soan.id, office.duyet.id, office.duyet.id, office.thao.id]
    )


def test_what_is_sent_again_is_said_and_told_once(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    first, again = (talk.say("duyet", WORDS, sent_as="abcdefgh1234") for _ in range(2))
    assert first == again
    for _ in range(2):
        talk.reply("thao", first, sent_as="abcdefgh1234")
        talk.answer("soan", first, Answer.PARTLY, "Một phần")

    [line] = talk.threads("duyet", "1")
    assert len(line.comments) == 2
    assert talk.told("comment") == sorted([office.soan.id, office.soan.id, office.duyet.id])
    assert talk.told("answer") == sorted([office.duyet.id, office.thao.id])


def test_what_is_said_stays_as_it_was_typed(office: Office) -> None:
    talk = Talk(office)
    talk.say("soan", text="<script>alert(1)</script> 100% {{ 7*7 }}")

    assert talk.threads()[0].comments[0].text == "<script>alert(1)</script> 100% {{ 7*7 }}"


@pytest.mark.parametrize(("text", "error"), [(" ", Incomplete), ("x" * 10_001, Incomplete)])
def test_nothing_and_too_much_are_refused(
    office: Office, text: str, error: type[WorkflowError]
) -> None:
    talk = Talk(office)
    with pytest.raises(error):
        talk.say("soan", text=text)


def test_a_thread_of_another_plan_is_not_there(office: Office) -> None:
    talk, other = Talk(office), Talk(office)
    thread = other.say("soan", WORDS)
    for act in ("reply", "resolve", "answer"):
        with pytest.raises(PlanNotFound):
            CALLS[act](talk, "soan", thread)


def test_a_reviewer_sees_no_words_of_a_draft_that_was_not_submitted(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    talk.send_back("duyet")
    talk.write(replacing(1, WORDS, "BÍ MẬT"))
    hidden = talk.say("soan", "BÍ MẬT")

    with pytest.raises(PlanNotFound):
        talk.say("duyet", "BÍ MẬT")
    with pytest.raises(PlanNotFound):
        talk.reply("duyet", hidden)
    with pytest.raises(PlanNotFound):
        talk.threads("duyet")
    assert talk.threads("duyet", "1") == ()
    page = plan_page(office.session, office.duyet, talk.id, today=day_of(office.now))
    assert page.comments == ()

    # What was said while it was written stays among its writers once it is submitted, as it is.
    office.submit(talk.plan)
    assert talk.threads("duyet", "2") == ()
    assert [line.id for line in talk.threads("soan", "2")] == [hidden]
    with pytest.raises(PlanNotFound):
        talk.reply("duyet", hidden)


SEEN_BY_ALL = ("duyet", "soan", "thao", "thanh", "but")
SEEN_BY_WRITERS = ("soan", "thao", "thanh", "but")


def test_the_matrix_of_people_and_audiences(office: Office, session: Session) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    frozen = talk.frozen()
    seen = {talk.say("duyet", WORDS, "a"): SEEN_BY_ALL, talk.say("duyet", text="b"): SEEN_BY_ALL}
    talk.send_back("duyet")
    invite_writer(
        session, plan_id=talk.id, person_id=office.but.id, actor=office.soan, now=office.now
    )
    # The draft is still the text that was returned, and yet it is the writers' own.
    seen[talk.say("soan", WORDS, "c", is_draft=True)] = SEEN_BY_WRITERS
    seen[talk.say("soan", WORDS, "d", version=frozen)] = SEEN_BY_ALL
    seen[talk.say("but", text="e", is_draft=True)] = SEEN_BY_WRITERS
    # Who does not see the draft does not speak to its writers alone, whatever the page says.
    seen[talk.say("duyet", text="f", version=frozen, is_draft=True)] = SEEN_BY_ALL
    for who, text in (("soan", "g"), ("duyet", "h")):
        given = {"plan_id": talk.id, "actor": office.actor(who), "now": office.now}
        made = discussion.comment(session, text=text, block_id=None, is_draft=True, **given)
        seen[made.thread_id] = SEEN_BY_WRITERS if who == "soan" else SEEN_BY_ALL
    talk.write(replacing(0, "MỤC ĐÍCH", "MỤC ĐÍCH CHUNG"))
    seen[talk.say("thao", WORDS, "i")] = SEEN_BY_WRITERS
    office.submit(talk.plan)

    for who in SEEN_BY_ALL:
        mine = {thread for thread, people in seen.items() if who in people}
        assert {line.id for line in talk.threads(who, "2")} == mine, who
        page = plan_page(session, office.actor(who), talk.id, today=day_of(office.now))
        assert len(page.comments) == len(mine), who
        session.rollback()
    for thread, people in seen.items():
        if "duyet" in people:
            talk.reply("duyet", thread)
            continue
        for act in ("reply", "resolve"):
            with pytest.raises(PlanNotFound):
                CALLS[act](talk, "duyet", thread)


def test_words_among_writers_are_told_to_writers_only(office: Office, session: Session) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    talk.send_back("duyet")
    thread = talk.say("thao", WORDS, "Xem giúp", is_draft=True)
    talk.reply("soan", thread)
    talk.answer("soan", thread)

    assert talk.told("comment") == sorted([office.soan.id, office.thao.id])
    assert talk.told("answer") == [office.thao.id]
    named = [
        {
            person
            for person, _name, _title in hearers_named(
                session,
                office.soan,
                talk.id,
                "",
                audience=audience,
                today=day_of(office.now),
            )
        }
        for audience in (Audience.WRITERS, Audience.READERS)
    ]
    assert office.duyet.id in named[1] - named[0]
    assert office.thao.id in named[0] & named[1]


def test_an_invited_writer_takes_part_and_answers(office: Office, session: Session) -> None:
    talk = Talk(office)
    invite_writer(
        session, plan_id=talk.id, person_id=office.but.id, actor=office.soan, now=office.now
    )
    thread = talk.say("soan", WORDS)
    talk.reply("but", thread)
    talk.answer("but", thread)
    assert talk.threads("but")[0].can == {"reply": True, "resolve": True, "answer": True}


def test_nothing_is_said_about_a_plan_that_was_signed(office: Office) -> None:
    talk = Talk(office, PlanState.SIGNED)
    with pytest.raises(NotPossible):
        talk.say("soan", WORDS)
    assert rows(office.session, Thread) == []


def test_signs_that_nobody_sees_are_no_remark(office: Office) -> None:
    talk = Talk(office)
    with pytest.raises(Incomplete):
        talk.say("soan", text="\u202e\u200b\x00")
    talk.say("soan", text="tệp \u202egnp.exe\nhai dòng")
    assert [each.text for each in rows(office.session, Comment)] == ["tệp gnp.exe\nhai dòng"]


def test_a_thread_has_an_end_and_so_have_the_letters_of_one_person(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(office)
    monkeypatch.setattr(room, "MOST_LETTERS_IN_THREAD", 100)
    monkeypatch.setattr(room, "MOST_LETTERS", 150)
    thread_id = talk.say("soan", text="x" * 60)
    with pytest.raises(NotPossible, match="quá dài"):
        talk.reply("thao", thread_id, "x" * 41)
    talk.reply("thao", thread_id, "x" * 40)
    talk.say("soan", text="x" * 90)
    with pytest.raises(NotPossible, match="chưa giải quyết"):
        talk.say("soan", text="x")
    talk.resolve("soan", thread_id)
    assert talk.say("soan", text="x")


def test_nobody_fills_the_margin_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(office)
    monkeypatch.setattr(room, "MOST_REMARKS", 2)
    thread_id = talk.say("soan")
    talk.reply("soan", thread_id)
    with pytest.raises(NotPossible, match="chưa giải quyết"):
        talk.reply("soan", thread_id)
    talk.reply("thao", thread_id)
    talk.resolve("soan", thread_id)
    assert talk.say("soan")


def test_what_was_typed_on_the_draft_stays_its_writers_when_it_is_submitted_meanwhile(
    office: Office,
) -> None:
    talk = Talk(office)
    block = talk.clauses()[0]["attrs"]["id"]
    version = talk.version
    office.submit(talk.plan)
    said: dict[str, Any] = {"plan_id": talk.id, "actor": office.soan, "now": office.now}
    for place in (None, block):
        discussion.comment(office.session, text="Riêng", block_id=place, is_draft=True, **said)
        discussion.comment(office.session, text="Chung", block_id=place, **said)
    audiences = [each.audience for each in rows(office.session, Thread)]
    assert audiences == [Audience.WRITERS, Audience.READERS] * 2
    office.session.rollback()
    talk.propose("thao", replacing(1, "Thành ủy", "Thành uỷ"), version=version, is_draft=True)
    [made] = rows(office.session, Suggestion)
    assert made.audience is Audience.WRITERS
    office.session.rollback()
    assert talk.suggestions("duyet", "1") == ()
