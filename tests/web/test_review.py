"""Acts on a plan through their pages: done once, refused with a sentence, nothing typed lost."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office, real_plan
from tests.web.pages import csrf_token, row_version, text_version
from workflows.domain.machine import PlanState
from workflows.models.decision import Decision, Outcome
from workflows.models.plan import Plan

LogIn = Callable[[FlaskClient, str], FlaskClient]


def send(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Fill in the form at *path* and send it."""
    page = client.get(path).text
    data = {
        "csrf_token": csrf_token(page),
        "row_version": row_version(page),
        **({"text_version": text_version(page)} if path.endswith("/submit") else {}),
        **fields,
    }
    return client.post(path, data=data)


def state_of(session: Session, plan: Plan) -> PlanState:
    session.rollback()
    session.refresh(plan)
    return plan.state


def test_a_plan_goes_back_with_a_reason_and_comes_again(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.draft()
    at = f"/plans/{plan.id}"
    soan, duyet = (log_in(app.test_client(), who) for who in ("soan", "duyet"))
    assert send(soan, f"{at}/submit", note="Kính trình").status_code == 303
    assert state_of(session, plan) is PlanState.UNIT_REVIEW
    answer = send(duyet, f"{at}/return", to_step="draft", usual=["4", "13"], reason="Sửa mục II.1.")
    assert answer.status_code == 303
    assert state_of(session, plan) is PlanState.RETURNED
    page = soan.get(at).text
    assert "Sai thể thức, kỹ thuật trình bày; Lỗi chính tả\nSửa mục II.1." in page
    assert "Sửa mục II.1." in soan.get(f"{at}/edit").text
    assert send(soan, f"{at}/submit").status_code == 303
    assert send(duyet, f"{at}/approve", remark="Nhất trí").status_code == 303
    assert state_of(session, plan) is PlanState.APPRAISAL
    page = soan.get(at).text
    assert "Nhất trí" in page
    assert "Kính trình" in page


def test_a_return_without_a_reason_is_refused_and_keeps_the_choice(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    log_in(client, "tham")
    answer = send(client, f"/plans/{plan.id}/return", to_step="unit_review", reason="  \n ")
    assert answer.status_code == 422
    assert "Chưa nêu lý do trả lại" in answer.text
    chosen = answer.text.split('value="unit_review"')[0].rpartition("<input")[2]
    assert "checked" in chosen + answer.text.split('value="unit_review"')[1].split(">")[0]
    assert state_of(session, plan) is PlanState.APPRAISAL


def test_what_the_check_found_is_ticked_into_the_reason_in_its_own_words(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.FORM_CHECK)
    path = f"/plans/{plan.id}/return"
    the = log_in(app.test_client(), "the")
    page = the.get(path).text
    boxes = re.findall(r'name="findings"\s+id="[^"]+"\s+value="([0-9a-f]{16})"', page)
    assert len(boxes) > 2
    assert f"/plans/{plan.id}/versions/1#b-" in page
    forged = send(the, path, to_step="draft", findings=[boxes[0], "<b>Lời của tôi</b>"])
    assert forged.status_code == 422
    assert "Kết quả kiểm tra thể thức đã thay đổi" in forged.text
    assert "Lời của tôi" not in forged.text
    assert state_of(session, plan) is PlanState.FORM_CHECK
    assert send(the, path, to_step="draft", findings=boxes[:2]).status_code == 303
    [reason] = session.scalars(
        select(Decision.reason).where(
            Decision.plan_id == plan.id, Decision.outcome == Outcome.RETURNED
        )
    )
    first, second = reason.split("\n")
    for line in (first, second):
        assert re.match(r"- .+: .+\. \(.+\)$", line)


def test_a_step_that_the_chain_does_not_offer_is_refused(
    client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    log_in(client, "duyet")
    answer = send(client, f"/plans/{plan.id}/return", to_step="signature", reason="Lý do")
    assert answer.status_code == 409
    assert "Lý do" in answer.text
    assert state_of(session, plan) is PlanState.UNIT_REVIEW


@pytest.mark.parametrize(
    ("state", "who", "act", "sentence"),
    [
        (PlanState.UNIT_REVIEW, "soan", "withdraw", "Chưa nêu lý do rút lại."),
        (PlanState.DRAFT, "soan", "cancel", "Chưa nêu lý do huỷ."),
    ],
)
def test_taking_back_and_ending_need_a_reason(
    state: PlanState,
    who: str,
    act: str,
    sentence: str,
    client: FlaskClient,
    log_in: LogIn,
    office: Office,
    session: Session,
) -> None:
    plan = office.plan(state)
    log_in(client, who)
    refused = send(client, f"/plans/{plan.id}/{act}", reason=" ")
    assert refused.status_code == 422
    assert sentence in refused.text
    assert send(client, f"/plans/{plan.id}/{act}", reason="Cần sửa lớn").status_code == 303
    assert state_of(session, plan) in (PlanState.WITHDRAWN, PlanState.CANCELLED)
    assert "Cần sửa lớn" in client.get(f"/plans/{plan.id}").text


def test_an_old_page_gets_a_conflict_that_keeps_what_was_typed(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    path = f"/plans/{plan.id}/return"
    tham, xet = (log_in(app.test_client(), who) for who in ("tham", "xet"))
    old = tham.get(path).text
    assert send(xet, path, to_step="unit_review", reason="Lý do đầu tiên").status_code == 303
    office.approve(plan, "duyet")
    answer = tham.post(
        path,
        data={
            "csrf_token": csrf_token(old),
            "row_version": row_version(old),
            "to_step": "draft",
            "reason": "Lý do của người đến sau",
        },
    )
    assert answer.status_code == 409
    assert "Lý do của người đến sau" in answer.text
    assert state_of(session, plan) is PlanState.APPRAISAL


@pytest.mark.parametrize("act", ["submit", "approve", "return", "withdraw", "cancel"])
def test_who_may_not_act_gets_no_form(
    act: str, client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    log_in(client, "duyet")
    assert client.get(f"/plans/{plan.id}/{act}").status_code in (403, 409)


def test_a_half_plan_lists_all_that_is_missing(
    app: Flask, client: FlaskClient, log_in: LogIn, office: Office, session: Session
) -> None:
    doc = real_plan()
    doc["content"] = [node for node in doc["content"] if node["type"] not in ("clause", "closing")]
    plan = office.draft(doc)
    path = f"/plans/{plan.id}/submit"
    page = log_in(client, "soan").get(path).text
    for missing in ("Nội dung:", "Phần kết:"):
        assert missing in page
    answer = send(client, path)
    assert answer.status_code == 422
    assert "./." in answer.text
    assert state_of(session, plan) is PlanState.DRAFT


def test_the_drafter_sees_the_way_ahead_before_submitting(
    client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    page = log_in(client, "soan").get(f"/plans/{office.draft().id}/submit").text
    for words in ("Trần Văn Duyệt", "Chuyên viên thẩm định", "Đặng Quốc Ký", "chậm nhất"):
        assert words in page


def test_a_remark_stands_at_its_block(app: Flask, log_in: LogIn, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    block = next(n["attrs"]["id"] for n in office.text(plan)["content"] if n["type"] == "clause")
    client = log_in(app.test_client(), "duyet")
    form = client.get(f"/plans/{plan.id}?block={block}").text
    assert "Góp ý cho: Mục I" in form
    answer = client.post(
        f"/plans/{plan.id}/comments",
        data={"csrf_token": csrf_token(form), "block_id": block, "text": "Nên <b>gọn</b> hơn"},
    )
    assert answer.status_code == 303
    page = client.get(f"/plans/{plan.id}").text
    assert f'href="#b-{block}">Mục I</a>' in page
    assert "Nên &lt;b&gt;gọn&lt;/b&gt; hơn" in page
    empty = client.post(
        f"/plans/{plan.id}/comments", data={"csrf_token": csrf_token(form), "text": " "}
    )
    assert empty.status_code == 422
    assert "Nội dung góp ý đang trống." in empty.text


def test_an_approver_is_led_to_what_changed_since(
    app: Flask, log_in: LogIn, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    client = log_in(app.test_client(), "tham")
    send(client, f"/plans/{plan.id}/return", to_step="draft", reason="Thêm mốc thời gian")
    doc = dict(office.text(plan))
    doc["content"] = [node for node in doc["content"] if node is not doc["content"][3]]
    office.save(plan, doc)
    office.submit(plan)
    office.approve(plan, "duyet")
    page = client.get(f"/plans/{plan.id}").text
    assert "từ khi bạn quyết định về phiên bản 1" in page
    assert f"/plans/{plan.id}/redline?old=1&amp;new=2" in page
