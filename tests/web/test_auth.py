"""The door: who gets in, what a failure tells, and what an ended session keeps."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.web.door import PASSWORD, account_of, sign_in, somebody, token, try_to_sign_in
from workflows.domain.actor import Role

REFUSAL = "Thư điện tử hoặc mật khẩu không đúng."


def alerts(page: str) -> list[str]:
    return [found.strip() for found in re.findall(r'role="alert">([^<]*)', page)]


def test_whoever_knows_the_password_lands_at_the_start(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    who = somebody(app, session, Role.DRAFTER)

    answer = try_to_sign_in(client, who.email)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Trần Thị Cửa Thử" in client.get("/", follow_redirects=True).text


@pytest.mark.parametrize(
    "typed", ["CUA.THU@demo.invalid", "  cua.thu@demo.invalid ", "Cua.Thu@Demo.Invalid"]
)
def test_the_address_is_the_same_in_any_case(
    app: Flask, client: FlaskClient, session: Session, typed: str
) -> None:
    somebody(app, session)

    assert try_to_sign_in(client, typed).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("cua.thu@demo.invalid", "wrong"),
        ("cua.thu@demo.invalid", ""),
        ("cua.thu@demo.invalid", PASSWORD + " "),
        ("cua.thu@demo.invalid", "p" * 501),
        ("cua.thu@demo.invalid", "nul\x00nul"),
        ("nobody@demo.invalid", PASSWORD),
        ("no address at all", PASSWORD),
        ("nul\x00@demo.invalid", PASSWORD),
        ("x" * 300, PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("", ""),
    ],
)
def test_every_failure_says_the_same(
    app: Flask, client: FlaskClient, session: Session, email: str, password: str
) -> None:
    somebody(app, session)

    answer = try_to_sign_in(client, email, password)

    assert answer.status_code == 200
    assert alerts(answer.text) == [REFUSAL]
    assert "is-invalid" not in answer.text
    assert client.get("/").status_code == 302


def test_a_locked_account_stays_out(app: Flask, client: FlaskClient, session: Session) -> None:
    who = somebody(app, session)
    account_of(session, who).active = False
    session.commit()

    assert try_to_sign_in(client, who.email).status_code == 200
    assert client.get("/").status_code == 302


def test_locking_an_account_ends_its_open_session(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    who = somebody(app, session)
    sign_in(client, who)
    account_of(session, who).active = False
    session.commit()

    assert client.get("/").headers["Location"].startswith("/login")


def test_the_password_is_kept_as_argon2(app: Flask, session: Session) -> None:
    who = somebody(app, session)

    assert account_of(session, who).password.startswith("$argon2id$")


def test_an_account_gives_no_roles(app: Flask, session: Session) -> None:
    who = somebody(app, session, Role.ADMINISTRATOR)

    assert account_of(session, who).roles == ()


def test_nobody_can_register_or_recover(app: Flask) -> None:
    security = {endpoint for endpoint in app.view_functions if endpoint.startswith("security.")}

    assert security == {"security.login", "security.logout", "security.verify"}


def test_a_reader_comes_back_to_the_page_they_asked_for(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    who = somebody(app, session)
    to_sign_in = client.get("/reauthenticate?next=/x").headers["Location"]

    answer = client.post(
        to_sign_in,
        data={"csrf_token": token(client), "email": who.email, "password": PASSWORD},
    )

    assert answer.headers["Location"] == "/reauthenticate?next=/x"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:alert(1)", "///e.x"],
)
def test_signing_in_never_leads_out(
    app: Flask, client: FlaskClient, session: Session, elsewhere: str
) -> None:
    who = somebody(app, session)

    answer = try_to_sign_in(client, who.email, next=elsewhere)

    landed = urljoin("http://localhost/login", answer.headers.get("Location", "/"))
    assert urlsplit(landed).netloc == "localhost"
    assert "\\" not in landed


def test_signing_out_is_a_post_with_a_token(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(client, somebody(app, session))
    inside = token(client, "/reauthenticate")

    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 400
    assert client.get("/reauthenticate").status_code == 200
    assert client.post("/logout", data={"csrf_token": inside}).headers["Location"] == "/login"
    assert client.get("/reauthenticate").status_code == 302


def test_the_cookie_is_for_this_site_and_not_for_scripts(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    cookie = try_to_sign_in(client, somebody(app, session).email).headers["Set-Cookie"]

    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_a_form_without_a_token_is_refused_and_given_back(client: FlaskClient) -> None:
    answer = client.post(
        "/login", data={"email": "cua.thu@demo.invalid", "password": "secret words"}
    )

    assert answer.status_code == 400
    assert "cua.thu@demo.invalid" in answer.text
    assert "secret words" not in answer.text


def test_reauthentication_wants_the_password_again(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(client, somebody(app, session))

    def attempt(password: str) -> int:
        form = {"csrf_token": token(client, "/reauthenticate"), "password": password}
        return client.post("/reauthenticate", data=form).status_code

    assert attempt("wrong") == 200
    assert attempt(PASSWORD) == 302


def test_demonstration_accounts_are_offered_at_the_door(app: Flask, client: FlaskClient) -> None:
    app.extensions["demo_accounts"] = [("Vũ Đức Long", "Văn thư", "long@demo.invalid")]
    app.extensions["demo_password"] = "the-open-secret"

    page = client.get("/login").text

    assert "long@demo.invalid" in page
    assert "the-open-secret" in page


def test_a_way_back_with_a_line_break_is_none(client: FlaskClient) -> None:
    form = {"csrf_token": token(client), "language": "vi", "next": "/\r\nX: y"}
    assert client.post("/language", data=form).location == "/"
