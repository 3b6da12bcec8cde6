"""Writing a plan in the plain form: begun, imported, saved, refused, and never lost."""

import io
import re
from collections.abc import Callable
from html import unescape
from importlib.resources import files
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office
from tests.web.pages import csrf_token, row_version
from workflows.domain.machine import PlanState
from workflows.models.plan import Plan

LogIn = Callable[[FlaskClient, str], FlaskClient]
PARTS = ("bases", "opening", "body", "closing", "recipients", "annexes")


def begin(client: FlaskClient, **fields: Any) -> TestResponse:
    page = client.get("/plans/new").text
    unit = re.search(r'<option[^>]*value="(\d+)"', page)
    assert unit
    data = {"csrf_token": csrf_token(page), "unit_id": unit[1], **fields}
    return client.post("/plans/new", data=data, content_type="multipart/form-data")


def send_whole(client: FlaskClient, content: bytes) -> TestResponse:
    """Upload from memory: the test client would leave a large file of its own open."""
    page = client.get("/plans/new").text
    unit = re.search(r'<option[^>]*value="(\d+)"', page)
    assert unit
    fields = {"csrf_token": csrf_token(page), "unit_id": unit[1]}
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file = '--cut\r\nContent-Disposition: form-data; name="upload"; filename="a.txt"\r\n\r\n'
    body = "".join([*parts, file]).encode() + content + b"\r\n--cut--\r\n"
    return client.post("/plans/new", data=body, content_type="multipart/form-data; boundary=cut")


def fields_of(page: str) -> dict[str, Any]:
    """What the form at /edit would send as it stands."""
    found: dict[str, Any] = {
        name: unescape(
            re.search(rf'<textarea[^>]*name="{name}"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL)[
                1
            ]  # type: ignore[index]
        )
        for name in PARTS
    }
    for name in ("title", "filing"):
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert tag
        value = re.search(r'value="([^"]*)"', tag[0])
        found[name] = unescape(value[1]) if value else ""
    chosen = re.search(r'<option selected value="(\d*)"', page)
    found |= {"position": chosen[1] if chosen else "", "is_public": "y"}
    return {**found, "csrf_token": csrf_token(page), "row_version": row_version(page)}


def real_text() -> str:
    return files("portal.demo").joinpath("ke-hoach-2022.txt").read_text("utf-8")


def test_an_empty_plan_begins_with_nothing(
    client: FlaskClient, log_in: LogIn, session: Session
) -> None:
    answer = begin(log_in(client, "soan"))
    assert answer.status_code == 303
    plan = session.scalars(select(Plan)).one()
    assert answer.location.endswith(f"/plans/{plan.id}/edit")
    assert plan.title == ""
    assert client.get(answer.location).status_code == 200
    assert client.get(f"/plans/{plan.id}").status_code == 200


@pytest.mark.parametrize("way", ["pasted", "uploaded", "wide"])
def test_the_real_plan_comes_in_whole_with_its_doubts(
    way: str, client: FlaskClient, log_in: LogIn, session: Session
) -> None:
    text = f"\n\n{real_text()}"
    joined = next(line for line in text.split("\n") if line.startswith("- HĐND - UBND"))
    at = text.split("\n").index(joined) + 1
    coding = "utf-16" if way == "wide" else "utf-8-sig"
    upload = (io.BytesIO(text.encode(coding)), "ke-hoach.txt")
    fields = {"text": text} if way == "pasted" else {"upload": upload}
    answer = begin(log_in(client, "soan"), **fields)
    assert answer.status_code == 303
    plan = session.scalars(select(Plan)).one()
    assert plan.title.startswith("Tuyên truyền các nhiệm vụ chính trị")
    page = client.get(answer.location).text
    for doubt in ("chỗ cần xem lại", f"Dòng {at}:", "cấp nước", "4142 - 5", "có lẽ là"):
        assert doubt in page
    assert "chỗ cần xem lại" in client.get(answer.location).text
    client.post(f"/plans/{plan.id}/doubts/seen", data={"csrf_token": csrf_token(page)})
    assert "chỗ cần xem lại" not in client.get(answer.location).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xff\xfe\x00nothing", "không phải văn bản thuần UTF-8"),
        (b"x" * 2_000_001, "lớn hơn 2 MB"),
    ],
)
def test_a_file_that_is_no_text_is_refused(
    content: bytes, sentence: str, client: FlaskClient, log_in: LogIn, session: Session
) -> None:
    answer = send_whole(log_in(client, "soan"), content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(Plan)).all() == []


def test_an_imported_character_that_cannot_be_printed_is_told_with_its_place(
    client: FlaskClient, log_in: LogIn, session: Session
) -> None:
    text = real_text().replace("I. MỤC ĐÍCH", "I. MỤC 漢 ĐÍCH")
    answer = begin(log_in(client, "soan"), text=text)
    assert answer.status_code == 422
    assert "漢" in answer.text
    assert "U+6F22" in answer.text
    assert "Bám sát chỉ đạo của Thành ủy" in answer.text
    assert session.scalars(select(Plan)).all() == []


def test_saving_what_is_shown_changes_nothing(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.draft()
    before = plan.draft
    session.rollback()
    log_in(client, "soan")
    path = f"/plans/{plan.id}/edit"
    # The first save gives codes to the recipients that the directory knows.
    for _ in range(2):
        assert client.post(path, data=fields_of(client.get(path).text)).status_code == 303
    session.refresh(plan)
    after = plan.draft
    without = [
        [node for node in doc["content"] if node["type"] != "recipients"] for doc in (before, after)
    ]
    assert without[0] == without[1]


def test_a_known_recipient_gets_its_code_and_the_form_does_not_show_it(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.draft()
    path = f"/plans/{plan.id}/edit"
    fields = fields_of(log_in(client, "soan").get(path).text)
    client.post(path, data={**fields, "recipients": "các sở, ban, ngành  Thành phố\nNgười khác"})
    session.rollback()
    session.refresh(plan)
    [recipients] = (node for node in plan.draft["content"] if node["type"] == "recipients")
    targets = [line["attrs"]["target"] for line in recipients["content"]]
    assert targets == ["G.SO-BAN-NGANH", None]
    assert "G.SO-BAN-NGANH" not in fields_of(client.get(path).text)["recipients"]


def test_a_text_that_cannot_be_taken_in_is_refused_place_by_place_and_stays_on_the_page(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.draft()
    path = f"/plans/{plan.id}/edit"
    fields = fields_of(log_in(client, "soan").get(path).text)
    bad = {**fields, "body": "I. Một\nII. H\x07ai 漢\n" + fields["body"], "title": "Tên mới"}
    answer = client.post(path, data=bad)
    assert answer.status_code == 422
    assert 'href="#body">Mục II</a>' in answer.text
    assert "U+0007" in answer.text
    kept = fields_of(answer.text)
    assert kept["title"] == "Tên mới"
    assert kept["body"].startswith("I. Một\nII. H\x07ai 漢")
    session.rollback()
    session.refresh(plan)
    assert plan.title != "Tên mới"


def test_a_wrong_number_is_a_doubt_and_no_obstacle(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.draft()
    path = f"/plans/{plan.id}/edit"
    fields = fields_of(log_in(client, "soan").get(path).text)
    answer = client.post(path, data={**fields, "body": "I. Một\nIII. Hai"})
    assert answer.status_code == 303
    page = client.get(path).text
    assert "Số gõ vào là “III.”" in unescape(page)
    assert "II. Hai" in fields_of(page)["body"]


def test_an_old_form_is_a_conflict_and_gives_the_text_back(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.draft()
    path = f"/plans/{plan.id}/edit"
    first, second = (log_in(app.test_client(), "soan") for _ in range(2))
    old = fields_of(first.get(path).text)
    theirs = {**fields_of(second.get(path).text), "title": "Của người kia"}
    assert second.post(path, data=theirs).status_code == 303
    answer = first.post(path, data={**old, "title": "Của tôi", "body": "I. Công sức một buổi"})
    assert answer.status_code == 409
    assert "Công sức một buổi" in answer.text
    session.rollback()
    session.refresh(plan)
    assert plan.title == "Của người kia"


@pytest.mark.parametrize("state", [PlanState.UNIT_REVIEW, PlanState.ISSUED])
def test_a_submitted_text_has_no_form(
    state: PlanState, client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(state)
    assert log_in(client, "soan").get(f"/plans/{plan.id}/edit").status_code == 409


@pytest.mark.parametrize("who", ["duyet", "thanh", "tri", "ky"])
def test_only_drafters_begin_plans(who: str, client: FlaskClient, log_in: LogIn) -> None:
    assert log_in(client, who).get("/plans/new").status_code == 403
