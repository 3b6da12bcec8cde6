"""What anyone may see without signing in: issued public plans, and a verdict on any file."""

import hashlib
import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from portal.clock import now
from tests.web.desk import Desk
from tests.web.pages import csrf_token, row_version
from workflows.domain.machine import PlanState


def upload(client: FlaskClient, content: bytes, name: str = "van-ban.pdf") -> TestResponse:
    """Send a file as a browser does; the test client would leave its own copy open."""
    token = csrf_token(client.get("/verify").text).encode()
    disposition = b'--cut\r\nContent-Disposition: form-data; name="%s"'
    body = (
        disposition % b"csrf_token"
        + b"\r\n\r\n%s\r\n" % token
        + disposition % b"pdf"
        + b'; filename="%s"\r\nContent-Type: application/pdf\r\n\r\n' % name.encode()
        + content
        + b"\r\n--cut--\r\n"
    )
    return client.post("/verify", data=body, content_type="multipart/form-data; boundary=cut")


def test_an_issued_plan_is_read_and_downloaded_by_anyone(desk: Desk, client: FlaskClient) -> None:
    plan = desk.issued()
    assert "01/KH-UBND" in client.get("/public").text
    page = client.get(f"/public/{plan.id}").text
    assert "Kế hoạch số 01/KH-UBND" in page
    assert "MỤC ĐÍCH, YÊU CẦU" in page.upper()
    assert "PHÓ CHỦ TỊCH" in page
    pdf = client.get(f"/public/{plan.id}/issued.pdf")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="01-KH-UBND.pdf"'
    sha = hashlib.sha256(pdf.data).hexdigest()
    assert sha[:8] in page

    verdict = upload(client, pdf.data)
    assert verdict.status_code == 200
    assert verdict_word(verdict.text) == "Hợp lệ"
    assert "Đúng từng byte với văn bản" in verdict.text
    assert f"/public/{plan.id}" in verdict.text
    for told in (
        "Đặng Quốc Ký (KIỂM THỬ)",
        "Cơ quan cấp chứng thư",
        "Cơ quan quản lý",
        "Thời gian ký",
        "Dấu thời gian",
        "Tính toàn vẹn",
        "Chứng thư tại thời điểm ký",
        "Thời hạn chứng thư",
    ):
        assert told in verdict.text, told

    changed = bytearray(pdf.data)
    changed[len(changed) // 3] ^= 1
    refused = upload(client, bytes(changed))
    assert refused.status_code == 200
    assert verdict_word(refused.text) == "Không hợp lệ"
    assert "Không có tệp nào giống hệt tệp này" in refused.text

    recall(desk, plan.id)
    assert "đã bị thu hồi" in client.get(f"/public/{plan.id}").text
    recalled = upload(client, pdf.data)
    assert verdict_word(recalled.text) == "Chữ ký hợp lệ, văn bản đã thu hồi"
    assert "bg-success-subtle border-success" not in recalled.text


def verdict_word(page: str) -> str:
    """The one word in large letters."""
    found = re.search(r'<p class="verdict-word">(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1].strip()


def recall(desk: Desk, plan_id: object) -> None:
    browser = desk.browser("thu")
    page = browser.get(f"/plans/{plan_id}/recall").text
    form = {"csrf_token": csrf_token(page), "row_version": row_version(page), "reason": "Sai"}
    assert browser.post(f"/plans/{plan_id}/recall", data=form).status_code == 303


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SIGNED, PlanState.NUMBERED])
def test_before_its_issue_a_plan_does_not_exist_for_the_public(
    desk: Desk, client: FlaskClient, state: PlanState
) -> None:
    plan = desk.office.plan(state)
    assert str(plan.id) not in client.get("/public").text
    for address in (f"/public/{plan.id}", f"/public/{plan.id}/issued.pdf", f"/public/{uuid4()}"):
        assert client.get(address).status_code == 404


def test_a_plan_that_is_not_public_is_not_shown(desk: Desk, client: FlaskClient) -> None:
    plan = desk.office.plan(PlanState.ISSUED)
    desk.tamper("UPDATE plan SET is_public = false")
    assert str(plan.id) not in client.get("/public").text
    assert client.get(f"/public/{plan.id}").status_code == 404


def test_the_public_finds_plans_by_words_and_number(desk: Desk, client: FlaskClient) -> None:
    desk.office.now = now()
    plan = desk.office.plan(PlanState.ISSUED)
    for words, is_found in (
        ("Tuyên truyền", True),
        ("1/KH-UBND", True),
        ("xyz", False),
        ("%", False),
    ):
        listed = client.get("/public", query_string={"q": words}).text
        assert (str(plan.id) in listed) is is_found, words


@pytest.mark.parametrize("query", ["after=x", "after=2026-01-01~x", "after=9999-99-99~1", "q=%00"])
def test_an_odd_address_shows_a_page(client: FlaskClient, query: str) -> None:
    assert client.get(f"/public?{query}").status_code == 200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "đây không phải là tệp PDF"),
        (b"GIF89a", "đây không phải là tệp PDF"),
        (b"%PDF-1.7\n%%EOF", "không đọc được"),
        (b"%PDF-1.7\n" + b"\x00" * 5000, "không đọc được"),
    ],
)
def test_junk_gets_a_verdict(client: FlaskClient, content: bytes, told: str) -> None:
    answer = upload(client, content)
    assert answer.status_code == 200
    assert verdict_word(answer.text) == "Không hợp lệ"
    assert told in answer.text


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tail=st.binary(max_size=3000),
    name=st.text(
        st.characters(exclude_characters='"\r\n', exclude_categories=("Cs",)), max_size=40
    ),
)
def test_whatever_is_sent_gets_a_verdict(client: FlaskClient, tail: bytes, name: str) -> None:
    client.application.extensions["valkey"].flushdb()
    answer = upload(client, b"%PDF-1.7\n" + tail, name)
    assert answer.status_code in (200, 422)


def test_no_file_is_asked_for_again(client: FlaskClient) -> None:
    token = csrf_token(client.get("/verify").text)
    answer = client.post("/verify", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "Chọn tệp cần kiểm tra" in answer.text


def test_a_file_over_the_limit_gets_a_sentence(client: FlaskClient) -> None:
    answer = upload(client, b"%PDF-1.7\n" + b"x" * (50 * 1024 * 1024))
    assert answer.status_code == 200
    assert "tệp quá lớn" in answer.text
    huge = upload(client, b"x" * (52 * 1024 * 1024))
    assert huge.status_code == 413
    assert "vượt quá dung lượng" in huge.text


def test_checking_is_throttled(client: FlaskClient) -> None:
    answers = [upload(client, b"junk").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
