"""Headers, log lines, health, readiness and metrics."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from tests.web.door import add_page


def test_every_answer_is_locked_down(app: Flask, client: FlaskClient) -> None:
    def pdf() -> ResponseReturnValue:
        return b"%PDF-", {"Content-Type": "application/pdf"}

    add_page(app, pdf)
    page, file = client.get("/login").headers, client.get("/a-page").headers

    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in file["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("offered", "kept"),
    [("abc-DEF_0.12345678", True), ("short", False), ("x" * 65, False), ('a"}{"level":"x', False)],
)
def test_a_request_id_is_taken_over_only_if_it_is_harmless(
    client: FlaskClient, offered: str, kept: bool
) -> None:
    answered = client.get("/healthz", headers={"X-Request-Id": offered}).headers["X-Request-Id"]

    assert (answered == offered) is kept
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", answered)


def test_the_log_ties_a_line_to_the_request_and_tells_no_words(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/login?q=words-of-a-person", headers={"X-Request-Id": "request-0001"})
    line = json.loads(capsys.readouterr().err.splitlines()[-1])

    assert line["request_id"] == "request-0001"
    assert (line["endpoint"], line["status"]) == ("security.login", 200)
    assert line["duration_ms"] >= 0
    assert "words-of-a-person" not in json.dumps(line)


def test_health_asks_nobody_and_readiness_asks_everybody(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")

    assert ready.status_code == 200
    assert ready.json == {"database": "ok", "valkey": "ok", "store": "ok"}


def test_readiness_names_the_part_that_fails(app: Flask, client: FlaskClient) -> None:
    from redis import Redis

    valkey = app.extensions["valkey"]
    app.extensions["valkey"] = Redis(port=1, socket_connect_timeout=1)
    answer = client.get("/readyz")
    app.extensions["valkey"] = valkey

    assert answer.status_code == 503
    assert answer.json == {"database": "ok", "valkey": "failed", "store": "ok"}


def test_metrics_count_requests_and_owed_work(client: FlaskClient) -> None:
    client.get("/healthz")
    client.open("/healthz", method="BREW")
    page = client.get("/metrics").text

    counted = 'trinh_ky_requests_total{endpoint="health.healthz",method="GET",status="200"}'
    assert counted in page
    assert 'method="OTHER"' in page
    assert "BREW" not in page
    assert "trinh_ky_outbox_waiting 0.0" in page
    assert "trinh_ky_failed_jobs" in page
