"""A plan begun from an issued one: its text, its record, its remarks, and who may begin it."""

from threading import Thread as Running
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.factories import Office, short_plan
from workflows.domain.content.rollover.replacing import Choices
from workflows.domain.content.rollover.survey import proposals
from workflows.domain.errors import (
    InheritedLeft,
    NotPermitted,
    NotPossible,
    PlanNotFound,
    StaleVersion,
    UnfitText,
    WorkflowError,
)
from workflows.domain.machine import PlanAction, PlanState
from workflows.models.audit import AuditEvent
from workflows.models.discussion import Comment, Thread
from workflows.models.plan import Plan, PlanEditor
from workflows.queries.compared import Source
from workflows.queries.comparison import choice_of_texts
from workflows.queries.inherited import undecided
from workflows.queries.prospects import prospect_of
from workflows.queries.rollover import issued_plans, origin_of, source_of
from workflows.queries.working_text import text_of
from workflows.services.outcomes import resolve
from workflows.services.rollover import Beginning, begin_from
from workflows.services.writing import append_steps

NOTHING = Choices({})


def wish(office: Office, source_id: UUID, **changes: Any) -> Beginning:
    values: dict[str, Any] = {
        "source_id": source_id,
        "to_year": 2027,
        "unit_id": office.unit_id("SVHTT"),
        "choices": NOTHING,
        "token": uuid4(),
    }
    return Beginning(**values | changes)


def begin(office: Office, asked: Beginning, who: str = "soan") -> Plan:
    return begin_from(office.session, wish=asked, actor=office.actor(who), now=office.now)


def text_nodes(doc: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in doc["content"] if node["type"] == kind]


def advised(doc: dict[str, Any], to_year: int = 2027) -> Choices:
    """What the page would send as it stands."""
    found = proposals(doc, from_year=2022, to_year=to_year)
    return Choices(
        {each.id: each.proposed for each in found if str(each.advice) == "replace"},
        frozenset(each.id for each in found if str(each.advice) == "later"),
    )


def test_the_new_plan_has_the_old_text_with_the_chosen_words(
    office: Office, session: Session
) -> None:
    source = office.plan(PlanState.ISSUED)
    source_id = source.id
    before = source_of(session, office.soan, source_id)
    session.rollback()
    plan = begin(office, wish(office, source_id, choices=advised(before.doc)))
    doc = office.text(plan)
    assert plan.id != source_id
    assert (plan.state, plan.author_id, plan.version_number) == (
        PlanState.DRAFT,
        office.soan.id,
        0,
    )
    assert plan.title.endswith("năm 2027")
    # The ids stay, so that the two plans can be compared block by block.
    assert [node["attrs"].get("id") for node in doc["content"]] == [
        node["attrs"].get("id") for node in before.doc["content"]
    ]
    [recipients] = text_nodes(doc, "recipients")
    assert recipients["attrs"]["filing"] == before.doc["content"][-2]["attrs"]["filing"]
    names = [line["content"][0]["text"] for line in recipients["content"]]
    assert "UBND các phường, xã" in names
    assert "Ban Tuyên giáo và Dân vận Thành ủy" in names
    session.rollback()
    assert session.scalars(
        select(PlanEditor.person_id).where(PlanEditor.plan_id == plan.id)
    ).all() == [office.soan.id]


def test_without_a_choice_the_text_is_carried_as_it_was(office: Office, session: Session) -> None:
    source = office.plan(PlanState.ISSUED)
    before = source_of(session, office.soan, source.id).doc
    session.rollback()
    after = office.text(begin(office, wish(office, source.id)))
    for kind in ("title", "opening", "clause", "closing"):
        assert text_nodes(after, kind) == text_nodes(before, kind)


def test_the_record_names_the_source_and_its_version(office: Office, session: Session) -> None:
    source_id = office.plan(PlanState.ISSUED).id
    before = source_of(session, office.soan, source_id)
    session.rollback()
    choices = advised(before.doc)
    plan = begin(office, wish(office, source_id, choices=choices))
    event, *remarks = session.scalars(
        select(AuditEvent).where(AuditEvent.plan_id == plan.id).order_by(AuditEvent.seq)
    ).all()
    assert event.act == "create"
    assert [remark.act for remark in remarks] == ["ask_inherited"] * len(choices.later)
    assert event.details == {
        "title": plan.title,
        "source_plan": str(source_id),
        "source_version": 1,
        "source_digest": before.digest,
        "from_year": 2022,
        "to_year": 2027,
        "replaced": len(choices.words),
        "dropped": 0,
        "later": sorted(choices.later),
    }


def begun(office: Office) -> tuple[Plan, Choices]:
    """A plan for 2027 with its signer, in which everything advised is put off."""
    source_id = office.plan(PlanState.ISSUED).id
    doc = source_of(office.session, office.soan, source_id).doc
    office.session.rollback()
    choices = advised(doc)
    return begin(office, wish(office, source_id, choices=choices)), choices


def test_what_nobody_decided_on_is_not_submitted_unseen(office: Office, session: Session) -> None:
    plan, choices = begun(office)
    with pytest.raises(InheritedLeft, match=str(len(choices.later))):
        office.submit(plan)
    asked = session.scalars(
        select(Thread.id).where(Thread.plan_id == plan.id, Thread.is_inherited)
    ).all()
    session.rollback()
    # As many, but one of them was not on the page.
    with pytest.raises(InheritedLeft):
        office.submit(plan, leaves=[*asked[1:], 0])
    office.submit(plan, leaves=asked)
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event is not None
    assert len(event.details["left"]) == len(choices.later)
    session.rollback()
    # Whoever decides on it sees the same passages, though the drafter's remarks are the drafter's.
    sheet = prospect_of(session, office.duyet, plan.id, PlanAction.APPROVE, today=office.now.date())
    assert sheet.matters.threads == 0
    assert len(sheet.matters.inherited) == len(choices.later)
    assert all(each.place and each.words for each in sheet.matters.inherited)
    session.rollback()
    # Closing the questions afterwards hides nothing from whoever decides.
    for thread_id in asked:
        later = {"actor": office.soan, "now": office.later(minutes=5)}
        resolve(session, plan_id=plan.id, thread_id=thread_id, **later)
    sheet = prospect_of(session, office.duyet, plan.id, PlanAction.APPROVE, today=office.now.date())
    assert len(sheet.matters.inherited) == len(choices.later)


def test_a_passage_that_was_changed_or_settled_is_decided_on(
    office: Office, session: Session
) -> None:
    plan, choices = begun(office)
    first, second, third, *_rest = session.scalars(
        select(Thread).where(Thread.plan_id == plan.id, Thread.is_inherited).order_by(Thread.id)
    ).all()
    resolved, edited = third.id, (first.quote, first.made_start, first.made_end)
    session.rollback()
    resolve(session, plan_id=plan.id, thread_id=resolved, actor=office.soan, now=office.now)
    words = {"content": [{"type": "text", "text": "chữ mới"}]}
    step = {"stepType": "replace", "from": edited[1], "to": edited[2], "slice": words}
    append_steps(
        session,
        plan_id=plan.id,
        base=0,
        steps=[step],
        client_id="abcdefgh",
        actor=office.soan,
        now=office.now,
    )
    found = undecided(session, plan, 1)
    assert len(found) == len(choices.later) - 2
    assert second.id in {each.thread_id for each in found}


def test_what_is_put_off_is_a_remark_on_the_very_passage(office: Office, session: Session) -> None:
    source_id = office.plan(PlanState.ISSUED).id
    doc = source_of(session, office.soan, source_id).doc
    session.rollback()
    choices = advised(doc)
    plan = begin(office, wish(office, source_id, choices=choices))
    threads = session.scalars(select(Thread).where(Thread.plan_id == plan.id)).all()
    node = text_of(session, plan).node
    assert len(threads) == len(choices.later) > 20
    for thread in threads:
        assert thread.made_start is not None
        assert thread.made_end is not None
        assert node.text_between(thread.made_start, thread.made_end, "\n", "\n") == thread.quote
    said = session.scalars(select(Comment).where(Comment.plan_id == plan.id)).all()
    assert {remark.thread_id for remark in said} == {thread.id for thread in threads}
    assert all(remark.text.startswith("Xem lại khi soạn") for remark in said)
    # The page that proposed words is gone: the remark has them.
    about = {thread.id: thread.quote for thread in threads}
    [resolution] = (each.text for each in said if about[each.thread_id].startswith("Nghị quyết số"))
    assert "Gợi ý: “Nghị quyết số …/NQ-HĐND" in resolution
    assert "xã hội năm 2027”." in resolution


def test_a_position_that_may_still_sign_stays_and_one_that_may_not_is_cleared(
    office: Office, session: Session
) -> None:
    source_id = office.plan(PlanState.ISSUED).id
    kept = office.text(begin(office, wish(office, source_id)))
    [signature] = text_nodes(kept, "signature")
    assert signature["attrs"]["position"] == str(office.signing_position_id)
    assert (signature["attrs"]["lines"], signature["attrs"]["name"]) == ([], "")
    with session.begin():
        session.execute(
            text("UPDATE position SET valid_to = '2026-11-01' WHERE id = :id"),
            {"id": office.signing_position_id},
        )
    [cleared] = text_nodes(office.text(begin(office, wish(office, source_id))), "signature")
    assert cleared["attrs"]["position"] is None


def test_a_renamed_recipient_loses_the_code_of_the_old_name(
    office: Office, session: Session
) -> None:
    old = short_plan()
    for node in text_nodes(old, "recipients")[0]["content"]:
        node["attrs"]["target"] = "G.QUAN-HUYEN"
    source_id = office.plan(PlanState.ISSUED, old).id
    choices = advised(source_of(session, office.soan, source_id).doc)
    session.rollback()
    [lines] = text_nodes(
        office.text(begin(office, wish(office, source_id, choices=choices))), "recipients"
    )
    targets = {line["content"][0]["text"]: line["attrs"]["target"] for line in lines["content"]}
    assert targets["UBND các phường, xã"] is None
    assert targets["Thường trực Thành ủy"] == "G.QUAN-HUYEN"


def test_what_is_left_out_leaves_a_sentence_and_no_empty_line(
    office: Office, session: Session
) -> None:
    source_id = office.plan(PlanState.ISSUED).id
    doc = source_of(session, office.soan, source_id).doc
    session.rollback()
    found = proposals(doc, from_year=2022, to_year=2027)
    gone = {"tháng 5/2022", "UBND các quận, huyện, thị xã", "Bộ Thông tin và Truyền thông"}
    dropped = frozenset(each.id for each in found if each.found in gone and each.cut)
    later = frozenset(each.id for each in found if each.id not in dropped)
    plan = begin(office, wish(office, source_id, choices=Choices({}, later, dropped)))
    after = office.text(plan)
    [recipients] = text_nodes(after, "recipients")
    names = [line["content"][0]["text"] for line in recipients["content"]]
    assert "UBND các quận, huyện, thị xã" not in names
    assert len(names) == len(text_nodes(doc, "recipients")[0]["content"]) - 1
    assert "do Ban Tuyên giáo Trung ương, Hội Nhà báo Việt Nam tổ chức" in str(after)
    node = text_of(session, plan).node
    for thread in session.scalars(select(Thread).where(Thread.plan_id == plan.id)):
        assert thread.made_start is not None
        assert thread.made_end is not None
        assert node.text_between(thread.made_start, thread.made_end, "\n", "\n") == thread.quote


def test_a_passage_that_its_sentence_needs_is_not_left_out(
    office: Office, session: Session
) -> None:
    source_id = office.plan(PlanState.ISSUED).id
    doc = source_of(session, office.soan, source_id).doc
    session.rollback()
    needed = [each for each in proposals(doc, from_year=2022, to_year=2027) if not each.cut]
    dropped = frozenset(each.id for each in needed)
    with pytest.raises(UnfitText) as refusal:
        begin(office, wish(office, source_id, choices=Choices({}, dropped=dropped)))
    assert len(refusal.value.faults) == len(needed)
    assert "không trọn nghĩa" in str(refusal.value.faults[0])


def test_the_same_form_twice_is_one_plan(office: Office, session: Session) -> None:
    asked = wish(office, office.plan(PlanState.ISSUED).id)
    first = begin(office, asked).id
    assert begin(office, asked).id == first
    assert begin(office, wish(office, asked.source_id)).id != first
    session.rollback()
    events = session.scalars(select(AuditEvent).where(AuditEvent.plan_id == first)).all()
    assert len(events) == 1


def test_two_clicks_at_once_are_one_plan(office: Office, engine: Engine, session: Session) -> None:
    asked = wish(office, office.plan(PlanState.ISSUED, short_plan()).id)
    actor, made, failed = office.soan, list[UUID](), list[Exception]()

    def click() -> None:
        try:
            with Session(engine) as own:
                made.append(begin_from(own, wish=asked, actor=actor, now=office.now).id)
        except Exception as error:
            failed.append(error)

    clicks = [Running(target=click) for _ in range(6)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert failed == []
    assert len(made) == 6
    assert len(set(made)) == 1
    assert len(session.scalars(select(AuditEvent).where(AuditEvent.plan_id == made[0])).all()) == 1


def test_a_token_of_somebody_else_gives_a_plan_of_ones_own(office: Office) -> None:
    asked = wish(office, office.plan(PlanState.ISSUED, short_plan()).id)
    mine = begin(office, asked).id
    with pytest.raises(NotPermitted):
        begin(office, asked, "duyet")
    assert begin(office, asked, "thao").id != mine
    assert begin(office, asked, "soan").id == mine


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (PlanState.DRAFT, NotPossible),
        (PlanState.AWAITING_SIGNATURE, NotPossible),
        (PlanState.NUMBERED, NotPossible),
    ],
)
def test_only_an_issued_plan_is_a_beginning(
    state: PlanState, refusal: type[WorkflowError], office: Office
) -> None:
    plan = office.plan(state, short_plan())
    with pytest.raises(refusal):
        begin(office, wish(office, plan.id))


def test_a_plan_kept_from_the_public_is_a_beginning_for_its_own_unit_only(
    office: Office, session: Session
) -> None:
    source_id = office.plan(PlanState.ISSUED, short_plan()).id
    other = office.unit_id("SDL")
    assert begin(office, wish(office, source_id, unit_id=other), "but").is_public
    assert len(issued_plans(session, office.but).rows) == 1
    session.rollback()
    with session.begin():
        session.execute(text("UPDATE plan SET is_public = false WHERE id = :id"), {"id": source_id})
    with pytest.raises(PlanNotFound):
        begin(office, wish(office, source_id, unit_id=other), "but")
    assert issued_plans(session, office.but).rows == ()
    assert not begin(office, wish(office, source_id)).is_public


def test_the_new_plan_is_compared_with_the_old_one_by_who_may_read_both(
    office: Office, session: Session
) -> None:
    source_id = office.plan(PlanState.ISSUED, short_plan()).id
    plan_id = begin(office, wish(office, source_id, unit_id=office.unit_id("SDL")), "but").id
    actor = office.but
    session.rollback()
    found = origin_of(session, actor, plan_id)
    assert found is not None
    assert (found.plan_id, found.version_number, found.year) == (source_id, 1, 2022)
    choice = choice_of_texts(session, actor, plan_id, old="origin", new=None, now=office.now)
    assert choice.old is not None
    assert choice.new is not None
    assert (choice.old.option.source, choice.new.option.key) == (Source.ORIGIN, "draft")
    turned = choice_of_texts(session, actor, plan_id, old=None, new="origin", now=office.now)
    assert turned.lacking == "two"
    session.rollback()
    with session.begin():
        session.execute(text("UPDATE plan SET is_public = false WHERE id = :id"), {"id": source_id})
    assert origin_of(session, actor, plan_id) is None
    with pytest.raises(PlanNotFound):
        choice_of_texts(session, actor, plan_id, old="origin", new=None, now=office.now)
    session.rollback()
    assert origin_of(session, actor, source_id) is None


def test_a_plan_that_is_not_there_is_no_beginning(office: Office) -> None:
    with pytest.raises(PlanNotFound):
        begin(office, wish(office, uuid4()))


@pytest.mark.parametrize("who", ["duyet", "ky", "thu", "tri", "thanh"])
def test_only_drafters_of_the_unit_begin(who: str, office: Office) -> None:
    source_id = office.plan(PlanState.ISSUED, short_plan()).id
    with pytest.raises(NotPermitted):
        begin(office, wish(office, source_id), who)
    with pytest.raises(NotPermitted):
        begin(office, wish(office, source_id, unit_id=office.unit_id("STTTT")))


def test_choices_about_other_finds_are_stale(office: Office, session: Session) -> None:
    source_id = office.plan(PlanState.ISSUED, short_plan()).id
    with pytest.raises(StaleVersion):
        begin(office, wish(office, source_id, choices=Choices({"nowhere-0": "x"})))
    with pytest.raises(StaleVersion):
        begin(office, wish(office, source_id, choices=Choices({}, frozenset({"nowhere-0"}))))
    session.rollback()
    assert len(session.scalars(select(Plan)).all()) == 1


def test_words_that_cannot_be_printed_are_refused_with_their_place(
    office: Office, session: Session
) -> None:
    source_id = office.plan(PlanState.ISSUED, short_plan()).id
    doc = source_of(session, office.soan, source_id).doc
    session.rollback()
    first = proposals(doc, from_year=2022, to_year=2027)[0]
    with pytest.raises(UnfitText) as refusal:
        begin(office, wish(office, source_id, choices=Choices({first.id: "năm 漢"})))
    assert refusal.value.faults[0].where == "Trích yếu"
    session.rollback()
    assert len(session.scalars(select(Plan)).all()) == 1


def test_the_list_offers_issued_plans_newest_first_and_finds_by_word(
    office: Office, session: Session
) -> None:
    first = office.plan(PlanState.ISSUED, short_plan())
    second = office.plan(PlanState.ISSUED, short_plan())
    office.plan(PlanState.SIGNED, short_plan())
    actor = office.soan
    rows = issued_plans(session, actor).rows
    assert [row.plan_id for row in rows] == [second.id, first.id]
    assert [row.number for row in rows] == [2, 1]
    assert len(issued_plans(session, actor, typed="tuyen truyen").rows) == 2
    assert [row.number for row in issued_plans(session, actor, typed="1/KH").rows] == [1]
    assert issued_plans(session, actor, typed="không có").rows == ()
