"""The auditor reads everything, changes nothing, and sees when the record was touched."""

import io
import re
import zipfile
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories import real_plan
from tests.web.desk import Desk
from workflows.domain.machine import PlanState
from workflows.models.discussion import Answer, PlanView, SuggestionState
from workflows.models.plan import Plan
from workflows.queries.history import checked_events
from workflows.services.discussion import comment, open_thread
from workflows.services.outcomes import answer_thread
from workflows.services.review import return_plan
from workflows.services.settlement import settle
from workflows.services.suggestions import propose


def twice_submitted(desk: Desk) -> Plan:
    """A plan that came back once, with a remark and a voided approval."""
    office = desk.office
    plan = office.plan(PlanState.APPRAISAL)
    comment(
        desk.session,
        plan_id=plan.id,
        actor=office.tham,
        text="Bổ sung nguồn kinh phí",
        block_id=None,
        now=office.now,
    )
    desk.session.refresh(plan)
    seen = plan.row_version
    desk.session.rollback()
    return_plan(
        desk.session,
        plan_id=plan.id,
        seen=seen,
        actor=office.tham,
        to_step="draft",
        reason="Chưa rõ tiến độ",
        now=office.now,
    )
    desk.session.refresh(plan)
    doc = {**office.text(plan), "content": list(office.text(plan)["content"])}
    desk.session.rollback()
    title = doc["content"][0]
    doc["content"][0] = {**title, "content": [{"type": "text", "text": "Tuyên truyền năm 2022"}]}
    office.save(plan, doc)
    office.submit(plan)
    return plan


def test_the_whole_history_of_a_plan_is_on_one_page(desk: Desk) -> None:
    plan = twice_submitted(desk)
    page = desk.browser("thanh").get(f"/history/{plan.id}").text
    assert f"/plans/{plan.id}/redline?old=1&amp;new=2" in page
    for told in (
        "Bổ sung nguồn kinh phí",
        "Chưa rõ tiến độ",
        "Hết giá trị",
        "Trần Văn Duyệt",
        "Chờ lãnh đạo đơn vị duyệt → Sở TT&amp;TT thẩm định",
        "127.0.0.1",
        "<strong>Khớp.</strong>",
    ):
        assert told in page, told
    assert "không khớp" not in page
    assert page.count("<form") == 2, "a search and the way out: an auditor has nothing to press"


def test_remarks_and_proposals_are_told_with_their_words_and_what_became_of_them(
    desk: Desk,
) -> None:
    office = desk.office
    plan = office.plan(PlanState.DRAFT)
    doc = office.text(plan)
    said: dict[str, Any] = {"plan_id": plan.id, "actor": office.soan, "now": office.now}
    thread = open_thread(
        desk.session,
        version=plan.text_version,
        start=3,
        end=13,
        text=f"@[Ai đó]({office.thao.id}) xem <b>lại</b> nhé",
        demands_answer=True,
        **said,
    )
    thread_id, block_id = thread.id, str(thread.block_id)
    answer_thread(
        desk.session,
        thread_id=thread_id,
        answer=Answer.PARTLY,
        reason="Đã nêu ở mục sau",
        **said,
    )
    clause = next(node for node in doc["content"] if node["type"] == "clause")
    clause["content"] = [{"type": "text", "text": "MỤC TIÊU, YÊU CẦU"}]
    made = propose(desk.session, version=plan.text_version, doc=doc, note="Đúng mẫu", **said)
    settle(desk.session, ids=made, verdict=SuggestionState.ACCEPTED, answer="Đồng ý", **said)
    page = unescape(desk.browser("thanh").get(f"/history/{plan.id}").text)
    for told in (
        "Trích yếu",
        "<q",
        "Tiếp thu một phần",
        "Đã nêu ở mục sau",
        "Đã chấp nhận",
        "Lý do: Đúng mẫu",
        "Đồng ý",
    ):
        assert told in page, told
    assert re.search(r"<ins[^>]*>[^<]*TIÊU", page)
    assert re.search(r"<del[^>]*>[^<]*ĐÍCH", page)
    assert f"]({office.thao.id})" not in page
    assert block_id not in page
    clause["content"] = [{"type": "text", "text": "MỤC TIÊU VÀ YÊU CẦU"}]
    made = propose(desk.session, version=plan.text_version, doc=doc, note="", **said)
    settle(desk.session, ids=made, verdict=SuggestionState.ADOPTED, answer="", **said)
    page = desk.browser("thanh").get(f"/history/{plan.id}").text
    assert "Đã sửa theo" in page
    assert "adopted" not in page


def test_the_auditor_finds_plans_by_words_and_number(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.NUMBERED)
    browser = desk.browser("thanh")
    for words, is_found in (
        ("", True),
        ("tuyen truyen", True),
        ("01/KH-UBND", True),
        ("02/KH-UBND", False),
        ("không có", False),
    ):
        listed = browser.get("/history", query_string={"q": words}).text
        assert (f"/history/{plan.id}" in listed) is is_found, words


@pytest.mark.parametrize("query", ["after=x", "after=2026-01-01~x", "after=%00~%00", "q=%00"])
def test_an_odd_address_shows_a_page(desk: Desk, query: str) -> None:
    assert desk.browser("thanh").get(f"/history?{query}").status_code == 200


def test_a_touched_event_is_named(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.UNIT_REVIEW)
    desk.tamper(
        "ALTER TABLE audit_event DISABLE TRIGGER USER",
        "UPDATE audit_event SET actor_name = 'Người khác' WHERE seq = 1",
    )
    holds = [event.holds for event in checked_events(desk.session, plan.id)]
    desk.session.rollback()
    assert holds == [False, True]
    page = desk.browser("thanh").get(f"/history/{plan.id}").text
    assert "<strong>Không khớp.</strong>" in page
    assert page.count(">không khớp<") == 1


def test_an_event_taken_out_shows_in_its_neighbours(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.APPRAISAL)
    desk.tamper(
        "ALTER TABLE audit_event DISABLE TRIGGER USER", "DELETE FROM audit_event WHERE seq = 2"
    )
    assert [event.holds for event in checked_events(desk.session, plan.id)][1] is False


def test_the_evidence_is_taken_away_and_the_look_noted(desk: Desk) -> None:
    plan = desk.issued()
    browser = desk.browser("thanh")
    answer = browser.get(f"/history/{plan.id}/evidence.zip")
    assert answer.mimetype == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert {"issued.pdf", "events.jsonl", "SHA256SUMS"} <= set(names)
    looks = desk.session.scalars(select(PlanView.page).where(PlanView.plan_id == plan.id)).all()
    assert "evidence" in looks


@pytest.mark.parametrize("who", ["soan", "duyet", "tham", "the", "ky", "thu", "tri"])
def test_only_auditors_come_in(desk: Desk, who: str) -> None:
    browser = desk.browser(who)
    for address in ("/history", f"/history/{uuid4()}", f"/history/{uuid4()}/evidence.zip"):
        assert browser.get(address).status_code == 403


def test_an_unknown_plan_is_not_found(desk: Desk) -> None:
    browser = desk.browser("thanh")
    assert browser.get(f"/history/{uuid4()}").status_code == 404
    assert browser.get(f"/history/{uuid4()}/evidence.zip").status_code == 404


def test_a_plan_of_another_organisation_is_not_found(desk: Desk) -> None:
    plan = desk.office.draft(real_plan())
    desk.tamper(
        "UPDATE plan SET organisation_id = "
        "(SELECT id FROM organisation WHERE code <> 'H26' ORDER BY id LIMIT 1) WHERE id = :id",
        id=plan.id,
    )
    assert desk.browser("thanh").get(f"/history/{plan.id}").status_code == 404
