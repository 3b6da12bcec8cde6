"""The guard: every page says who may use it, and is closed to everybody else."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.access import (
    LOOPBACK,
    PUBLIC,
    SIGNED_IN,
    Rule,
    current_actor,
    holds,
    plan_action,
    rule_of,
)
from tests.web.door import add_page, hello, sign_in, somebody
from workflows.domain.actor import Role
from workflows.domain.machine import PlanAction


def test_every_page_says_who_may_use_it(app: Flask) -> None:
    unmarked = [endpoint for endpoint in app.view_functions if rule_of(app, endpoint) is None]

    assert unmarked == []


def test_a_page_that_says_nothing_is_closed(app: Flask, client: FlaskClient) -> None:
    add_page(app, hello, rule=None)

    assert client.get("/a-page").status_code == 403


VISITOR, OUTSIDER, CLERK = None, (Role.DRAFTER,), (Role.CLERK,)


@pytest.mark.parametrize(
    ("rule", "visitor", "outsider", "clerk"),
    [
        (PUBLIC, 200, 200, 200),
        (SIGNED_IN, 302, 200, 200),
        (plan_action(), 302, 200, 200),
        (plan_action(PlanAction.SIGN), 302, 200, 200),
        (holds(Role.CLERK), 302, 403, 200),
        (holds(Role.CLERK, Role.DRAFTER), 302, 200, 200),
        (holds(), 302, 403, 403),
    ],
)
def test_who_gets_through_which_door(
    app: Flask, session: Session, rule: Rule, visitor: int, outsider: int, clerk: int
) -> None:
    add_page(app, hello, rule)
    somebodies = {
        OUTSIDER: somebody(app, session, *OUTSIDER, email="ngoai@demo.invalid"),
        CLERK: somebody(app, session, *CLERK, email="trong@demo.invalid"),
    }

    for roles, expected in ((VISITOR, visitor), (OUTSIDER, outsider), (CLERK, clerk)):
        client = app.test_client()
        if roles:
            sign_in(client, somebodies[roles])
        assert client.get("/a-page").status_code == expected


def test_the_actor_holds_the_positions_of_today(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    def who() -> dict[str, object]:
        actor = current_actor()
        return {"name": actor.name, "roles": sorted(post.role for post in actor.posts)}

    add_page(app, who, SIGNED_IN)
    sign_in(client, somebody(app, session, Role.DRAFTER, Role.CONSULTED))

    assert client.get("/a-page").json == {
        "name": "Trần Thị Cửa Thử",
        "roles": ["consulted", "drafter"],
    }


@pytest.mark.parametrize(
    ("address", "headers", "expected"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.8", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.8"}, 404),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.8"}, 404),
    ],
)
def test_the_inner_pages_answer_this_machine_only(
    app: Flask, client: FlaskClient, address: str, headers: dict[str, str], expected: int
) -> None:
    add_page(app, hello, LOOPBACK)

    answer = client.get("/a-page", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == expected


def test_an_ended_session_gives_back_what_was_typed(app: Flask, client: FlaskClient) -> None:
    add_page(app, hello, SIGNED_IN)

    answer = client.post("/a-page", data={"comment": "Đề nghị bổ sung lộ trình."})

    assert answer.status_code == 401
    assert "Đề nghị bổ sung lộ trình." in answer.text
    assert "/login" in answer.text


def test_a_program_without_a_session_gets_a_status_and_no_redirect(
    app: Flask, client: FlaskClient
) -> None:
    add_page(app, hello, SIGNED_IN)

    answer = client.get("/a-page", headers={"Accept": "application/json"})

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 401
