"""Guessing the password at an open session, and behind a different spelling of one address."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.demo.office import PASSWORD
from tests.web.desk import Desk
from tests.web.door import somebody, token, try_to_sign_in
from workflows.domain.machine import PlanState

NOBODYS = {"row_version": "0", "prepared_sha256": "0" * 64}


@pytest.mark.parametrize("act", ["sign", "issue"])
def test_a_plan_that_is_not_theirs_is_no_place_to_guess_a_password(desk: Desk, act: str) -> None:
    plan = desk.office.plan(PlanState.UNIT_REVIEW)
    browser = desk.browser("soan")
    form = {"csrf_token": token(browser, "/plans/new"), **NOBODYS}
    statuses = [
        browser.post(f"/plans/{plan.id}/{act}", data={**form, "password": f"guess {n}"}).status_code
        for n in range(11)
    ]

    assert statuses == [403] * 10 + [429]
    right = browser.post(f"/plans/{plan.id}/{act}", data={**form, "password": PASSWORD})
    assert right.status_code == 429


@pytest.mark.parametrize(
    "spelling",
    ["cua{}.thu@demo.invalid", "{}cua.thu@demo.invalid", "cua.thu@demo.invalid{}"],
)
def test_another_spelling_of_an_address_is_the_same_account(
    client: FlaskClient, spelling: str
) -> None:
    spellings = [spelling.format("\x00" * count) for count in range(1, 12)]
    statuses = [try_to_sign_in(client, email, "wrong").status_code for email in spellings]

    assert statuses == [200] * 10 + [429]


def test_a_wide_letter_is_the_same_letter(client: FlaskClient) -> None:
    spellings = [
        "cua.thu@demo.invalid".replace(letter, chr(ord(letter) + 0xFEE0)) for letter in "cuathdemoi"
    ]
    statuses = [try_to_sign_in(client, email, "wrong").status_code for email in spellings]

    assert statuses == [200] * 10
    assert try_to_sign_in(client, "cua.thu@demo.invalid", "wrong").status_code == 429


def test_an_address_in_the_form_of_reauthentication_opens_no_new_count(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    who = somebody(app, session)
    try_to_sign_in(client, who.email)
    form = {"csrf_token": token(client, "/reauthenticate"), "password": "wrong"}
    statuses = [
        client.post("/reauthenticate", data={**form, "email": f"{n}@demo.invalid"}).status_code
        for n in range(11)
    ]

    assert statuses == [200] * 10 + [429]
