"""How much a page takes in, and what becomes of typed text at the door."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import werkzeug.test
from flask import Flask, request
from flask.testing import FlaskClient

from portal.access import (
    accepts_up_to,
)
from portal.forms.base import clean_text
from tests.web.door import add_page, token


@pytest.mark.parametrize(
    ("size", "limit", "expected"),
    [
        (3_900_000, None, 200),
        (4_200_000, None, 413),
        (4_200_000, 6 * 1024 * 1024, 200),
        (6_400_000, 6 * 1024 * 1024, 413),
    ],
)
def test_each_page_takes_so_much_and_no_more(
    app: Flask, client: FlaskClient, size: int, limit: int | None, expected: int
) -> None:
    def count() -> str:
        return str(sum(len(chunk) for chunk in iter(lambda: request.stream.read(65_536), b"")))

    view = accepts_up_to(limit)(count) if limit else count
    add_page(app, view)

    headers = {"X-CSRFToken": token(client), "Content-Type": "application/octet-stream"}
    answer = client.post("/a-page", data=b"x" * size, headers=headers)

    assert answer.status_code == expected


def encode_plainly(form: dict[str, str]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def encode_multipart(form: dict[str, str]) -> tuple[str, bytes]:
    boundary, body = werkzeug.test.encode_multipart(form)
    return f"multipart/form-data; boundary={boundary}", body


@pytest.mark.parametrize("encode", [encode_multipart, encode_plainly])
def test_a_whole_plan_fits_in_one_field(
    app: Flask, client: FlaskClient, encode: Callable[[dict[str, str]], tuple[str, bytes]]
) -> None:
    add_page(app, lambda: str(len(request.form["text"])))

    form = {"csrf_token": token(client), "text": "kế " * 200_000}
    content_type, body = encode(form)
    answer = client.post("/a-page", data=body, content_type=content_type)

    assert answer.text == "600000"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("  hai dòng\r\nxuống\r ", "hai dòng\nxuống"),
        ("kê\u0301 hoa\u0323ch", "kế hoạch"),
        ("a\x00b", "ab"),
        ("\t \n", ""),
    ],
)
def test_typed_text_is_cleaned(typed: str | None, kept: str) -> None:
    assert clean_text(typed) == kept
