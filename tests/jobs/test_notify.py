"""A person is told once in the product and once by mail, however often the job runs."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.jobs.notify import notify_person
from tests.factories import Office
from tests.jobs.conftest import Work, owed
from tests.services.talk import Talk, replacing
from workflows.domain.machine import PlanState
from workflows.models.outbox import Notice, Topic
from workflows.models.people import Person
from workflows.models.plan import Plan
from workflows.services.invitations import dismiss_writer, invite_writer


def letters(app: Flask) -> list[Path]:
    return sorted(app.config["TRINH_KY"].data_dir.glob("mail/*.eml"))


def test_whoever_must_act_is_told_in_the_product_and_by_mail(
    app: Flask, office: Office, session: Session, settle_all: Work
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)

    settle_all()

    notice = session.scalars(select(Notice)).one()
    assert session.get_one(Person, notice.person_id).email == "duyet@demo.invalid"
    assert "chờ bạn xử lý" in notice.sentence
    assert "\n" not in notice.sentence
    (path,) = letters(app)
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert letter["To"].addresses[0].addr_spec == "duyet@demo.invalid"
    assert letter["Message-ID"] == f"<{notice.outbox_id}@demo.invalid>"
    assert path.stem == str(notice.outbox_id)
    text = letter.get_content()
    assert f"http://127.0.0.1:8000/plans/{plan.id}" in text
    assert notice.sentence in text
    assert "Hạn xử lý: 20/11/2026" in text


def test_a_second_run_adds_nothing(
    app: Flask, office: Office, session: Session, settle_all: Work
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    settle_all()
    (message,) = owed(session, Topic.NOTIFY)
    before = letters(app)[0].read_bytes()

    with app.app_context():
        notify_person(str(message.id))

    assert len(session.scalars(select(Notice)).all()) == 1
    assert [path.read_bytes() for path in letters(app)] == [before]


def test_a_run_broken_off_after_the_letter_completes_with_the_notice(
    app: Flask, office: Office, session: Session, settle_all: Work
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    (message,) = owed(session, Topic.NOTIFY)
    with app.app_context():
        notify_person(str(message.id))
    (path,) = letters(app)
    before = path.read_bytes()
    session.execute(Notice.__table__.delete())  # type: ignore[attr-defined]
    owed(session, Topic.NOTIFY)[0].handled_at = None
    session.commit()

    settle_all()

    assert len(session.scalars(select(Notice)).all()) == 1
    assert path.read_bytes() == before


class _Session(socketserver.StreamRequestHandler):
    """Enough of RFC 5321 to take one letter."""

    def handle(self) -> None:
        taken: list[bytes] = self.server.taken  # type: ignore[attr-defined]
        self.wfile.write(b"220 test\r\n")
        for line in iter(self.rfile.readline, b""):
            word = line[:4].upper()
            if word == b"EHLO":
                self.wfile.write(b"250-test\r\n250 AUTH PLAIN LOGIN\r\n")
                continue
            if word == b"AUTH":
                taken.append(line)
                self.wfile.write(b"235 in\r\n")
                continue
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def mail_server() -> Iterator[tuple[str, list[bytes]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.taken = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}", server.taken  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def _with_mail(app: Flask, url: str) -> None:
    app.config["TRINH_KY"] = replace(app.config["TRINH_KY"], mail_url=url)


def test_with_a_mail_server_the_letter_goes_there(
    app: Flask,
    office: Office,
    settle_all: Work,
    mail_server: tuple[str, list[bytes]],
) -> None:
    address, taken = mail_server
    _with_mail(app, f"smtp://{address}")
    office.plan(PlanState.UNIT_REVIEW)

    settle_all()

    (data,) = taken
    letter = email.message_from_bytes(data, policy=email.policy.default)
    assert letter["Subject"].startswith("Chờ xử lý: ")
    assert letters(app) == []


def test_a_password_is_never_sent_in_clear(
    app: Flask,
    office: Office,
    session: Session,
    settle_all: Work,
    mail_server: tuple[str, list[bytes]],
) -> None:
    address, taken = mail_server
    _with_mail(app, f"smtp://user:secret@{address}")
    office.plan(PlanState.UNIT_REVIEW)

    settle_all()

    assert taken == []
    assert session.scalars(select(Notice)).all() == []


def test_a_mail_server_that_is_away_leaves_the_work_owed(
    app: Flask,
    office: Office,
    session: Session,
    settle_all: Work,
    relay_all: Callable[[], int],
) -> None:
    _with_mail(app, "smtp://127.0.0.1:1")
    plan: Plan = office.plan(PlanState.UNIT_REVIEW)

    settle_all()

    (message,) = owed(session, Topic.NOTIFY)
    assert message.handled_at is None
    assert message.plan_id == plan.id
    assert session.scalars(select(Notice)).all() == []


def test_what_waited_to_be_told_is_not_told_to_whom_it_is_no_longer_for(
    app: Flask, office: Office, session: Session, settle_all: Work
) -> None:
    talk = Talk(office)
    guest = {"plan_id": talk.id, "person_id": office.but.id, "now": office.now}
    invite_writer(session, actor=office.soan, **guest)
    settle_all()
    before = set(letters(app))
    talk.say("soan", text=f"@[But]({office.but.id}) xem giúp")
    talk.propose("thao", replacing(1, "Thành ủy", "BÍ MẬT"), is_draft=True)
    dismiss_writer(session, actor=office.soan, **guest)
    settle_all()
    told = session.scalars(select(Notice).where(Notice.person_id == office.but.id)).all()
    assert [notice.sentence.split()[-1] for notice in told if "BÍ MẬT" in notice.sentence] == []
    assert all("xem giúp" not in notice.sentence for notice in told)
    new = set(letters(app)) - before
    assert not any("but@demo.invalid" in path.read_text() for path in new)
    assert all(message.handled_at for message in owed(session, Topic.NOTIFY))
