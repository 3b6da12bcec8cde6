"""Named states of a draft, and people of other units who write along."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office
from tests.services.talk import Talk
from tests.web.pages import csrf_token
from tests.web.test_text import send, typed
from workflows.domain.machine import PlanState
from workflows.models.discussion import SuggestionState
from workflows.models.outbox import OutboxMessage
from workflows.models.plan import Plan
from workflows.models.text import PlanWriter, Revision, TextStep
from workflows.services.settlement import settle
from workflows.services.suggestions import propose

LogIn = Callable[[FlaskClient, str], FlaskClient]


def name_it(client: FlaskClient, plan: Plan, note: str) -> int:
    token = csrf_token(client.get(f"/plans/{plan.id}").text)
    answer = client.post(
        f"/plans/{plan.id}/text/revisions",
        json={"note": note},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    return answer.status_code


def restore(client: FlaskClient, plan: Plan, which: int | str, seen: int) -> TestResponse:
    token = csrf_token(client.get(f"/plans/{plan.id}").text)
    return client.post(
        f"/plans/{plan.id}/revisions/{which}/restore",
        data={"csrf_token": token, "text_version": str(seen)},
    )


def title(office: Office, plan: Plan) -> str:
    return str(office.text(plan)["content"][0]["content"][0]["text"])


def test_a_named_state_can_be_gone_back_to_and_nothing_between_is_lost(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    before = title(office, plan)
    log_in(client, "soan")
    assert name_it(client, plan, " Trước khi  rút gọn ") == 201
    send(client, office.soan, plan, 0, [typed("Sửa: ")])
    assert title(office, plan) == f"Sửa: {before}"

    assert restore(client, plan, 1, 1).status_code == 303

    assert title(office, plan) == before
    notes = session.scalars(select(Revision.note).order_by(Revision.number)).all()
    assert notes == ["Trước khi rút gọn", "Trước khi đưa về bản đã ghi"]
    written = len(session.scalars(select(TextStep.version)).all())
    assert restore(client, plan, 2, written).status_code == 303
    assert title(office, plan) == f"Sửa: {before}"
    versions = session.scalars(select(TextStep.version).where(TextStep.plan_id == plan.id)).all()
    assert sorted(versions) == list(range(1, len(versions) + 1))
    assert len(versions) > 1


def test_a_second_press_names_no_second_state_and_a_long_name_is_refused(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    assert [name_it(client, plan, "Bản A") for _press in range(2)] == [201, 201]
    send(client, office.soan, plan, 0, [typed("A")])
    assert name_it(client, plan, "Bản A") == 201
    assert name_it(client, plan, "x" * 501) == 422
    assert session.scalars(select(Revision.text_version)).all() == [0, 1]


def test_a_state_is_gone_back_to_with_whatever_is_wrong_in_it(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    """The editor's door takes what only a submission refuses; the way back takes it too."""
    plan = office.plan()
    log_in(client, "soan")
    send(client, office.soan, plan, 0, [typed("\ue000")])
    faulty = title(office, plan)
    assert name_it(client, plan, "Có ký tự lạ") == 201
    send(client, office.soan, plan, 1, [typed("Sửa: ")])
    assert restore(client, plan, 1, 2).status_code == 303
    assert title(office, plan) == faulty


def test_going_back_from_a_page_that_is_behind_is_refused(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    name_it(client, plan, "Bản đầu")
    send(client, office.soan, plan, 0, [typed("A")])

    answer = restore(client, plan, 1, 0)
    assert answer.status_code == 409
    assert f"{office.soan.name} đã sửa văn bản" in answer.text
    assert "text_version" not in answer.text
    assert restore(client, plan, 2, 1).status_code == 409
    assert restore(client, plan, 1, 99).status_code == 409
    assert title(office, plan).startswith("A")


def test_a_frozen_version_is_read_and_gone_back_to_and_the_others_are_told(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    talk.send_back("duyet")
    plan, seen = talk.plan, talk.version
    before = title(office, plan)
    log_in(client, "thao")
    send(client, office.thao, plan, seen, [typed("Sửa: ")])
    assert (
        f"/plans/{plan.id}/revisions/versions/1" in client.get(f"/plans/{plan.id}/revisions").text
    )
    page = client.get(f"/plans/{plan.id}/revisions/versions/1").text
    assert "Từ bản này đến nay có 1 thay đổi." in page
    assert f"Người sửa: {office.thao.name}." in page
    assert f">{before}<" in page
    assert client.get(f"/plans/{plan.id}/revisions/versions/2").status_code == 404

    assert restore(client, plan, "versions/1", seen + 1).status_code == 303

    assert title(office, plan) == before
    told = [each for each in session.scalars(select(OutboxMessage.payload)) if "excerpt" in each]
    assert [(each["kind"], each["person_id"], each["excerpt"]) for each in told] == [
        ("restored", office.soan.id, "Phiên bản 1")
    ]


def test_a_state_without_a_name_is_refused(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    assert name_it(log_in(client, "soan"), office.plan(), "   ") == 422


def test_the_page_tells_who_wrote_what_led_to_each_state(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    send(client, office.soan, plan, 0, [typed("A"), typed("B")])
    name_it(client, plan, "<b>Bản</b> đầu")
    page = client.get(f"/plans/{plan.id}/revisions").text

    assert "&lt;b&gt;Bản&lt;/b&gt; đầu" in page
    assert f"người sửa: {office.soan.name}" in page
    assert "2 thay đổi" in page


def test_the_page_credits_those_whose_proposals_were_accepted(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    said: dict[str, Any] = {"plan_id": plan.id, "now": office.now}
    doc = office.text(plan)
    doc["content"][0]["content"] = [{"type": "text", "text": "Tuyên truyền"}]
    made = propose(session, version=plan.text_version, doc=doc, note="", actor=office.thao, **said)
    settle(
        session, ids=made, verdict=SuggestionState.ACCEPTED, answer="", actor=office.soan, **said
    )
    page = log_in(client, "soan").get(f"/plans/{plan.id}/revisions").text

    assert f"theo đề xuất của: {office.thao.name}" in page
    assert f"người sửa: {office.soan.name}" in page


def test_named_states_are_for_those_who_read_the_draft(
    office: Office, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)

    assert log_in(client, "duyet").get(f"/plans/{plan.id}/revisions").status_code == 404


def invite(client: FlaskClient, plan: Plan, person_id: int) -> int:
    token = csrf_token(client.get("/inbox").text)
    answer = client.post(
        f"/plans/{plan.id}/writers",
        data={"csrf_token": token, "person_id": str(person_id)},
    )
    return answer.status_code


def test_a_drafter_of_another_unit_is_asked_once_and_told(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    assert invite(client, plan, office.but.id) == 303
    # The second click finds nobody of that name among those who may still be asked.
    assert invite(client, plan, office.but.id) == 422

    rows = session.scalars(select(PlanWriter)).all()
    assert [(row.person_id, row.invited_by_id) for row in rows] == [(office.but.id, office.soan.id)]
    told = session.scalars(select(OutboxMessage.payload)).all()
    assert [(each["kind"], each["person_id"]) for each in told] == [("invited", office.but.id)]
    assert office.but.name in client.get(f"/plans/{plan.id}/writers").text
    assert (
        title(office, plan)[:20]
        in log_in(client.application.test_client(), "but").get("/plans").text
    )


def test_nobody_is_asked_who_may_have_to_decide(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    for who in ("duyet", "tham", "ky", "thanh", "thao"):
        assert invite(client, plan, office.actor(who).id) == 422
    assert session.scalars(select(PlanWriter)).all() == []


def test_a_guest_asks_nobody(office: Office, client: FlaskClient, log_in: LogIn) -> None:
    plan = office.plan()
    invite(log_in(client, "soan"), plan, office.but.id)
    guest = log_in(client.application.test_client(), "but")

    assert guest.get(f"/plans/{plan.id}/writers").status_code == 403
    assert invite(guest, plan, office.lu.id) == 403


def test_an_invitation_can_be_ended(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    log_in(client, "soan")
    invite(client, plan, office.but.id)
    token = csrf_token(client.get("/inbox").text)
    for _ in range(2):
        answer = client.post(
            f"/plans/{plan.id}/writers/{office.but.id}/dismiss", data={"csrf_token": token}
        )
        assert answer.status_code == 303

    assert session.scalars(select(PlanWriter.ended_at)).one() is not None
    guest = log_in(client.application.test_client(), "but")
    assert guest.get(f"/plans/{plan.id}").status_code == 404


def test_publicity_is_a_choice_of_its_own(
    office: Office, session: Session, client: FlaskClient, log_in: LogIn
) -> None:
    plan = office.plan()
    token = csrf_token(log_in(client, "soan").get(f"/plans/{plan.id}").text)
    answer = client.post(
        f"/plans/{plan.id}/publicity",
        data={"csrf_token": token, "row_version": str(plan.row_version)},
    )

    assert answer.status_code == 303
    assert session.get_one(Plan, plan.id, populate_existing=True).is_public is False
