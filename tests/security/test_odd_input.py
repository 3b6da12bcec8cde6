"""Input that no page of ours sends gets a refusal, never a crash."""

import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.cursors import read_cursor
from tests.web.desk import Desk
from tests.web.door import token
from workflows.domain.machine import PlanState


@pytest.mark.parametrize("page", ["/login", "/plans/new", "/verify"])
@pytest.mark.parametrize("body", [{"email": "\ud800", "password": "\ud800"}, [1], {"text": {}}])
def test_a_form_sent_as_json_is_refused(desk: Desk, page: str, body: Any) -> None:
    browser = desk.browser("soan") if page == "/plans/new" else desk.app.test_client()
    answer = browser.post(
        page,
        data=json.dumps(body),
        headers={"X-CSRFToken": token(browser, page), "Content-Type": "application/json"},
    )

    assert answer.status_code == 415


def test_a_file_in_place_of_a_text_is_an_empty_text(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.UNIT_REVIEW)
    browser = desk.browser("soan")
    answer = browser.post(
        f"/plans/{plan.id}/comments",
        data={
            "csrf_token": token(browser, "/plans/new"),
            "text": (io.BytesIO(b"words"), "words.txt"),
        },
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("block", ["a\x00b", "b" * 5_000, "another0block"])
def test_a_remark_hangs_on_a_block_of_this_plan_or_on_none(desk: Desk, block: str) -> None:
    plan = desk.office.plan(PlanState.UNIT_REVIEW)
    browser = desk.browser("soan")
    form = {"csrf_token": token(browser, "/plans/new"), "text": "Góp ý", "block_id": block}
    answer = browser.post(f"/plans/{plan.id}/comments", data=form)

    assert answer.status_code == 409
    assert "không còn trong kế hoạch" in answer.text


@pytest.mark.parametrize(
    "page",
    [
        "/inbox?after=2022-01-01~" + "9" * 30,
        "/notices?after=2022-01-01T00:00:00%2B07:00~" + "9" * 30,
        "/public?after=2022-01-01~2147483648",
        "/public?after=2022-01-01~-2147483649",
    ],
)
def test_a_cursor_that_the_database_cannot_hold_is_the_first_page(desk: Desk, page: str) -> None:
    assert desk.browser("soan").get(page).status_code == 200


def test_a_moment_without_a_zone_is_no_cursor(desk: Desk) -> None:
    page = "/history?after=2022-01-01T00:00:00~00000000-0000-0000-0000-000000000000"

    assert desk.browser("thanh").get(page).status_code == 200


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2022-01-01~2147483647", (date(2022, 1, 1), 2147483647)),
        ("2022-01-01~2147483648", None),
    ],
)
def test_the_largest_number_is_the_databases(
    look: Flask, typed: str, read: tuple[datetime, int] | None
) -> None:
    with look.test_request_context(f"/?after={typed}"):
        assert read_cursor("after", date.fromisoformat, int) == read
