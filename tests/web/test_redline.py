"""What changed between two versions, read without colours too."""

import re
from collections.abc import Callable
from copy import deepcopy
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office
from workflows.domain.machine import PlanState
from workflows.models.discussion import PlanView, SuggestionState
from workflows.models.plan import Plan
from workflows.services.settlement import settle
from workflows.services.submission import withdraw
from workflows.services.suggestions import propose
from workflows.services.writing import name_revision

LogIn = Callable[[FlaskClient, str], FlaskClient]


@pytest.fixture
def revised(office: Office) -> Plan:
    """Give a plan with two versions: one word changed, one clause gone, one new."""
    plan = office.plan(PlanState.UNIT_REVIEW)
    withdraw(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.soan,
        reason="Sửa",
        now=office.now,
    )
    office.session.refresh(plan)
    doc = deepcopy(office.text(plan))
    clauses = [node for node in doc["content"] if node["type"] == "clause"]
    clauses[0]["content"] = [{"type": "text", "text": "MỤC TIÊU, YÊU CẦU"}]
    doc["content"].remove(clauses[2])
    fresh = {"id": "freshclause1", "level": "dash"}
    node = {"type": "clause", "attrs": fresh, "content": [{"type": "text", "text": "Một ý mới."}]}
    doc["content"].insert(doc["content"].index(clauses[3]), node)
    office.save(plan, doc)
    office.submit(plan)
    office.session.refresh(plan)
    return plan


def changes_in(page: str) -> list[tuple[str, str]]:
    return re.findall(r'class="change is-([a-z]+)"(.*?)</p>', page, re.DOTALL)


def marked(page: str, tag: str) -> list[str]:
    """What stands in <ins> or <del>, without what is said to screen readers only."""
    unsaid = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", page)
    return re.findall(rf"<{tag}>(.*?)</{tag}>", unsaid, re.DOTALL)


def show(browser: FlaskClient, plan: Plan, query: str = "", file: str = "redline") -> TestResponse:
    return browser.get(f"/plans/{plan.id}/{file}?{query}")


def test_words_and_blocks_are_marked_with_elements_and_words(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    page = show(log_in(client, "duyet"), revised, "old=v1&new=v2").text

    assert "3 chỗ thay đổi" in page
    kinds = [kind for kind, _ in changes_in(page)]
    assert sorted(kinds) == ["delete", "edit", "insert"]
    assert ("ĐÍCH" in marked(page, "del"), "TIÊU" in marked(page, "ins")) == (True, True)
    assert "Một ý mới." in marked(page, "ins")
    # Without eyes: where a part begins, and where it ends.
    assert page.count("[bắt đầu phần thêm]") == page.count("[hết phần thêm]") >= 3
    assert page.count("[bắt đầu phần bỏ]") == page.count("[hết phần bỏ]") >= 3


def test_changes_are_counted_listed_and_lead_from_one_to_the_next(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    page = show(log_in(client, "duyet"), revised, "old=1&new=2").text

    for words in ("Thêm", "Bỏ", "Sửa lời"):
        assert re.search(rf'>{words} <span class="num">1</span>', page), words
    for number in (1, 2, 3):
        assert page.count(f' id="c{number}"') == 1
    # Once in the list, once from the neighbour below or above, or from both.
    assert [page.count(f'href="#c{number}"') for number in (1, 2, 3)] == [2, 3, 2]
    assert "I. MỤC TIÊU" not in page.split('class="redline"')[0]


def test_the_last_two_versions_are_compared_unless_others_are_named(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    log_in(client, "duyet")
    assert "TIÊU" in marked(show(client, revised).text, "ins")
    assert "ĐÍCH" in marked(show(client, revised, "old=2&new=1").text, "ins")
    assert "nội dung như nhau" in show(client, revised, "old=2&new=2").text


def test_the_whole_text_can_be_shown(client: FlaskClient, log_in: LogIn, revised: Plan) -> None:
    log_in(client, "duyet")
    kinds = {kind for kind, _ in changes_in(show(client, revised, "old=1&new=2&all=1").text)}
    assert "same" in kinds
    few = show(client, revised, "old=1&new=2").text
    assert "same" not in {kind for kind, _ in changes_in(few)}
    assert "đoạn giữ nguyên" in few


@pytest.mark.parametrize("query", ["old=9&new=1", "old=v1&new=v9", "old=1&new=draft", "old=r1"])
@pytest.mark.parametrize("file", ["redline", "redline.pdf"])
def test_a_text_that_is_not_there_is_not_found(
    query: str, file: str, client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    assert show(log_in(client, "duyet"), revised, query, file).status_code == 404


def test_whoever_may_not_read_the_plan_finds_no_comparison(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    log_in(client, "thu")
    for file in ("redline", "redline.pdf"):
        assert show(client, revised, "old=v1&new=v2", file).status_code == 404


def test_what_there_is_not_yet_is_said_in_words(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    log_in(client, "duyet")
    said = {
        "": "chưa có hai phiên bản",
        "old=seen": "bạn chưa xem kế hoạch",
        "old=approved": "Bạn chưa quyết định về phiên bản nào",
    }
    for query, words in said.items():
        answer = show(client, plan, query)
        assert (answer.status_code, words in answer.text) == (200, True), query
    assert show(client, plan, "old=seen", "redline.pdf").status_code == 404


def test_the_drafter_compares_the_working_text_and_its_named_states(
    app: Flask, log_in: LogIn, office: Office, drafting: Plan
) -> None:
    actor = office.actor("soan")
    name_revision(office.session, plan_id=drafting.id, note="<b>a", actor=actor, now=office.now)
    writer, reader = (log_in(app.test_client(), who) for who in ("soan", "duyet"))
    for query in ("old=1&new=draft", "old=r1&new=draft", "old=v1&new=r1", "old=draft&new=v1"):
        for file in ("redline", "redline.pdf"):
            assert show(writer, drafting, query, file).status_code == 200, query
            assert show(reader, drafting, query, file).status_code == 404, query
    page = show(writer, drafting, "old=r1&new=draft").text
    assert "Bản ghi 1: &lt;b&gt;a" in page
    assert "<b>a" not in page
    assert "Trước khi" not in show(reader, drafting).text


def test_a_look_at_the_draft_is_noted_with_the_text_that_was_shown(
    client: FlaskClient, log_in: LogIn, session: Session, drafting: Plan
) -> None:
    show(log_in(client, "soan"), drafting, "old=v1&new=draft")
    show(client, drafting, "old=draft&new=v1")
    session.refresh(drafting)
    seen = session.execute(
        select(PlanView.version_number, PlanView.text_version)
        .where(PlanView.page == "redline")
        .order_by(PlanView.id)
    ).all()
    assert [tuple(row) for row in seen] == [(1, drafting.text_version), (1, None)]


@pytest.fixture
def drafting(office: Office) -> Plan:
    """Give a plan that was taken back after its first version."""
    plan = office.plan(PlanState.UNIT_REVIEW)
    withdraw(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.soan,
        reason="Sửa",
        now=office.now,
    )
    return plan


def rewrite(office: Office, plan: Plan, words: str, at: int = 0) -> None:
    doc = deepcopy(office.text(plan))
    clauses = [node for node in doc["content"] if node["type"] == "clause"]
    clauses[at]["content"] = [{"type": "text", "text": words}]
    office.save(plan, doc)


def test_the_comparison_of_a_draft_says_on_request_who_changed_what(
    client: FlaskClient, log_in: LogIn, office: Office, revised: Plan
) -> None:
    plan = office.plan()
    office.submit(plan)
    office.take_back(plan)
    rewrite(office, plan, "MỤC TIÊU")
    doc = office.text(plan)
    clauses = [node for node in doc["content"] if node["type"] == "clause"]
    doc["content"].remove(clauses[2])
    office.save(plan, doc, "thao")
    said: dict[str, Any] = {"plan_id": plan.id, "now": office.now}
    doc["content"][0]["content"] = [{"type": "text", "text": "Tuyên truyền"}]
    office.session.refresh(plan)
    seen = plan.text_version
    office.session.rollback()
    made = propose(office.session, version=seen, doc=doc, note="", actor=office.thao, **said)
    settle(
        office.session,
        ids=made,
        verdict=SuggestionState.ACCEPTED,
        answer="",
        actor=office.soan,
        **said,
    )

    page = show(log_in(client, "soan"), plan, "old=v1&new=draft&who=1").text

    told = re.findall(r"người sửa: ([^<]*?)\s*</div>", unescape(page))
    soan, thao = office.soan.name, office.thao.name
    assert told == [f"{soan} (theo đề xuất của {thao})", soan, thao]
    assert "người sửa:" not in show(client, plan, "old=v1&new=draft").text
    turned = show(client, plan, "old=draft&new=v1&who=1").text
    assert unescape(turned).count("người sửa:") == 3
    page = show(log_in(client.application.test_client(), "duyet"), revised, "who=1").text
    assert "· người sửa:" not in page
    # What is not for this reader is not offered.
    assert "êu người sửa" not in page


def test_nothing_in_a_text_is_read_as_markup(
    client: FlaskClient, log_in: LogIn, office: Office, drafting: Plan
) -> None:
    evil = "<script>alert(1)</script> {{ 7*7 }} </ins><img src=x onerror=y> #panic()"
    rewrite(office, drafting, evil)
    log_in(client, "soan")

    for query in ("old=v1&new=draft", "old=draft&new=v1", "old=v1&new=draft&all=1"):
        page = show(client, drafting, query).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page
    assert show(client, drafting, "old=v1&new=draft", "redline.pdf").data.startswith(b"%PDF")


def test_an_odd_address_is_no_error(client: FlaskClient, log_in: LogIn, revised: Plan) -> None:
    log_in(client, "duyet")
    for query in ("old=%00", "new=%F0%9F%98%80", "old=v" + "9" * 400, "old=<b>&new='", "accents=x"):
        assert show(client, revised, query).status_code in (200, 404), query


def test_the_placing_of_accents_can_be_left_out(
    client: FlaskClient, log_in: LogIn, office: Office, drafting: Plan
) -> None:
    rewrite(office, drafting, "Hòa giải", 2)
    actor = office.actor("soan")
    name_revision(office.session, plan_id=drafting.id, note="Một", actor=actor, now=office.now)
    rewrite(office, drafting, "Hoà giải", 2)
    log_in(client, "soan")

    strict = show(client, drafting, "old=r1&new=draft").text
    lax = show(client, drafting, "old=r1&new=draft&accents=any").text

    assert "Hoà" in marked(strict, "ins")
    assert "nội dung như nhau" in lax
    assert "Đang ẩn" in lax


def test_the_pdf_and_the_word_file_are_of_the_same_comparison(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    page = show(log_in(client, "duyet"), revised, "old=1&new=2&all=1").text

    for kind in ("pdf", "docx"):
        [address] = re.findall(rf'href="([^"]+redline\.{kind}[^"]*)"', page)
        assert unescape(address) == f"/plans/{revised.id}/redline.{kind}?old=1&new=2&all=1"
    answer = show(client, revised, "old=1&new=2", "redline.pdf")
    assert answer.mimetype == "application/pdf"
    assert (
        "so-sanh-tuyen-truyen-cac-nhiem-vu-chinh-tri-phat-v1-v2.pdf"
        in answer.headers["Content-Disposition"]
    )
