"""Guessing a password: it is slow, it is stopped, and it tells nothing."""

import json
import time
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.web.door import PASSWORD, somebody, token, try_to_sign_in


def test_an_unknown_address_takes_as_long_as_a_wrong_password(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    # At full cost, so that leaving the hash out would show.
    app.extensions["security"].pwd_context.update(argon2__time_cost=3, argon2__memory_cost=65_536)
    somebody(app, session)

    def seconds(email: str) -> float:
        form = {"csrf_token": token(client), "email": email, "password": "wrong"}
        started = time.perf_counter()
        client.post("/login", data=form)
        return time.perf_counter() - started

    known = median(seconds("cua.thu@demo.invalid") for _ in range(5))
    unknown = median(seconds("nobody@demo.invalid") for _ in range(5))

    assert 0.5 < unknown / known < 2


def test_ten_failures_on_one_account_close_the_door_for_a_minute(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    who = somebody(app, session)
    statuses = [try_to_sign_in(client, who.email, "wrong").status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]
    refused = try_to_sign_in(client, who.email.upper())
    assert refused.status_code == 429
    assert "Thử quá nhiều lần" in refused.text


def test_one_account_under_attack_leaves_the_others_alone(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    other = somebody(app, session, email="ben.canh@demo.invalid")
    for _ in range(11):
        try_to_sign_in(client, "cua.thu@demo.invalid", "wrong")

    assert try_to_sign_in(client, other.email).status_code == 302


def test_a_password_sent_as_json_is_not_even_tried(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    body = json.dumps({"email": somebody(app, session).email, "password": PASSWORD})
    headers = {"X-CSRFToken": token(client), "Content-Type": "application/json"}

    assert client.post("/login", data=body, headers=headers).status_code == 415
    assert client.get("/inbox").status_code == 302


def test_signing_in_rightly_is_never_throttled(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    who = somebody(app, session)
    statuses = [try_to_sign_in(app.test_client(), who.email).status_code for _ in range(12)]

    assert statuses == [302] * 12
