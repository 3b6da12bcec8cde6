"""Every kind of notice says who did what, in one line of Vietnamese, whatever the title holds."""

import email
import email.policy
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from portal.mail.message import letter
from portal.mail.wording import KINDS, one_line, time_left, wording
from workflows.queries.work import Addressee

TODAY = date(2026, 11, 18)
PAYLOAD: dict[str, Any] = {
    "actor": "Trần Văn Duyệt",
    "action": "approve",
    "title": "Thông tin, tuyên truyền năm 2022",
    "step": "Chuyên viên thẩm định",
    "due": "2026-11-19",
    "reason": "Sửa mục II",
    "number": "38/KH-UBND",
    "excerpt": "Nên nêu rõ kinh phí",
    "proposals": 4,
    "accepted": 3,
    "rejected": 2,
}
SAYS = {
    "waiting": ("Chờ xử lý", ["Chuyên viên thẩm định", "19/11/2026", "Trần Văn Duyệt", "Đồng ý"]),
    "outcome": ("Kết quả xử lý", ["Chuyên viên thẩm định", "Trần Văn Duyệt", "Đồng ý"]),
    "returned": ("Trả lại", ["Trần Văn Duyệt", "Sửa mục II", "Chuyên viên thẩm định"]),
    "withdrawn": ("Rút lại", ["Trần Văn Duyệt", "Sửa mục II"]),
    "cancelled": ("Huỷ", ["Trần Văn Duyệt", "Sửa mục II"]),
    "comment": ("Góp ý mới", ["Trần Văn Duyệt", "Nên nêu rõ kinh phí"]),
    "mention": ("Nhắc đến bạn", ["Trần Văn Duyệt", "Nên nêu rõ kinh phí"]),
    "answer": ("Trả lời góp ý", ["Trần Văn Duyệt", "Nên nêu rõ kinh phí"]),
    "reopened": ("Mở lại góp ý", ["Trần Văn Duyệt", "Nên nêu rõ kinh phí"]),
    "suggestion": ("Đề xuất sửa", ["Trần Văn Duyệt", "gửi 4 đề xuất", "Nên nêu rõ kinh phí"]),
    "settled": (
        "Trả lời đề xuất sửa",
        ["Trần Văn Duyệt", "chấp nhận 3, không chấp nhận 2.", "“Nên nêu rõ kinh phí”"],
    ),
    "restored": ("Đưa về bản cũ", ["Trần Văn Duyệt", "Nên nêu rõ kinh phí"]),
    "word": ("Nhận tệp Word vào dự thảo", ["Trần Văn Duyệt", "Nên nêu rõ kinh phí"]),
    "issued": ("Đã ban hành số 38/KH-UBND", ["38/KH-UBND"]),
    "recalled": ("Thu hồi", ["Trần Văn Duyệt", "Sửa mục II"]),
    "invited": ("Mời cùng soạn", ["Trần Văn Duyệt"]),
    "remind": ("Nhắc việc", ["Chuyên viên thẩm định", "19/11/2026", "còn 1 ngày làm việc"]),
}


def test_the_table_has_every_kind() -> None:
    assert set(SAYS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_notice_says_who_did_what(app: Flask, kind: str) -> None:
    with app.app_context(), force_locale("vi"):
        said = wording({**PAYLOAD, "kind": kind}, today=TODAY)

    subject, parts = SAYS[kind]
    assert said.subject.startswith(subject)
    for part in (*parts, PAYLOAD["title"]):
        assert part in said.sentence
    assert "%(" not in said.sentence + said.subject


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-20", "còn 2 ngày làm việc"),
        ("2026-11-19", "còn 1 ngày làm việc"),
        ("2026-11-18", "đến hạn hôm nay"),
        ("2026-11-17", "đã quá hạn 1 ngày làm việc"),
        ("2026-11-13", "đã quá hạn 3 ngày làm việc"),
    ],
)
def test_a_due_date_is_counted_in_working_days(app: Flask, due: str, words: str) -> None:
    with app.app_context(), force_locale("vi"):
        assert time_left(date.fromisoformat(due), TODAY) == words


@given(st.text())
def test_one_line_holds_no_line_break_and_no_control_character(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert len(line.splitlines()) <= 1


HOSTILE = "Kế hoạch\r\nBcc: ai-do@example.com\r\n\r\n<b>x</b>\x00\u2028%(x)s {{ 7 * 7 }}"


def test_a_title_with_line_breaks_adds_no_header(app: Flask) -> None:
    with app.test_request_context(), force_locale("vi"):
        said = wording({**PAYLOAD, "kind": "issued", "title": HOSTILE}, today=TODAY)
        written = letter(
            said,
            to=Addressee("Nguyễn\r\nBcc: x@y.z", "soan@demo.invalid"),
            sender="Trình Ký <trinh-ky@demo.invalid>",
            message_id=UUID(int=7),
            link="http://127.0.0.1:8000/plans/x",
            at=datetime(2026, 11, 18, tzinfo=UTC),
        )

    head, _, body = written.as_bytes().partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1].strip()]
    assert sorted(names) == sorted(
        [
            b"From",
            b"To",
            b"Subject",
            b"Date",
            b"Message-ID",
            b"Auto-Submitted",
            b"MIME-Version",
            b"Content-Type",
            b"Content-Transfer-Encoding",
        ]
    )
    assert written["Message-ID"] == f"<{UUID(int=7)}@demo.invalid>"
    assert "{{ 7 * 7 }}" in written.get_content()
    assert body


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_space_of_a_long_subject_is_lost_on_the_way(app: Flask, kind: str) -> None:
    title = "Tuyên truyền các nhiệm vụ chính trị, phát triển kinh tế - xã hội của thành phố Hà Nội"
    to = Addressee("Nguyễn Thị Soạn", "soan@demo.invalid")
    with app.test_request_context(), force_locale("vi"):
        said = wording({**PAYLOAD, "kind": kind, "title": title}, today=TODAY)
        written = letter(
            said,
            to=to,
            sender="Trình Ký <trinh-ky@demo.invalid>",
            message_id=UUID(int=1),
            link="https://x.invalid",
            at=datetime(2026, 11, 18, tzinfo=UTC),
        )
    read = email.message_from_bytes(written.as_bytes(), policy=email.policy.default)
    assert read["Subject"] == said.subject
