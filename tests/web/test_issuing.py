"""The clerk's pages: what waits, the number, the sealing that follows, the recall."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.clock import now, today_vn
from portal.operations import FailedJob, LivingWorker
from tests.web.desk import Desk, issue
from tests.web.pages import csrf_token, row_version
from workflows.domain.machine import PlanState
from workflows.models.numbering import RegisterEntry
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.queries import issuing as desk_queries


class WatchedQueue:
    """An operator's desk with one failed job."""

    def __init__(self, *failed: FailedJob) -> None:
        self.failed = list(failed)

    def list_failed(self) -> list[FailedJob]:
        return self.failed

    def requeue(self, job_id: str) -> None:
        raise LookupError(job_id)

    def workers(self) -> list[LivingWorker]:
        return []


def sealing_of(desk: Desk, plan: Plan) -> OutboxMessage:
    message = desk.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.plan_id == plan.id, OutboxMessage.topic == Topic.SEAL
        )
    ).one()
    desk.session.rollback()
    return message


def test_the_clerk_gives_the_expected_number_and_watches_the_sealing(desk: Desk) -> None:
    plan = desk.signed()
    browser = desk.browser("thu")
    listed = browser.get("/issuing").text
    assert f"/plans/{plan.id}/issue" in listed
    page = browser.get(f"/plans/{plan.id}/issue").text
    assert "Số dự kiến" in page
    assert "01/KH-UBND" in page
    assert "Các Sở, Ban, ngành Thành phố" in page
    answer = issue(browser, plan.id)
    assert answer.status_code == 303
    assert desk.state(plan) is PlanState.NUMBERED
    waiting = browser.get(answer.location).text
    assert "01/KH-UBND" in waiting
    assert "đang đóng dấu" in waiting
    assert 'data-reload="3"' in waiting
    desk.work(Topic.SEAL, plan.id)
    done = browser.get(answer.location).text
    assert "đã đóng dấu và phát hành" in done
    assert "data-reload" not in done
    assert desk.state(plan) is PlanState.ISSUED


def test_looking_at_the_page_takes_no_number(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.SIGNED)
    browser = desk.browser("thu")
    for _ in range(2):
        assert "01/KH-UBND" in browser.get(f"/plans/{plan.id}/issue").text
    assert desk.session.scalars(select(RegisterEntry)).all() == []


def test_a_wrong_password_takes_no_number(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.SIGNED)
    answer = issue(desk.browser("thu"), plan.id, "sai")
    assert answer.status_code == 422
    assert "Mật khẩu không đúng" in answer.text
    assert desk.state(plan) is PlanState.SIGNED


def test_a_second_press_takes_no_second_number(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.SIGNED)
    browser = desk.browser("thu")
    page = browser.get(f"/plans/{plan.id}/issue").text
    form = {
        "csrf_token": csrf_token(page),
        "row_version": str(row_version(page)),
        "password": "trinh-ky-2022",
    }
    answers = [browser.post(f"/plans/{plan.id}/issue", data=form).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert [entry.number for entry in desk.session.scalars(select(RegisterEntry))] == [1]


@pytest.mark.parametrize(
    ("who", "list_status", "plan_status"),
    [
        ("soan", 403, 403),
        ("ky", 403, 403),
        ("thanh", 403, 403),
        ("the", 403, 403),
        ("tri", 403, 404),
    ],
)
def test_only_the_clerk_issues(desk: Desk, who: str, list_status: int, plan_status: int) -> None:
    plan = desk.office.plan(PlanState.SIGNED)
    browser = desk.browser(who)
    assert browser.get("/issuing").status_code == list_status
    assert browser.get(f"/plans/{plan.id}/issue").status_code == plan_status


def test_before_the_signature_the_plan_does_not_exist_for_the_clerk(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.AWAITING_SIGNATURE)
    browser = desk.browser("thu")
    assert browser.get(f"/plans/{plan.id}/issue").status_code == 404
    assert browser.get(f"/plans/{uuid4()}/issue").status_code == 404


def test_past_the_next_working_day_the_list_warns(desk: Desk) -> None:
    desk.office.now = now() - timedelta(days=14)
    desk.office.plan(PlanState.SIGNED)
    page = desk.browser("thu").get("/issuing").text
    assert "1 văn bản đã quá hạn phát hành" in page
    assert "Quá hạn" in page


def test_on_the_day_itself_nothing_warns(desk: Desk) -> None:
    desk.office.now = now()
    desk.office.plan(PlanState.SIGNED)
    assert "quá hạn" not in desk.browser("thu").get("/issuing").text.lower()


def test_a_failed_sealing_is_shown_with_what_to_do(desk: Desk) -> None:
    desk.office.now = now()
    plan = desk.office.plan(PlanState.NUMBERED)
    job = f"outbox-{sealing_of(desk, plan).id}"
    failed = FailedJob(id=job, name="seal", queue="documents", error="KeyError", failed_at=now())
    desk.app.extensions["operator_desk"] = WatchedQueue(failed)
    browser = desk.browser("thu")
    for page in (browser.get("/issuing").text, browser.get(f"/plans/{plan.id}/issue").text):
        assert "Đóng dấu bị lỗi" in page
        assert "01/KH-UBND" in page
    assert job in browser.get(f"/plans/{plan.id}/issue").text


def test_a_sealing_that_takes_long_is_shown_even_when_the_queue_is_silent(desk: Desk) -> None:
    desk.office.now = now() - timedelta(minutes=30)
    plan = desk.office.plan(PlanState.NUMBERED)
    desk.app.extensions.pop("operator_desk", None)
    assert "lâu hơn thường lệ" in desk.browser("thu").get(f"/plans/{plan.id}/issue").text


def test_a_recall_needs_a_reason_and_keeps_number_and_file(desk: Desk) -> None:
    desk.office.now = now()
    plan = desk.office.plan(PlanState.ISSUED)
    browser = desk.browser("thu")
    address = f"/plans/{plan.id}/recall"
    page = browser.get(address).text
    form = {"csrf_token": csrf_token(page), "row_version": str(row_version(page)), "reason": "  "}
    refused = browser.post(address, data=form)
    assert refused.status_code == 422
    assert "Chưa nêu căn cứ và lý do thu hồi" in refused.text
    assert desk.state(plan) is PlanState.ISSUED
    reason = "Theo Quyết định số 12/QĐ-UBND"
    assert browser.post(address, data={**form, "reason": reason}).status_code == 303
    assert desk.state(plan) is PlanState.RECALLED
    after = browser.get(f"/plans/{plan.id}/issue").text
    assert reason in after
    assert "01/KH-UBND" in after
    assert browser.get(address).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("ky", 403), ("thanh", 403), ("soan", 403)])
def test_only_the_clerk_recalls(desk: Desk, who: str, status: int) -> None:
    plan = desk.office.plan(PlanState.ISSUED)
    assert desk.browser(who).get(f"/plans/{plan.id}/recall").status_code == status


def test_the_expected_number_is_read_from_the_series_that_will_be_used(desk: Desk) -> None:
    desk.office.now = now()
    desk.office.plan(PlanState.NUMBERED)
    desk.tamper("UPDATE organisation SET numbers_per_kind = false")
    plan = desk.office.plan(PlanState.SIGNED)
    sheet = desk_queries.issuing_sheet(
        desk.session, plan.id, actor=desk.office.thu, today=today_vn()
    )
    assert sheet.expected == 1, "a common series begins anew"
    desk.session.rollback()
    desk.office.number(plan)
    entries = desk.session.scalars(
        select(RegisterEntry.number).where(RegisterEntry.plan_id == plan.id)
    ).all()
    assert entries == [1]
