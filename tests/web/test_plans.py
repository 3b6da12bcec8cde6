"""The page of a plan: what is shown to whom, and what looks the same to an outsider."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.acts.means import store
from tests.factories import Office
from tests.fixtures.office import NOW
from workflows.domain.machine import ACTION_LABELS, STATE_LABELS, PlanAction, PlanState
from workflows.models.discussion import PlanView
from workflows.services import submission
from workflows.services.invitations import invite_writer
from workflows.services.writing import name_revision

# Ids, numbers of requests and form tokens differ from page to page.
CHANGING = re.compile(r'[0-9a-f]{32}|[0-9a-f-]{36}|name="csrf_token" value="[^"]*"')
LogIn = Callable[[FlaskClient, str], FlaskClient]


def test_an_unknown_plan_and_an_invisible_one_look_the_same(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    hidden = office.plan(PlanState.UNIT_REVIEW)
    log_in(client, "the")
    for path in ("", "/versions/1", "/versions/1/pdf", "/redline?old=1&new=1", "/edit", "/submit"):
        answers = [client.get(f"/plans/{id}{path}") for id in (hidden.id, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404], path
        pages = [CHANGING.sub("", answer.text) for answer in answers]
        assert pages[0] == pages[1], path


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, office: Office) -> None:
    answer = client.get(f"/plans/{office.draft().id}")
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_the_text_reads_as_the_document_does(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    page = log_in(client, "duyet").get(f"/plans/{office.plan(PlanState.UNIT_REVIEW).id}").text
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "/KH-UBND",
        '<span class="lb">II.</span> NỘI DUNG KẾ HOẠCH',
        '<span class="lb">1.1</span> Hoạt động chỉ đạo',
        "<em>thích ứng an toàn",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "Lưu: VT",
        STATE_LABELS[PlanState.UNIT_REVIEW],
    ):
        assert words in page, words
    assert "style=" not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("state", "who", "mine"),
    [
        (PlanState.DRAFT, "soan", {PlanAction.EDIT, PlanAction.SUBMIT, PlanAction.CANCEL}),
        (PlanState.DRAFT, "duyet", {PlanAction.CANCEL}),
        (PlanState.UNIT_REVIEW, "soan", {PlanAction.WITHDRAW}),
        (PlanState.UNIT_REVIEW, "duyet", {PlanAction.APPROVE, PlanAction.RETURN}),
        (PlanState.APPRAISAL, "tham", {PlanAction.APPROVE, PlanAction.RETURN}),
        (PlanState.APPRAISAL, "duyet", set()),
        (PlanState.AWAITING_SIGNATURE, "ky", {PlanAction.SIGN, PlanAction.RETURN}),
        (PlanState.SIGNED, "thu", {PlanAction.NUMBER}),
        (PlanState.ISSUED, "thu", {PlanAction.RECALL}),
        (PlanState.ISSUED, "soan", set()),
    ],
)
def test_the_buttons_are_mine_now_and_the_others_say_why_they_are_off(
    state: PlanState,
    who: str,
    mine: set[PlanAction],
    client: FlaskClient,
    log_in: LogIn,
    office: Office,
) -> None:
    page = log_in(client, who).get(f"/plans/{office.plan(state).id}").text
    shown = re.search(r'class="my-moves".*?</div>', page, re.DOTALL)
    offered = set(re.findall(r">([^<>]+)</a>", shown[0])) if shown else set()
    assert offered == {ACTION_LABELS[action] for action in mine}
    off = dict(
        re.findall(r'id="off-(\w+)">\s*([^<]+?)\s*</span>', page.split('class="off-list"')[1])
    )
    closed = set(off)
    assert closed.isdisjoint(str(action) for action in mine)
    assert all(len(reason) > 20 for reason in off.values())
    assert len(closed) + len(mine) == 9


def test_a_working_text_is_shown_to_its_writers_only(
    app: Flask, log_in: LogIn, office: Office
) -> None:
    plan = office.draft()
    drafter = log_in(app.test_client(), "soan").get(f"/plans/{plan.id}").text
    head = log_in(app.test_client(), "duyet").get(f"/plans/{plan.id}").text
    assert "NỘI DUNG KẾ HOẠCH" in drafter
    assert "NỘI DUNG KẾ HOẠCH" not in head
    assert "chưa trình phiên bản nào" in head


def test_how_a_draft_came_about_is_told_to_its_writers_and_the_auditor(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.DRAFT)
    invite_writer(session, plan_id=plan.id, person_id=office.but.id, actor=office.soan, now=NOW)
    name_revision(session, plan_id=plan.id, note="Bản nháp", actor=office.soan, now=NOW)
    office.submit(plan)
    pages = {
        who: log_in(app.test_client(), who).get(f"/plans/{plan.id}").text
        for who in ("soan", "thanh", "duyet")
    }
    for words in ("cùng soạn", "Bản nháp", "Ghi bản 1 của dự thảo"):
        assert [who for who, page in pages.items() if words in page] == ["soan", "thanh"], words
    assert all("Trình phiên bản 1" in page for page in pages.values())


def test_every_look_is_noted(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    log_in(client, "duyet")
    for path in ("", "/versions/1", "/redline"):
        assert client.get(f"/plans/{plan.id}{path}").status_code == 200
    looks = session.execute(
        select(PlanView.page, PlanView.version_number).where(PlanView.plan_id == plan.id)
    )
    assert {tuple(look) for look in looks} == {("plan", 1), ("version", 1), ("redline", 1)}


def test_the_pdf_of_a_version_is_the_very_bytes_in_the_store(
    app: Flask, client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    log_in(client, "duyet")
    assert client.get(f"/plans/{plan.id}/versions/1/pdf").status_code == 404
    prepared = office.prepare(plan)
    content = f"prepared {plan.id} 1".encode()
    with app.app_context():
        store().put(prepared.key, content)
    answer = client.get(f"/plans/{plan.id}/versions/1/pdf")
    assert answer.data == content
    assert answer.mimetype == "application/pdf"
    assert client.get(f"/plans/{plan.id}/versions/2/pdf").status_code == 404


def test_an_issued_plan_shows_its_number_and_who_it_went_to(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    page = log_in(client, "duyet").get(f"/plans/{office.plan(PlanState.ISSUED).id}").text
    assert "Số: 01/KH-UBND" in page
    assert "Hà Nội, ngày 18 tháng 11 năm 2026" in page
    assert "Nơi nhận khi ban hành" in page


def test_the_list_finds_and_says_when_it_does_not(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.draft()
    log_in(client, "soan")
    assert str(plan.id) in client.get("/plans?q=tuyen truyen").text
    assert str(plan.id) not in client.get("/plans?state=issued").text
    assert "Không có kế hoạch nào phù hợp" in client.get("/plans?q=khongco").text
    assert client.get("/plans?state=nothing&after=x~y&q=%25%00").status_code == 200


def test_a_plan_cancelled_before_anyone_saw_it_keeps_its_text_for_the_author(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.draft()
    submission.cancel(
        session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.soan,
        reason="Trùng với kế hoạch khác",
        now=office.now,
    )
    page = log_in(app.test_client(), "soan").get(f"/plans/{plan.id}").text

    assert "MỤC ĐÍCH, YÊU CẦU" in page
    assert "Đã dừng" in page
