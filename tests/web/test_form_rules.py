"""The page of the rules, the findings for the editor, and what the pages of an act show of them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import Office, short_plan
from tests.web.pages import csrf_token
from workflows.domain.form.checking import MOST
from workflows.domain.form.rules import rules
from workflows.domain.machine import PlanState
from workflows.models.people import Organisation
from workflows.queries.form_rules import levels_of

LogIn = Callable[[FlaskClient, str], FlaskClient]


def hanoi(session: Session) -> int:
    found = session.scalars(select(Organisation.id).where(Organisation.code == "H26")).one()
    session.rollback()
    return found


@pytest.mark.parametrize("who", ["the", "tri"])
def test_the_page_lists_every_rule_with_its_law_and_examples(
    client: FlaskClient, log_in: LogIn, office: Office, who: str
) -> None:
    page = log_in(client, who).get("/form-rules").text
    for rule in rules().values():
        assert f'id="rule-{rule.id}"' in page
    assert "Phụ lục I, Phần I, Mục II.6b, Nghị định 30/2020/NĐ-CP" in page
    assert "Cải cách hành chính năm 2026." in page
    assert page.count('<select class="form-select') == sum(not r.is_fixed for r in rules().values())


def test_the_menu_offers_it_to_those_who_may(app: Flask, log_in: LogIn, office: Office) -> None:
    pages = {who: log_in(app.test_client(), who).get("/inbox").text for who in ("the", "soan")}
    assert 'href="/form-rules"' in pages["the"]
    assert 'href="/form-rules"' not in pages["soan"]


@pytest.mark.parametrize("who", ["soan", "duyet", "ky", "thu"])
def test_the_page_is_closed_to_others(
    client: FlaskClient, log_in: LogIn, office: Office, who: str
) -> None:
    log_in(client, who)
    assert client.get("/form-rules").status_code == 403
    assert client.post("/form-rules", data={}).status_code in (400, 403)


def test_a_rule_is_set_on_the_page(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    page = log_in(client, "the").get("/form-rules").text
    data = {
        "csrf_token": csrf_token(page),
        "organisation_id": hanoi(session),
        "rule": "title-end",
        "level": "error",
    }
    answer = client.post("/form-rules", data=data)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#rule-title-end")
    assert levels_of(session, hanoi(session)) == {"title-end": "error"}
    page = client.get(answer.headers["Location"]).text
    row = page.split('id="rule-title-end"')[1].split("</tr>")[0]
    # Where the eyes are, and nowhere else.
    assert "Đã đặt mức cho quy tắc" in row
    assert page.count("Đã đặt mức cho quy tắc") == 1
    assert row.startswith(" data-changed")
    assert page.count("data-changed") == 1
    assert '<option value="error" selected>' in row
    assert office.actor("the").name in row


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"rule": "signer-missing"}, 409),
        ({"rule": "nothing"}, 409),
        ({"level": "fatal"}, 409),
        ({"organisation_id": 999_999}, 403),
        ({"organisation_id": "x"}, 400),
        ({"level": ""}, 400),
        ({"csrf_token": "x"}, 400),
    ],
)
def test_what_the_page_never_offers_is_refused(
    client: FlaskClient,
    log_in: LogIn,
    office: Office,
    session: Session,
    changed: dict[str, object],
    status: int,
) -> None:
    page = log_in(client, "the").get("/form-rules").text
    data = {
        "csrf_token": csrf_token(page),
        "organisation_id": hanoi(session),
        "rule": "title-end",
        "level": "off",
        **changed,
    }
    assert client.post("/form-rules", data=data).status_code == status
    assert levels_of(session, hanoi(session)) == {}


def test_another_organisation_is_closed(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    assert log_in(client, "the").get("/form-rules?organisation=999999").status_code == 403


def test_the_editor_gets_the_findings_of_the_working_text(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.draft()
    told = log_in(client, "soan").get(f"/plans/{plan.id}/text/findings").json
    assert told["version"] == plan.text_version
    assert told["number"] is None
    assert told["most"] == MOST
    found = next(each for each in told["findings"] if each["rule"] == "capital-people")
    assert found["level"] == "warning"
    assert found["law"].startswith("Phụ lục II, Mục V.1")
    block = next(
        node for node in office.text(plan)["content"] if node["attrs"].get("id") == found["blockId"]
    )
    text = "".join(run["text"] for run in block["content"])
    assert text[found["start"] : found["end"]] == "nhân dân"
    assert found["suggestion"] == "Nhân dân"
    whole = next(each for each in told["findings"] if each["rule"] == "filing-shape")
    assert (whole["start"], whole["end"]) == (None, None)


def test_a_reviewer_gets_those_of_the_frozen_version(
    app: Flask, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.FORM_CHECK)
    told = log_in(app.test_client(), "the").get(f"/plans/{plan.id}/text/findings").json
    assert told["number"] == 1
    again = log_in(app.test_client(), "soan").get(f"/plans/{plan.id}/text/findings?version=1").json
    assert again == told


@pytest.mark.parametrize("path", ["", "?version=7", "?version=1"])
def test_a_stranger_learns_nothing(
    client: FlaskClient, log_in: LogIn, office: Office, path: str
) -> None:
    plan = office.draft()
    assert log_in(client, "lu").get(f"/plans/{plan.id}/text/findings{path}").status_code == 404


def test_a_version_that_never_was_is_not_found(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.draft()
    assert (
        log_in(client, "soan").get(f"/plans/{plan.id}/text/findings?version=3").status_code == 404
    )


def test_the_submit_page_tells_errors_apart_from_what_informs(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    doc = short_plan()
    doc["content"] = [node for node in doc["content"] if node["type"] != "closing"]
    page = log_in(client, "soan").get(f"/plans/{office.draft(doc).id}/submit").text
    errors, _, others = page.partition("vẫn trình được")
    assert "Nội dung văn bản phải kết thúc" in errors
    assert "Dòng Lưu" not in errors
    assert "Ký hiệu người soạn dính liền" in others
    button = page.split('<button class="btn btn-primary"')[1].split(">")[0]
    assert "disabled" in button


def test_a_plan_with_warnings_alone_may_be_submitted(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    page = log_in(client, "soan").get(f"/plans/{office.draft().id}/submit").text
    assert "vẫn trình được" in page
    assert "alert-danger" not in page
    assert "disabled" not in page.split('<button class="btn btn-primary"')[1].split(">")[0]


def test_the_form_checker_sees_the_findings_of_the_frozen_version(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.FORM_CHECK)
    page = log_in(client, "the").get(f"/plans/{plan.id}/approve").text
    assert "Kiểm tra thể thức phiên bản 1" in page
    assert "viết hoa chữ cái đầu" in page
    link = page.split(">Mục II.1.6, đoạn thứ 1:</a>")[0].rpartition('href="')[2].rstrip('"')
    assert link.startswith(f"/plans/{plan.id}/versions/1#b-")
    path, _, anchor = link.partition("#")
    assert f'id="{anchor}"' in client.get(path).text


def test_other_steps_are_not_about_form(client: FlaskClient, log_in: LogIn, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    page = log_in(client, "duyet").get(f"/plans/{plan.id}/approve").text
    assert "Kiểm tra thể thức" not in page


def test_what_people_wrote_is_text_on_the_page(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    """The sentences quote the plan: neither markup nor a percent sign may mean anything in them."""
    doc = short_plan()
    [recipients] = [node for node in doc["content"] if node["type"] == "recipients"]
    for line in recipients["content"][:2]:
        line["content"] = [{"type": "text", "text": "<b>50% %(x)s</b>"}]
    page = log_in(client, "soan").get(f"/plans/{office.draft(doc).id}/submit")
    assert page.status_code == 200
    assert "“&lt;b&gt;50% %(x)s&lt;/b&gt;” đã có ở trên" in page.text
