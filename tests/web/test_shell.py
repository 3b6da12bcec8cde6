"""The frame around every page: menu, name, banner, static files."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.access import (
    PUBLIC,
    SIGNED_IN,
    access,
    holds,
)
from portal.labels import STATE_COLOURS
from tests.web.door import add_page, sign_in, somebody
from workflows.domain.actor import Role
from workflows.domain.machine import PlanState


def frame() -> str:
    page = "{% extends 'base.html' %}{% block main %}nội dung{% endblock %}"
    return render_template_string(page)


def test_the_menu_offers_only_doors_that_open(app: Flask, session: Session) -> None:
    add_page(app, frame, SIGNED_IN, "/frame", "frame")
    for name, rule in (("one", holds(Role.AUDITOR)), ("two", holds(Role.DRAFTER))):
        if f"{name}.index" not in app.view_functions:
            app.add_url_rule(f"/{name}", f"{name}.index", access(rule)(lambda: "x"))
    from portal import navigation

    entries = (navigation.Entry("one.index", "Một"), navigation.Entry("two.index", "Hai"))
    missing = navigation.Entry("three.index", "Ba")
    menu = (navigation.Group("", (*entries, missing)),)
    who = somebody(app, session, Role.DRAFTER)
    client = app.test_client()
    sign_in(client, who)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "MENU", menu)
        page = client.get("/frame").text

    assert page.count('href="/two"') == 2
    assert 'href="/one"' not in page
    assert "Ba" not in re.findall(r'href="[^"]*">\s*(\w+)', page)


def test_the_frame_names_the_person_with_the_office(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    add_page(app, frame, SIGNED_IN)
    sign_in(client, somebody(app, session, Role.DRAFTER))
    page = client.get("/a-page").text

    assert "Trần Thị Cửa Thử" in page
    assert "Chuyên viên, Phòng Thử" in page
    assert 'lang="vi"' in page
    assert "KIỂM THỬ" in page
    assert page.index('class="skip"') < page.index("<header")


def test_nothing_in_a_page_needs_an_inline_script_or_style(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    add_page(app, frame, PUBLIC)
    pages = [client.get(path).text for path in ("/login", "/a-page", "/never-was")]
    sign_in(client, somebody(app, session))
    pages += [client.get(path).text for path in ("/", "/a-page", "/reauthenticate")]

    for page in pages:
        assert re.findall(r"<style|style=|<script(?!\s+(?:defer\s+)?src)|\son[a-z]+=", page) == []


def test_static_addresses_change_with_the_file(app: Flask, client: FlaskClient) -> None:
    address = re.search(r'href="(/static/app\.css\?v=[0-9a-f]+)"', client.get("/login").text)
    assert address is not None
    with client.get(address[1]) as answer:
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_everything_static_that_a_page_names_is_there(app: Flask, client: FlaskClient) -> None:
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/login").text):
        with client.get(address) as answer:
            assert answer.status_code == 200
    folder = Path(str(app.static_folder), "fonts")
    named = re.findall(r"url\(([^)]+)\)", (folder / "be-vietnam-pro.css").read_text())
    assert len(named) == 12
    assert all((folder / name).is_file() for name in named)


def test_every_state_has_a_colour() -> None:
    assert set(STATE_COLOURS) == set(PlanState)
