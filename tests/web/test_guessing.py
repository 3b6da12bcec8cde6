"""Guessing a password: it is slow, it is stopped, and it tells nothing."""

import json
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from passlib.context import CryptContext
from sqlalchemy.orm import Session

from tests.web.door import PASSWORD, somebody, token, try_to_sign_in


class CountingContext:
    """The library's own hashing, counted: what each costs is the same, whichever it is."""

    def __init__(self, context: CryptContext) -> None:
        self.context, self.count = context, 0

    def __getattr__(self, name: str) -> Any:
        if name in ("hash", "verify"):
            self.count += 1
        return getattr(self.context, name)


def test_an_unknown_address_costs_as_many_hashes_as_a_wrong_password(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    somebody(app, session)
    security = app.extensions["security"]
    security.pwd_context = counting = CountingContext(security.pwd_context)

    def hashes(email: str) -> int:
        before = counting.count
        client.post("/login", data={"csrf_token": token(client), "email": email, "password": "x"})
        return counting.count - before

    assert hashes("cua.thu@demo.invalid") == hashes("nobody@demo.invalid") == 1


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
