"""The inbox shows each person what is theirs, at a cost that does not grow with the plans."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.queries.copies import copy_plan
from tests.services.talk import Talk
from workflows.domain.machine import PlanState

LogIn = Callable[[FlaskClient, str], FlaskClient]
PEOPLE = ("soan", "duyet", "tham", "dinh", "the", "ky", "thu")


def tasks_in(page: str) -> str:
    return page.split('id="tasks-heading"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (PlanState.UNIT_REVIEW, "duyet"),
        (PlanState.APPRAISAL, "tham"),
        (PlanState.FORM_CHECK, "the"),
        (PlanState.AWAITING_SIGNATURE, "ky"),
        (PlanState.SIGNED, "thu"),
    ],
)
def test_a_plan_waits_in_the_inbox_of_whose_turn_it_is_and_of_nobody_else(
    state: PlanState, who: str, app: Flask, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(state)
    for person in PEOPLE:
        page = log_in(app.test_client(), person).get("/inbox").text
        assert (str(plan.id) in tasks_in(page)) is (person == who), person


def test_a_plan_that_was_sent_back_waits_for_its_drafter_with_the_reason(
    app: Flask, log_in: LogIn, office: Office
) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    plan = talk.plan
    talk.send_back("duyet")
    page = log_in(app.test_client(), "soan").get("/inbox").text
    assert f"/plans/{plan.id}/edit" in tasks_in(page)
    assert "Cần sửa" in tasks_in(page)
    assert "Không có việc nào chờ bạn" not in page
    assert "drafts-heading" not in page


def test_the_start_page_is_the_inbox(client: FlaskClient, log_in: LogIn) -> None:
    answer = log_in(client, "soan").get("/")
    assert answer.status_code in (302, 303)
    assert answer.location.endswith("/inbox")


def test_the_number_of_queries_does_not_grow_with_the_plans(
    app: Flask, client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    counts = []
    log_in(client, "duyet").get("/inbox")
    for more in (0, 200):
        if more:
            copy_plan(session, plan.id, more)
        counts.append(_queries(app, client))
    assert counts[0] == counts[1] <= 8


def _queries(app: Flask, client: FlaskClient) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    answer = client.get("/inbox")
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200
    return len(seen)


def test_a_damaged_page_mark_is_the_first_page(client: FlaskClient, log_in: LogIn) -> None:
    log_in(client, "duyet")
    for after in ("x", "2026-01-01~x", "~", "2026-13-01~1", "%00"):
        assert client.get(f"/inbox?after={after}").status_code == 200
