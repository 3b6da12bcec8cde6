"""What changed between two versions, read without colours too."""

import re
from collections.abc import Callable
from copy import deepcopy

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import Office
from workflows.domain.machine import PlanState
from workflows.models.plan import Plan
from workflows.services.submission import withdraw

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
    doc = deepcopy(plan.draft)
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
    return re.findall(r'class="change is-(\w+)">(.*?)</p>', page, re.DOTALL)


def test_words_and_blocks_are_marked_with_elements_and_words(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    page = log_in(client, "duyet").get(f"/plans/{revised.id}/redline?old=1&new=2").text
    assert "3 đoạn thay đổi" in page
    kinds = [kind for kind, _ in changes_in(page)]
    assert sorted(kinds) == ["delete", "edit", "insert"]
    assert "<del>ĐÍCH</del><ins>TIÊU</ins>" in page
    assert "<ins>Một ý mới.</ins>" in page


def test_the_last_two_versions_are_compared_unless_others_are_named(
    client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    log_in(client, "duyet")
    assert "<ins>TIÊU</ins>" in client.get(f"/plans/{revised.id}/redline").text
    back = client.get(f"/plans/{revised.id}/redline?old=2&new=1").text
    assert "<ins>ĐÍCH</ins>" in back
    same = client.get(f"/plans/{revised.id}/redline?old=2&new=2").text
    assert "nội dung như nhau" in same


def test_the_whole_text_can_be_shown(client: FlaskClient, log_in: LogIn, revised: Plan) -> None:
    log_in(client, "duyet")
    path = f"/plans/{revised.id}/redline?old=1&new=2"
    kinds = {kind for kind, _ in changes_in(client.get(f"{path}&all=1").text)}
    assert "same" in kinds


@pytest.mark.parametrize("query", ["old=9&new=1", "old=1&new=9", "old=1&new=draft"])
def test_a_version_that_is_not_there_is_not_found(
    query: str, client: FlaskClient, log_in: LogIn, revised: Plan
) -> None:
    assert log_in(client, "duyet").get(f"/plans/{revised.id}/redline?{query}").status_code == 404


def test_one_version_has_nothing_to_compare_with(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    answer = log_in(client, "duyet").get(f"/plans/{plan.id}/redline")
    assert answer.status_code == 200
    assert "chưa có hai phiên bản" in answer.text


def test_the_drafter_compares_the_working_text_with_what_was_submitted(
    app: Flask, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    withdraw(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.soan,
        reason="Sửa",
        now=office.now,
    )
    path = f"/plans/{plan.id}/redline?old=1&new=draft"
    assert log_in(app.test_client(), "soan").get(path).status_code == 200
    assert log_in(app.test_client(), "duyet").get(path).status_code == 404
