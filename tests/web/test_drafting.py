"""Beginning a plan, with nothing or with a text, and the page that the editor stands on."""

import io
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office
from tests.web.pages import csrf_token
from workflows.domain.machine import PlanState
from workflows.models.plan import Plan
from workflows.services.invitations import invite_writer

LogIn = Callable[[FlaskClient, str], FlaskClient]


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


def test_words_of_the_text_stand_in_a_doubt_as_words(client: FlaskClient, log_in: LogIn) -> None:
    text = "KẾ HOẠCH\nThử\n\nTỷ lệ <img src=x> đạt 50%\ntrên toàn tỉnh"

    answer = begin(log_in(client, "soan"), text=text)

    page = client.get(answer.location)
    assert page.status_code == 200
    assert "chưa hết câu" in page.text or "nên được nối vào" in page.text
    assert "50%”" in page.text
    assert "<img src=x>" not in page.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xff\xfe\x00nothing", "không phải văn bản thuần UTF-8"),
        (b"PK\x03\x04 a zip", "Từ tệp Word (.docx)” ở đầu trang"),
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


def test_a_known_recipient_gets_its_code(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    text = real_text().replace("Các Sở, Ban, ngành Thành phố", "các sở, ban, ngành  Thành phố")
    begin(log_in(client, "soan"), text=text)
    plan = session.scalars(select(Plan)).one()
    [recipients] = (node for node in office.text(plan)["content"] if node["type"] == "recipients")
    targets = {
        "".join(run["text"] for run in line["content"]): line["attrs"]["target"]
        for line in recipients["content"]
    }
    assert "G.SO-BAN-NGANH" in targets.values()
    assert None in targets.values()


def test_the_page_gives_the_editor_what_it_needs_and_nothing_to_run(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.draft()
    page = log_in(client, "soan").get(f"/plans/{plan.id}/edit").text
    assert f'data-text-url="/plans/{plan.id}/' in page or f"/plans/{plan.id}/text" in page
    assert "editor.js" in page
    assert re.findall(r"<script(?![^>]*src=)", page) == []
    assert re.findall(r"\son[a-z]+=|\sstyle=", page) == []


@pytest.mark.parametrize("state", [PlanState.UNIT_REVIEW, PlanState.ISSUED])
def test_a_submitted_text_has_no_form(
    state: PlanState, client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(state)
    answer = log_in(client, "soan").get(f"/plans/{plan.id}/edit")
    assert answer.status_code == 409
    # It leads onward, and the script finds there what could not be sent.
    assert f'href="/plans/{plan.id}"' in answer.text
    assert f'href="/plans/{plan.id}/review"' in answer.text
    assert 'data-mode="closed"' in answer.text
    assert f'data-person-id="{office.soan.id}"' in answer.text


@pytest.mark.parametrize("who", ["duyet", "thanh", "tri", "ky"])
def test_only_drafters_begin_plans(who: str, client: FlaskClient, log_in: LogIn) -> None:
    assert log_in(client, who).get("/plans/new").status_code == 403


def test_only_the_plans_own_unit_decides_whether_it_becomes_public(
    office: Office, client: FlaskClient, log_in: LogIn, session: Session
) -> None:
    plan = office.plan()
    invite_writer(
        session, plan_id=plan.id, person_id=office.but.id, actor=office.soan, now=office.now
    )
    page = log_in(client, "but").get(f"/plans/{plan.id}/edit").text
    assert f"/plans/{plan.id}/publicity" not in page
    session.refresh(plan)
    seen = str(plan.row_version)
    session.rollback()
    form = {"csrf_token": csrf_token(page), "row_version": seen, "is_public": "y"}
    assert client.post(f"/plans/{plan.id}/publicity", data=form).status_code == 403
