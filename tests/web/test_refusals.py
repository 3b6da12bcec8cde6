"""Refusals as pages: the right status, a sentence, and every word that was typed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.access import (
    SIGNED_IN,
)
from portal.errors import STATUS, status_of
from portal.extensions import db
from tests.web.door import add_page, sign_in, somebody, token
from workflows.domain.errors import (
    Fault,
    FaultyText,
    Incomplete,
    PlanNotFound,
    StaleVersion,
    WorkflowError,
)

OUR_PARTS = ("workflows.", "portal.")


def test_every_kind_of_refusal_has_a_status() -> None:
    ours = [kind for kind in _kinds(WorkflowError) if kind.__module__.startswith(OUR_PARTS)]
    unlisted = {kind for kind in ours if not set(kind.__mro__) & set(STATUS)}

    assert unlisted == {FaultyText}


def _kinds(kind: type[WorkflowError]) -> list[type[WorkflowError]]:
    below = kind.__subclasses__()
    return [*below, *(deeper for child in below for deeper in _kinds(child))]


@pytest.mark.parametrize("kind", STATUS)
def test_a_refusal_becomes_a_page(
    app: Flask, client: FlaskClient, kind: type[WorkflowError]
) -> None:
    def refuse() -> str:
        raise kind("Kế hoạch “%(title)s” chưa được.", title="<b>Thử & sai</b>")

    add_page(app, refuse)
    answer = client.get("/a-page")

    assert answer.status_code == status_of(kind("")) == STATUS[kind]
    shown = "Kế hoạch “&lt;b&gt;Thử &amp; sai&lt;/b&gt;” chưa được." in answer.text
    assert shown == (kind is not PlanNotFound)


def test_a_hidden_plan_looks_like_one_that_never_was(app: Flask, client: FlaskClient) -> None:
    def hidden() -> str:
        raise PlanNotFound("Không có kế hoạch %(id)s, hoặc bạn không được xem.", id=7)

    add_page(app, hidden)

    def without_ids(page: str) -> str:
        return re.sub(r"[0-9a-f]{32}", "", page)

    one, other = client.get("/a-page"), client.get("/never-was")
    assert one.status_code == other.status_code == 404
    assert without_ids(one.text) == without_ids(other.text)


def test_faults_are_listed(app: Flask, client: FlaskClient) -> None:
    def refuse() -> str:
        raise Incomplete("Chưa đủ để trình.", [Fault("Trích yếu", "còn trống."), Fault("", "Hở.")])

    add_page(app, refuse)
    page = client.get("/a-page").text

    assert "<strong>Trích yếu:</strong> còn trống." in page
    assert "<li>Hở.</li>" in page


def test_an_old_page_keeps_every_word_and_no_secret(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    def refuse() -> str:
        raise StaleVersion("Kế hoạch đã thay đổi.")

    add_page(app, refuse, SIGNED_IN)
    sign_in(client, somebody(app, session))
    long_text = "Mục tiêu </textarea><script>x</script>\n" * 9_000

    answer = client.post(
        "/a-page",
        data={
            "csrf_token": token(client, "/reauthenticate"),
            "row_version": "3987",
            "comment": "Ý kiến của tôi",
            "text": long_text,
            "password": "never-shown",
        },
        headers={"Referer": "http://localhost/plans/7?tab=text"},
    )

    assert answer.status_code == 409
    assert "Ý kiến của tôi" in answer.text
    assert answer.text.count("Mục tiêu &lt;/textarea&gt;") == 9_000
    assert 'href="/plans/7?tab=text"' in answer.text
    assert "never-shown" not in answer.text
    assert "3987" not in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.invalid/x", "http://localhost//evil.invalid", "http://localhost/\\\\e"]
)
def test_the_way_back_never_leads_out(client: FlaskClient, origin: str) -> None:
    page = client.get("/never-was", headers={"Referer": origin}).text

    assert re.findall(r'href="(?:https?:|//|/?\\)', page) == []


def test_a_crash_shows_a_number_to_report_and_nothing_else(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def crash() -> str:
        raise RuntimeError("inner words")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    add_page(app, crash)
    answer = client.get("/a-page")

    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "inner words" not in answer.text
    assert "inner words" in caplog.text


@pytest.mark.parametrize("bound", ["statement_timeout", "lock_timeout"])
@pytest.mark.parametrize("accepts", ["application/json", "text/html"])
def test_a_database_that_takes_too_long_is_busy_not_broken(
    app: Flask, client: FlaskClient, session: Session, bound: str, accepts: str
) -> None:
    slow = {
        "statement_timeout": "SELECT pg_sleep(60)",
        "lock_timeout": "SELECT id FROM person FOR UPDATE",
    }
    session.execute(text("SELECT id FROM person FOR UPDATE"))

    def ask() -> str:
        db.session.execute(text(f"SET LOCAL {bound} = 20"))
        db.session.execute(text(slow[bound]))
        return "never"

    add_page(app, ask)
    answer = client.get("/a-page", headers={"Accept": accepts})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Cơ sở dữ liệu đang bận nên chưa trả lời kịp." in str(answer.json or answer.text)
