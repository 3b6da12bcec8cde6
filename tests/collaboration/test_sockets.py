"""Open pages hear of changes and cursors, whichever web process they hang on."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis import Redis
from simple_websocket import Client, ConnectionClosed
from sqlalchemy import update

from config import Config
from portal.accounts import Account
from portal.collaboration.channel import look_again
from tests.bench.visitor import Visitor
from tests.collaboration.author import Author
from tests.collaboration.line import PATIENCE, heard, line
from tests.factories import Office, short_plan
from tests.journeys.stack import Stack, served
from workflows.services.invitations import invite_writer
from workflows.services.transaction import transaction

PAIR = ("soan", "thao")


@pytest.fixture(scope="module")
def office_config(standing_config: Config) -> Config:
    """One office and one server for all tests here; each has plans of its own."""
    return standing_config


@pytest.fixture(scope="module")
def stack(office_config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with served(office_config, tmp_path_factory.mktemp("logs"), workers=()) as running:
        yield running
        assert running.complaints() == []


def test_a_change_wakes_every_open_page(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    writer = Author(stack.address, "soan", plan_id, 1)
    readers = [Author(stack.address, "thao", plan_id, n) for n in (2, 3, 4, 5)]
    with (
        line(stack.address, readers[0], plan_id) as a,
        line(stack.address, readers[1], plan_id) as b,
        line(stack.address, readers[2], plan_id) as c,
        line(stack.address, readers[3], plan_id) as d,
    ):
        writer.type("«mới»", clause=0)
        writer.exchange()
        for reader, socket in zip(readers, (a, b, c, d), strict=True):
            told = heard(socket, "steps")
            assert told["authors"] == [office.soan.id]
            reader.take(told["from"], told["steps"], told["clientIds"])
            assert reader.doc.eq(writer.doc)


def test_who_comes_late_gets_what_was_missed(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    writer, reader = (Author(stack.address, who, plan_id, n) for n, who in enumerate(PAIR))
    writer.type("«mới»", clause=0)
    writer.exchange()
    with line(stack.address, reader, plan_id) as socket:
        told = heard(socket, "steps")
        reader.take(told["from"], told["steps"], told["clientIds"])
    assert reader.doc.eq(writer.doc)


def test_cursors_go_round_and_leave_with_their_page(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    one, other = (Author(stack.address, who, plan_id, n) for n, who in enumerate(PAIR))
    with line(stack.address, one, plan_id) as mine:
        mine.send(json.dumps({"kind": "cursor", "version": 0, "head": 5, "anchor": 3}))
        with line(stack.address, other, plan_id) as theirs:
            told = heard(theirs, "cursors", lambda message: bool(message["people"]))
            [person] = told["people"]
            assert (person["name"], person["head"]) == (office.soan.name, 5)
            assert person["position"].startswith("Chuyên viên")
            theirs.send(json.dumps({"kind": "cursor", "version": 0, "head": 9, "anchor": 9}))
            heard(mine, "cursors", lambda message: len(message["people"]) == 1)
        heard(mine, "cursors", lambda message: message["people"] == [])


NOISE = (
    "no json",
    json.dumps({"kind": "steps", "from": 0, "steps": [], "clientIds": []}),
    json.dumps({"kind": "cursor", "version": 0, "head": "<b>", "anchor": 0}),
    json.dumps({"kind": "cursor", "version": 0, "head": -1, "anchor": 0}),
    json.dumps([1]),
    "x" * 900,
)


def test_what_a_page_says_is_not_believed(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    one, other = (Author(stack.address, who, plan_id, n) for n, who in enumerate(PAIR))
    with line(stack.address, one, plan_id) as mine, line(stack.address, other, plan_id) as theirs:
        for said in NOISE:
            mine.send(said)
        mine.send(json.dumps({"kind": "cursor", "version": 0, "head": 7, "anchor": 7}))
        told = heard(theirs, "cursors", lambda message: bool(message["people"]))
        assert [person["head"] for person in told["people"]] == [7]


STRANGERS = (
    ("soan", "https://evil.example", 403),
    ("soan", "null", 403),
    # A page is named after the person who opens it.
    ("soan", None, 422),
    # The head reads the plan once it is submitted, but never the working text.
    ("duyet", None, 404),
    ("lu", None, 404),
)


def test_a_socket_is_for_pages_of_ours_and_readers_of_the_text(
    stack: Stack, office: Office
) -> None:
    plan_id = office.draft(short_plan()).id
    path = f"/plans/{plan_id}/text/socket?since=0&client=0pabcdefgh12"
    for who, origin, status in STRANGERS:
        visitor = Visitor(stack.address)
        visitor.sign_in(who)
        connection = http.client.HTTPConnection(urlsplit(stack.address).netloc, timeout=20)
        upgrade = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version": "13",
            "Origin": origin or stack.address,
            "Cookie": visitor.cookies,
        }
        with closing(connection):
            connection.request("GET", path, headers=upgrade)
            assert connection.getresponse().status == status


def test_a_page_is_closed_when_its_reader_may_no_longer_read(stack: Stack, office: Office) -> None:
    plan = office.draft(short_plan())
    guest = office.but
    invite_writer(
        office.session, plan_id=plan.id, person_id=guest.id, actor=office.soan, now=office.now
    )
    author = Author(stack.address, "but", plan.id, 1)
    host = Visitor(stack.address)
    token = host.sign_in("soan")
    with line(stack.address, author, plan.id) as socket:
        host.post(f"/plans/{plan.id}/writers/{guest.id}/dismiss", {"csrf_token": token})
        # They wrote nothing: with the invitation ends the right to read.
        assert "không còn được đọc" in heard(socket, "locked")["detail"]


def test_submitting_closes_the_pages_of_fellow_writers(stack: Stack, office: Office) -> None:
    plan = office.draft()
    author = Author(stack.address, "thao", plan.id, 1)
    host = Visitor(stack.address)
    token = host.sign_in("soan")
    versions = {"row_version": "1", "text_version": "0", "csrf_token": token}
    with line(stack.address, author, plan.id) as socket:
        assert host.post(f"/plans/{plan.id}/submit", versions).status == 303
        assert "không sửa được nữa" in heard(socket, "locked")["detail"]


def test_signing_out_ends_the_pages_left_open(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    one, other = (Author(stack.address, who, plan_id, n) for n, who in enumerate(PAIR))
    with line(stack.address, one, plan_id) as mine, line(stack.address, other, plan_id) as theirs:
        visitor = Visitor(stack.address)
        token = visitor.sign_in("soan")
        assert visitor.post("/logout", {"csrf_token": token}).status == 302
        assert is_closed(mine)
        assert theirs.connected


def test_a_closed_account_is_told_why_and_hears_nothing_more(
    stack: Stack, office: Office, office_config: Config
) -> None:
    plan_id = office.draft(short_plan()).id
    author = Author(stack.address, "thao", plan_id, 1)
    is_thao = Account.person_id == office.thao.id
    with (
        line(stack.address, author, plan_id) as socket,
        Redis.from_url(office_config.redis_url) as valkey,
    ):
        with transaction(office.session):
            office.session.execute(update(Account).where(is_thao).values(active=False))
        look_again(valkey, plan_id)
        assert "Phiên làm việc của bạn đã hết" in heard(socket, "locked")["detail"]
        assert is_closed(socket)
    with transaction(office.session):
        office.session.execute(update(Account).where(is_thao).values(active=True))


def test_a_page_that_talks_without_end_is_hung_up(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    author = Author(stack.address, "soan", plan_id, 1)
    with line(stack.address, author, plan_id) as socket:
        with suppress(ConnectionClosed):
            for place in range(2_000):
                socket.send(
                    json.dumps({"kind": "cursor", "version": 0, "head": place, "anchor": place})
                )
        assert is_closed(socket)


def is_closed(socket: Client) -> bool:
    """Whether the server ends the line while one waits for it."""
    deadline = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < deadline:
            socket.receive(timeout=1)
    except ConnectionClosed:
        return True
    return False


def test_stopping_the_server_does_not_wait_for_open_pages(
    office_config: Config, office: Office, tmp_path: Path
) -> None:
    plan_id = office.draft(short_plan()).id
    with served(office_config, tmp_path, workers=()) as stack:
        author = Author(stack.address, "soan", plan_id, 1)
        web = stack.processes["web"]
        with line(stack.address, author, plan_id):
            web.terminate()
            # gunicorn would wait ten seconds for the page and kill its worker; a bell ends it.
            deadline = time.monotonic() + PATIENCE
            while web.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
        assert web.poll() == 0
