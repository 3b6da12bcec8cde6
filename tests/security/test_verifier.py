"""Strangers' uploads take turns, so that they never hold every thread of the office's pages."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from portal.signing import isolation
from tests.web.door import token


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take every place of the verifier."""
    monkeypatch.setattr(isolation, "PATIENCE", 0.01)
    for _ in range(isolation.AT_ONCE):
        assert isolation._ROOM.acquire(timeout=1)
    yield
    for _ in range(isolation.AT_ONCE):
        isolation._ROOM.release()


@pytest.mark.usefixtures("full")
def test_an_upload_beyond_the_places_is_told_to_come_back(client: FlaskClient) -> None:
    answer = send(client, b"%PDF-1.7\n")

    assert answer[0] == 503
    assert "chưa được kiểm tra" in answer[1]


@pytest.mark.usefixtures("full")
def test_what_needs_no_reading_needs_no_place(client: FlaskClient) -> None:
    assert send(client, b"hello")[0] == 200


def test_a_place_is_given_back_after_a_damaged_file(client: FlaskClient) -> None:
    for _ in range(isolation.AT_ONCE + 1):
        assert send(client, b"%PDF-1.7\n")[0] == 200


def send(client: FlaskClient, content: bytes) -> tuple[int, str]:
    form = {"csrf_token": token(client, "/verify"), "pdf": (BytesIO(content), "a.pdf")}
    answer = client.post("/verify", data=form)
    return answer.status_code, answer.text
