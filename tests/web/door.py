"""Somebody who can sign in, and the way in as a browser takes it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.access import PUBLIC, Rule, access
from portal.accounts import Account, open_account
from workflows.domain.actor import Role
from workflows.models.people import Organisation, Person, Position, Unit

Page = Callable[[], ResponseReturnValue]
PASSWORD = "mật khẩu để thử"
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Somebody:
    """A person with an account."""

    person_id: int
    email: str


def somebody(
    app: Flask, session: Session, *roles: Role, email: str = "cua.thu@demo.invalid"
) -> Somebody:
    """Store a person who holds a position for each of *roles*, with an account."""
    person = Person(name="Trần Thị Cửa Thử", email=email)
    body = Organisation(
        code=f"THU.{email}"[:35],
        name="Cơ quan thử",
        header_lines=["CƠ QUAN THỬ"],
        symbol="CQT",
        place="Hà Nội",
        valid_from=LONG_AGO,
    )
    session.add_all([person, body])
    session.flush()
    unit = Unit(
        organisation_id=body.id,
        code="PHONG",
        name="Phòng Thử",
        abbreviation="PT",
        valid_from=LONG_AGO,
    )
    session.add(unit)
    session.flush()
    session.add_all(
        Position(
            person_id=person.id,
            unit_id=unit.id,
            role=role,
            title="Chuyên viên",
            valid_from=LONG_AGO,
        )
        for role in roles
    )
    with app.app_context():
        open_account(session, person_id=person.id, email=email, password=PASSWORD)
    session.commit()
    return Somebody(person.id, email)


def account_of(session: Session, who: Somebody) -> Account:
    """The stored account."""
    return session.query(Account).filter_by(person_id=who.person_id).one()


def token(client: FlaskClient, page: str = "/login") -> str:
    """The CSRF token of the form on *page*."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert found is not None
    return found[1]


def try_to_sign_in(
    client: FlaskClient, email: str, password: str = PASSWORD, **more: str
) -> TestResponse:
    """Send the sign-in form."""
    form = {"csrf_token": token(client), "email": email, "password": password, **more}
    return client.post("/login", data=form)


def sign_in(client: FlaskClient, who: Somebody) -> None:
    """Sign in, or fail the test."""
    assert try_to_sign_in(client, who.email).status_code == 302


def add_page(
    app: Flask, view: Page, rule: Rule | None = PUBLIC, path: str = "/a-page", name: str = "a.page"
) -> None:
    """Put one more page into *app*, before its first request."""
    declared = access(rule)(view) if rule else view
    app.add_url_rule(path, name, declared, methods=["GET", "POST"])


def hello() -> str:
    return "hello"
