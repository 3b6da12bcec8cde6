"""The signing page shows the exact PDF, asks for the password, and signs once."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.acts.means import store
from portal.demo.office import PASSWORD
from portal.signing.errors import TimestampUnavailable
from portal.signing.keys import KeyStore, open_keys
from portal.signing.verdict import Kind
from portal.signing.verification import verify
from tests.web.desk import Desk, hidden, sign, signing_form
from workflows.domain.machine import PlanState
from workflows.models.decision import Decision, Outcome
from workflows.models.discussion import PlanView
from workflows.models.rendition import Rendition, RenditionKind
from workflows.services.discussion import open_thread


def test_the_signer_reads_the_exact_pdf_and_signs_it(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    open_thread(
        desk.session,
        plan_id=plan.id,
        version=plan.text_version,
        start=None,
        end=None,
        text="Còn thiếu phụ lục kinh phí",
        demands_answer=True,
        actor=desk.office.tham,
        now=desk.office.now,
    )
    browser = desk.browser("ky")
    page = browser.get(f"/plans/{plan.id}/sign")
    assert "Còn thiếu phụ lục kinh phí" in page.text
    sha = hidden(page.text, "prepared_sha256")
    pdf = browser.get(f"/plans/{plan.id}/files/{sha}.pdf")
    assert hashlib.sha256(pdf.data).hexdigest() == sha
    assert sha[:8] in page.text
    assert sha[56:] in page.text
    picture = browser.get(f"/plans/{plan.id}/sign/pages/1.png?sha={sha}")
    assert picture.data.startswith(b"\x89PNG")
    answer = browser.post(f"/plans/{plan.id}/sign", data=signing_form(page.text))
    assert answer.status_code == 303
    assert answer.location == f"/plans/{plan.id}"
    assert desk.state(plan) is PlanState.SIGNED
    signed = desk.session.scalars(
        select(Rendition).where(Rendition.kind == RenditionKind.SIGNED)
    ).one()
    with desk.app.app_context():
        content = store().get(signed.store_key)
    verdict = verify(content, open_keys(desk.app.config["TRINH_KY"]).trust)
    assert verdict.kind is Kind.SIGNED_ONLY
    assert content.startswith(pdf.data), "the signature is a revision on top of what was shown"
    assert [report.signer for report in verdict.signatures[:1]] == ["Đặng Quốc Ký (KIỂM THỬ)"]


def test_before_the_pdf_is_there_the_page_says_so_and_comes_back(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.AWAITING_SIGNATURE)
    page = desk.browser("ky").get(f"/plans/{plan.id}/sign")
    assert page.status_code == 200
    assert "đang tạo tệp PDF" in page.text
    assert 'data-reload="4"' in page.text
    assert "Ký số</button>" not in page.text


def test_a_wrong_password_keeps_the_page_and_signs_nothing(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    answer = sign(desk.browser("ky"), plan.id, "không phải mật khẩu")
    assert answer.status_code == 422
    assert "Mật khẩu không đúng" in answer.text
    assert "không phải mật khẩu" not in answer.text
    assert "/sign/pages/1.png" in answer.text
    assert desk.state(plan) is PlanState.AWAITING_SIGNATURE


def test_guessing_the_password_is_stopped(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    browser = desk.browser("ky")
    form = signing_form(browser.get(f"/plans/{plan.id}/sign").text, "sai")
    tries = [browser.post(f"/plans/{plan.id}/sign", data=form) for _ in range(11)]
    assert [answer.status_code for answer in tries] == [422] * 10 + [429]
    right = browser.post(f"/plans/{plan.id}/sign", data={**form, "password": PASSWORD})
    assert right.status_code == 429
    assert desk.state(plan) is PlanState.AWAITING_SIGNATURE


def test_a_second_press_is_a_conflict_and_one_signature_stands(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    browser = desk.browser("ky")
    form = signing_form(browser.get(f"/plans/{plan.id}/sign").text)
    answers = [browser.post(f"/plans/{plan.id}/sign", data=form).status_code for _ in range(2)]
    assert answers == [303, 409]
    stand = desk.session.scalars(select(Decision).where(Decision.outcome == Outcome.SIGNED)).all()
    assert len(stand) == 1
    assert browser.get(f"/plans/{plan.id}/sign").status_code == 409


@pytest.mark.parametrize(("field", "value"), [("row_version", "1"), ("prepared_sha256", "0" * 64)])
def test_what_was_not_shown_is_not_signed(desk: Desk, field: str, value: str) -> None:
    plan = desk.awaiting_signature()
    browser = desk.browser("ky")
    form = signing_form(browser.get(f"/plans/{plan.id}/sign").text)
    answer = browser.post(f"/plans/{plan.id}/sign", data={**form, field: value})
    assert answer.status_code == 409
    assert desk.state(plan) is PlanState.AWAITING_SIGNATURE


@pytest.mark.parametrize(("field", "value"), [("row_version", ""), ("prepared_sha256", "x")])
def test_a_form_that_never_came_from_the_page_is_refused(
    desk: Desk, field: str, value: str
) -> None:
    plan = desk.awaiting_signature()
    browser = desk.browser("ky")
    form = signing_form(browser.get(f"/plans/{plan.id}/sign").text)
    answer = browser.post(f"/plans/{plan.id}/sign", data={**form, field: value})
    assert answer.status_code == 422
    assert desk.state(plan) is PlanState.AWAITING_SIGNATURE


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("soan", 403),
        ("duyet", 403),
        ("tham", 403),
        ("dinh", 403),
        ("the", 403),
        ("thanh", 403),
        ("thu", 404),
        ("tri", 404),
    ],
)
def test_nobody_else_opens_the_signing_page(desk: Desk, who: str, status: int) -> None:
    plan = desk.office.plan(PlanState.AWAITING_SIGNATURE)
    assert desk.browser(who).get(f"/plans/{plan.id}/sign").status_code == status


def test_the_chairman_does_not_sign_what_waits_for_the_vice_chairman(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.AWAITING_SIGNATURE)
    answer = desk.browser("chinh").get(f"/plans/{plan.id}/sign")
    assert answer.status_code == 403
    assert "không chờ quyết định" in answer.text


def test_before_its_turn_the_plan_does_not_exist_for_the_signer(desk: Desk) -> None:
    plan = desk.office.plan(PlanState.UNIT_REVIEW)
    browser = desk.browser("ky")
    assert browser.get(f"/plans/{plan.id}/sign").status_code == 404
    assert browser.get(f"/plans/{uuid4()}/sign").status_code == 404


@pytest.mark.parametrize("sha", ["", "x", "0" * 64, "../" * 3])
def test_a_picture_of_another_file_is_not_found(desk: Desk, sha: str) -> None:
    plan = desk.awaiting_signature()
    browser = desk.browser("ky")
    assert browser.get(f"/plans/{plan.id}/sign/pages/1.png?sha={sha}").status_code == 404


def test_the_look_of_the_signer_is_noted(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    desk.browser("ky").get(f"/plans/{plan.id}/sign")
    looks = desk.session.scalars(select(PlanView.page).where(PlanView.plan_id == plan.id)).all()
    assert looks == ["sign"]


class SilentAuthority:
    """Keys whose timestamp authority does not answer."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys

    def __getattr__(self, name: str) -> Any:
        return getattr(self._keys, name)

    def timestamper(self, *, at: object) -> Any:
        raise TimestampUnavailable("Dịch vụ cấp dấu thời gian không trả lời.")


def test_without_a_timestamp_the_plan_stays_unsigned_and_signable(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    keys = open_keys(desk.app.config["TRINH_KY"])
    desk.app.extensions["signing_keys"] = SilentAuthority(keys)
    browser = desk.browser("ky")
    answer = sign(browser, plan.id)
    assert answer.status_code == 503
    assert "Kế hoạch vẫn chưa ký" in answer.text
    assert desk.state(plan) is PlanState.AWAITING_SIGNATURE
    desk.app.extensions["signing_keys"] = keys
    assert sign(browser, plan.id).status_code == 303


def test_a_file_changed_in_the_store_is_not_signed(desk: Desk) -> None:
    plan = desk.awaiting_signature()
    prepared = desk.session.scalars(
        select(Rendition).where(Rendition.kind == RenditionKind.PREPARED)
    ).one()
    desk.session.rollback()
    browser = desk.browser("ky")
    form = signing_form(browser.get(f"/plans/{plan.id}/sign").text)
    with desk.app.app_context():
        path = store().path(prepared.store_key)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"\n")
    answer = browser.post(f"/plans/{plan.id}/sign", data=form)
    assert answer.status_code == 409
    assert "không còn đúng như khi tạo" in answer.text
    assert desk.state(plan) is PlanState.AWAITING_SIGNATURE
