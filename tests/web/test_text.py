"""The working text over HTTP: who reads it, who writes it, and what is refused."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office
from tests.web.pages import csrf_token
from workflows.domain.content.pairing import block_places
from workflows.domain.content.schema import parse
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.people import Person
from workflows.models.plan import Plan
from workflows.models.text import TextStep
from workflows.queries import working_text
from workflows.services.invitations import dismiss_writer, invite_writer

LogIn = Callable[[FlaskClient, str], FlaskClient]


def typed(letters: str, at: int = 1) -> dict[str, Any]:
    """A step that puts *letters* into the title."""
    slice_ = {"content": [{"type": "text", "text": letters}]}
    return {"stepType": "replace", "from": at, "to": at, "slice": slice_}


def page_of(who: Person) -> str:
    """The name of a page that this person has open."""
    return f"{who.id}pabcdefgh1234"


def send(client: FlaskClient, who: Person, plan: Plan, base: int, steps: list[Any]) -> TestResponse:
    token = csrf_token(client.get(f"/plans/{plan.id}").text)
    return client.post(
        f"/plans/{plan.id}/text/steps",
        json={"version": base, "clientId": page_of(who), "steps": steps},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )


def test_a_change_is_stored_with_its_author_before_it_is_acknowledged(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    answer = send(log_in(client, "thao"), office.thao, plan, 0, [typed("A"), typed("B", 2)])

    assert (answer.status_code, answer.get_json()) == (200, {"version": 2})
    rows = session.scalars(select(TextStep).where(TextStep.plan_id == plan.id)).all()
    assert [(row.version, row.author_id, row.client_id) for row in rows] == [
        (1, office.thao.id, page_of(office.thao)),
        (2, office.thao.id, page_of(office.thao)),
    ]
    assert office.text(plan)["content"][0]["content"][0]["text"].startswith("AB")
    assert session.get_one(Plan, plan.id).title.startswith("AB")


def test_who_is_behind_gets_what_they_missed_and_their_own_steps_back(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    send(client, office.soan, plan, 0, [typed("A")])
    # The answer got lost and the page sends again: nothing is stored twice.
    again = send(client, office.soan, plan, 0, [typed("A")])

    assert again.status_code == 409
    told = again.get_json()
    assert (told["from"], told["clientIds"], told["authors"]) == (
        0,
        [page_of(office.soan)],
        [office.soan.id],
    )
    assert told["steps"] == [typed("A")]
    assert client.get(f"/plans/{plan.id}/text").get_json()["version"] == 1
    assert client.get(f"/plans/{plan.id}/text/steps?since=0").get_json()["steps"] == [typed("A")]


FORGED: dict[str, Any] = {
    "off the schema": {
        "stepType": "replace",
        "from": 0,
        "to": 0,
        "slice": {"content": [{"type": "script"}]},
    },
    "a second title": {
        "stepType": "replace",
        "from": 0,
        "to": 0,
        "slice": {"content": [{"type": "title", "attrs": {"id": "aaaaaaaaaaaa"}}]},
    },
    "outside the text": typed("A", 1_500_000),
    "before the text": typed("A", -1),
    "an unknown kind": {"stepType": "docAttr", "attr": "x", "value": 1},
    "an unknown word": {**typed("A"), "author": 1},
    "an unknown attribute": {"stepType": "attr", "pos": 0, "attr": "onclick", "value": "x"},
    "an id that is taken": {"stepType": "attr", "pos": 0, "attr": "id", "value": "TAKEN"},
    "an id off its form": {"stepType": "attr", "pos": 0, "attr": "id", "value": "<b>"},
    "a control character": typed("a\x01b"),
    "half a letter": typed("\ud800"),
    "a zero byte in a name": {"stepType": "attr", "pos": 0, "attr": "filing", "value": "a\x00"},
    "half a letter in a name": {"stepType": "attr", "pos": 0, "attr": "level", "value": "\ud800"},
    "a fraction": {"stepType": "attr", "pos": 0, "attr": "level", "value": float("nan")},
    "no number": {**typed("A"), "structure": float("inf")},
    "a nest": {**typed("A"), "structure": [[[]]]},
    "a mark with words": {
        "stepType": "addMark",
        "mark": {"type": "strong", "attrs": {"x": "\x00"}},
        "from": 1,
        "to": 2,
    },
    "back to front": {"stepType": "replace", "from": 3, "to": 1},
    "a mark back to front": {
        "stepType": "addMark",
        "mark": {"type": "strong"},
        "from": 3,
        "to": 1,
    },
    "shorter than open": {**typed("A"), "slice": {"openStart": 1, "openEnd": 1}},
    "a move of letters": {"stepType": "move", "start": 1, "middle": 2, "end": 3},
    "a move back to front": {"stepType": "move", "start": 3, "middle": 2, "end": 0},
    "a move to nowhere": {"stepType": "move", "start": 0, "end": 2},
    "a move by halves": {"stepType": "move", "start": 0, "middle": 1.5, "end": 4},
    "a move out of the text": {"stepType": "move", "start": 0, "middle": 3, "end": 1_500_000},
    "no step at all": "A",
    "a number for a step": 7,
    "far too deep": {
        "stepType": "replace",
        "from": 1,
        "to": 1,
        "slice": {"content": [], "openStart": 10**9},
    },
}


def test_a_long_absence_is_told_in_several_answers(
    office: Office,
    session: Session,
    client: FlaskClient,
    log_in: LogIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    long = typed("dài " * 100)
    assert (
        send(
            client, office.soan, plan, 0, [long, typed("A"), typed("B"), long, typed("C")]
        ).status_code
        == 200
    )
    monkeypatch.setattr(working_text, "MOST_LETTERS", 300)

    answers = []
    since, is_more = 0, True
    while is_more:
        told = client.get(f"/plans/{plan.id}/text/steps?since={since}").get_json()
        answers.append(told["steps"])
        since, is_more = since + len(told["steps"]), told["isMore"]

    assert [len(each) for each in answers] == [1, 2, 1, 1]
    behind = send(client, office.soan, plan, 0, [typed("D")])
    assert (behind.status_code, behind.get_json()["isMore"]) == (409, True)


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_change_is_refused_and_nothing_is_stored(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn, forged: str
) -> None:
    plan = office.plan()
    step = FORGED[forged]
    if forged == "an id that is taken":
        step = {**step, "value": office.text(plan)["content"][1]["attrs"]["id"]}
    answer = send(log_in(client, "soan"), office.soan, plan, 0, [typed("A"), step])

    assert answer.status_code == 422
    assert "cấu trúc" in answer.get_json()["detail"]
    assert session.scalars(select(TextStep)).all() == []


def test_a_zero_byte_is_refused_even_if_it_is_taken_back_at_once(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    back = {"stepType": "replace", "from": 1, "to": 2}

    assert (
        send(log_in(client, "soan"), office.soan, plan, 0, [typed("\x00"), back]).status_code == 422
    )
    assert session.scalars(select(TextStep)).all() == []


def test_a_text_of_nothing_but_pieces_is_refused(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    """Each step through them takes as long as there are pieces, and each of 500 may."""
    plan = office.plan()
    breaks = {"content": [{"type": "hard_break"}] * 5_001}
    places = block_places(parse(office.text(plan)))
    clause = next(node for node in office.text(plan)["content"] if node["type"] == "clause")
    at = places[clause["attrs"]["id"]] + 1
    step = {"stepType": "replace", "from": at, "to": at, "slice": breaks}

    assert send(log_in(client, "soan"), office.soan, plan, 0, [step]).status_code == 422
    marks = [{"stepType": "addMark", "mark": {"type": "em"}, "from": 0, "to": 9_000}] * 500
    assert send(client, office.soan, plan, 0, marks).status_code == 422
    assert session.scalars(select(TextStep)).all() == []


def test_a_name_with_a_zero_byte_is_looked_for_without_it(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    found = log_in(client, "soan").get(f"/plans/{plan.id}/text/people?q=%00").get_json()

    assert office.thao.id in {person["id"] for person in found["found"]}


@pytest.mark.parametrize(
    "raw",
    [
        b'{"version":0,"clientId":"abcdefgh1234","steps":[' + b"[" * 9_000 + b"]" * 9_000 + b"]}",
        b'{"version":-1' + b"0" * 400 + b',"clientId":"abcdefgh1234","steps":[1]}',
        b'{"note":"\\ud800"}',
    ],
)
def test_json_that_nothing_can_hold_is_refused(
    office: Office, client: FlaskClient, log_in: LogIn, raw: bytes
) -> None:
    plan = office.plan()
    token = csrf_token(log_in(client, "soan").get(f"/plans/{plan.id}").text)
    where = "revisions" if b"note" in raw else "steps"
    answer = client.post(
        f"/plans/{plan.id}/text/{where}",
        data=raw,
        content_type="application/json",
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"version": 0, "clientId": "OWN"},
        {"version": "0", "clientId": "OWN", "steps": []},
        {"version": True, "clientId": "OWN", "steps": []},
        {"version": 0, "clientId": "OWN", "steps": []},
        {"version": 0, "clientId": "'; --", "steps": [typed("A")]},
        # Under the name of another's page a step would be taken there for one of its own.
        {"version": 0, "clientId": "THEIRS", "steps": [typed("A")]},
        {"version": 99, "clientId": "OWN", "steps": [typed("A")]},
        {"version": 0, "clientId": "OWN", "steps": [typed("A")] * 501},
        {"version": 0, "clientId": "OWN", "steps": [typed("A")], "more": 1},
    ],
)
def test_a_body_of_another_form_is_refused(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn, body: Any
) -> None:
    plan = office.plan()
    names = {"OWN": page_of(office.soan), "THEIRS": page_of(office.thao)}
    if isinstance(body, dict):
        body = {**body, "clientId": names.get(body["clientId"], body["clientId"])}
    token = csrf_token(log_in(client, "soan").get(f"/plans/{plan.id}").text)
    answer = client.post(
        f"/plans/{plan.id}/text/steps",
        json=body,
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )

    assert answer.status_code == 422
    assert session.scalars(select(TextStep)).all() == []


def test_without_the_token_of_the_form_nothing_is_stored(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    answer = log_in(client, "soan").post(
        f"/plans/{plan.id}/text/steps",
        json={"version": 0, "clientId": page_of(office.soan), "steps": [typed("A")]},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 400
    assert session.scalars(select(TextStep)).all() == []


@pytest.mark.parametrize(
    ("who", "status"),
    # The plan waits for nobody yet: who neither writes it nor heads the unit knows of no plan.
    [("soan", 200), ("thao", 200), ("duyet", 403), ("thanh", 403), ("lu", 404), ("but", 404)],
)
def test_only_writers_write(
    office: Office, client: FlaskClient, log_in: LogIn, who: str, status: int
) -> None:
    plan = office.plan()
    log_in(client, who)
    token = csrf_token(client.get("/inbox").text)
    answer = client.post(
        f"/plans/{plan.id}/text/steps",
        json={"version": 0, "clientId": page_of(getattr(office, who)), "steps": [typed("A")]},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("soan", 200), ("thao", 200), ("thanh", 200), ("duyet", 404), ("lu", 404), ("but", 404)],
)
def test_the_working_text_is_read_by_writers_and_the_auditor(
    office: Office, client: FlaskClient, log_in: LogIn, who: str, status: int
) -> None:
    plan = office.plan()
    log_in(client, who)

    assert client.get(f"/plans/{plan.id}/text").status_code == status
    assert client.get(f"/plans/{plan.id}/text/steps?since=0").status_code == status


def test_a_frozen_text_takes_no_change(office: Office, client: FlaskClient, log_in: LogIn) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    answer = send(log_in(client, "soan"), office.soan, plan, plan.text_version, [typed("A")])

    assert answer.status_code == 423
    assert "Sửa dự thảo" in answer.get_json()["detail"]


def test_a_frozen_version_is_read_by_those_who_decide_on_it(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    told = log_in(client, "duyet").get(f"/plans/{plan.id}/text?version=1").get_json()

    assert told["mode"] == "review"
    assert told["version"] == plan.text_version
    assert told["can"] == {"edit": False, "comment": True, "suggest": True, "answer": False}
    assert [(each["lines"], each["name"]) for each in told["signers"]] == [
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Ngô Văn Chính"),
        (["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Đặng Quốc Ký"),
    ]
    assert client.get(f"/plans/{plan.id}/text").status_code == 404
    assert client.get(f"/plans/{plan.id}/text?version=2").status_code == 404


def test_a_guest_writes_until_the_invitation_ends(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan, guest = office.plan(), office.but
    invite_writer(session, plan_id=plan.id, person_id=guest.id, actor=office.soan, now=office.now)
    log_in(client, "but")
    assert send(client, guest, plan, 0, [typed("A")]).status_code == 200
    dismiss_writer(session, plan_id=plan.id, person_id=guest.id, actor=office.soan, now=office.now)

    # One letter must not keep the door open: what was written stays, and its writer is out.
    assert client.get(f"/plans/{plan.id}/text").status_code == 404
    refused = client.post(
        f"/plans/{plan.id}/text/steps",
        json={"version": 1, "clientId": page_of(guest), "steps": [typed("B")]},
        headers={"X-CSRFToken": csrf_token(client.get("/plans").text)},
    )
    assert refused.status_code == 404


def test_a_sitting_is_one_line_in_the_record(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    for base in range(5):
        assert send(client, office.soan, plan, base, [typed("A")]).status_code == 200

    acts = session.scalars(select(AuditEvent.act).where(AuditEvent.plan_id == plan.id)).all()
    assert acts.count("edit") == 1


def test_submitting_asks_for_the_text_that_was_read(
    office: Office, client: FlaskClient, log_in: LogIn, session: Session
) -> None:
    plan = office.plan()
    page = log_in(client, "soan").get(f"/plans/{plan.id}/submit").text
    send(client, office.soan, plan, 0, [typed("A")])
    answer = client.post(
        f"/plans/{plan.id}/submit",
        data={"csrf_token": csrf_token(page), "row_version": "1", "text_version": "0"},
    )

    assert answer.status_code == 409
    assert "được sửa thêm" in answer.text
    assert session.get_one(Plan, plan.id).state is PlanState.DRAFT


@pytest.mark.parametrize(
    ("who", "status"),
    [("soan", 200), ("duyet", 200), ("tham", 200), ("thanh", 200), ("thu", 404), ("but", 404)],
)
def test_whoever_words_a_text_or_a_proposal_finds_recipients_without_their_marks(
    office: Office, client: FlaskClient, log_in: LogIn, who: str, status: int
) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    answer = log_in(client, who).get(f"/plans/{plan.id}/text/recipients?q=so van hoa")

    assert answer.status_code == status
    if status == 200:
        assert any("Sở Văn hóa" in entry["name"] for entry in answer.get_json()["found"])


def test_only_readers_are_offered_for_a_mention(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    names = {
        person["id"]
        for person in client.get(f"/plans/{plan.id}/text/people?q=").get_json()["found"]
    }

    assert office.thao.id in names
    assert office.lu.id not in names


def test_a_reader_is_not_told_who_the_writers_are(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    log_in(client, "duyet")
    found = {
        audience: client.get(f"/plans/{plan.id}/text/people?q=&audience={audience}").get_json()
        for audience in ("readers", "writers")
    }

    assert found["readers"]["found"]
    assert found["writers"]["found"] == []


def test_an_unknown_plan_is_not_there(office: Office, client: FlaskClient, log_in: LogIn) -> None:
    assert log_in(client, "soan").get(f"/plans/{uuid4()}/text").status_code == 404


def test_what_was_stored_is_always_a_sound_text(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    send(
        log_in(client, "soan"),
        office.soan,
        plan,
        0,
        [typed("😀 thử"), {**typed("", 1), "to": 3, "slice": None}],
    )

    assert parse(office.text(plan))
