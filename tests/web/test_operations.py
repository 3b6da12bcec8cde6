"""The operator's page, and the demonstration's mail."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from redis.exceptions import ConnectionError as RedisGone

from config import Config
from portal.clock import now
from portal.letters import letter, letters, pieces
from portal.operations import FailedJob, LivingWorker
from tests.web.desk import Desk
from tests.web.pages import csrf_token
from workflows.domain.machine import PlanState

FAILED = FailedJob("outbox-1", "seal_plan", "documents", "TimestampUnavailable: …", None)


class Queues:
    """An operator's desk that remembers what was asked of it."""

    def __init__(self, *, is_silent: bool = False) -> None:
        self.is_silent = is_silent
        self.requeued: list[str] = []

    def list_failed(self) -> list[FailedJob]:
        if self.is_silent:
            raise RedisGone("silent")
        return [FAILED]

    def requeue(self, job_id: str) -> None:
        if job_id != FAILED.id:
            raise LookupError(job_id)
        self.requeued.append(job_id)

    def workers(self) -> list[LivingWorker]:
        return [LivingWorker("may-1.42", ("mail", "documents"), "idle", now())]


def test_the_operator_sees_what_is_owed_and_brings_back_what_failed(desk: Desk) -> None:
    desk.office.plan(PlanState.UNIT_REVIEW)
    queues = desk.app.extensions["operator_desk"] = Queues()
    browser = desk.browser("tri")
    page = browser.get("/operations").text
    for told in ("Tạo PDF", "TimestampUnavailable", "may-1.42", "đang chờ việc", "PostgreSQL"):
        assert told in page, told
    assert "Tuyên truyền" not in page, "an operator reads no plan"
    form = {"csrf_token": csrf_token(page), "job_id": FAILED.id}
    answer = browser.post("/operations/requeue", data=form)
    assert answer.status_code == 303
    assert queues.requeued == [FAILED.id]
    assert "Đã đưa việc trở lại" in browser.get(answer.location).text
    browser.post("/operations/requeue", data={**form, "job_id": "gone"})
    assert "không còn trong danh sách" in browser.get("/operations").text


def test_a_silent_queue_is_told_and_what_is_owed_still_shown(desk: Desk) -> None:
    desk.office.plan(PlanState.UNIT_REVIEW)
    desk.app.extensions["operator_desk"] = Queues(is_silent=True)
    answer = desk.browser("tri").get("/operations")
    assert answer.status_code == 200
    assert "Không hỏi được hàng chờ" in answer.text
    assert "Tạo PDF" in answer.text


@pytest.mark.parametrize("who", ["soan", "ky", "thu", "thanh"])
def test_only_administrators_operate(desk: Desk, who: str) -> None:
    browser = desk.browser(who)
    page = browser.get("/operations")
    assert page.status_code == 403
    form = {"csrf_token": csrf_token(page.text), "job_id": FAILED.id}
    assert browser.post("/operations/requeue", data=form).status_code == 403


LETTER = """From: trinh-ky@demo.invalid
To: ky@demo.invalid
Subject: =?utf-8?q?Ch=E1=BB=9D_k=C3=BD?=
Date: Wed, 18 Nov 2026 02:00:00 +0000
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

<script>alert(1)</script> http://127.0.0.1:8000/plans/1 và http://evil.example/x
"""


def test_a_letter_is_shown_as_text_with_links_to_our_own_pages_only(app: Flask) -> None:
    folder = app.config["TRINH_KY"].data_dir / "mail"
    folder.mkdir(parents=True)
    (folder / "outbox-1@demo.invalid.eml").write_text(LETTER, "utf-8")
    client = app.test_client()
    assert "Chờ ký" in client.get("/demo/mail").text
    page = client.get("/demo/mail/outbox-1@demo.invalid.eml").text
    assert "&lt;script&gt;" in page
    assert '<a href="/plans/1">' in page
    assert 'href="http://evil' not in page


@pytest.mark.parametrize(
    "name", ["none.eml", "..%2fsecrets.json", ".hidden.eml", "x.txt", "%00.eml"]
)
def test_other_names_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/demo/mail/{name}").status_code == 404


def test_outside_the_demonstration_there_is_no_mailbox(app: Flask) -> None:
    config: Config = app.config["TRINH_KY"]
    app.config["TRINH_KY"] = replace(config, demo=False)
    client = app.test_client()
    assert client.get("/demo/mail").status_code == 404
    assert client.get("/demo/mail/x.eml").status_code == 404


@given(content=st.binary(max_size=400))
def test_any_file_reads_as_a_letter(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder: Path = tmp_path_factory.mktemp("mail")
    (folder / "a.eml").write_bytes(content)
    found = letter(folder, "a.eml")
    assert found is not None
    assert [one.name for one in letters(folder)] == ["a.eml"]


@given(text=st.text(max_size=200))
def test_cutting_a_text_into_pieces_loses_nothing(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text, "http://127.0.0.1:8000")) == text
