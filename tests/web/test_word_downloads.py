"""A plan's texts as Word files, for those who may read them and nobody else."""

import io
from collections.abc import Callable
from copy import deepcopy
from uuid import UUID

import pytest
from docx import Document
from docx.table import Table
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.views.file_names import slug
from tests.documents.word.parts import W, part
from tests.factories import Office
from tests.web.desk import Desk
from workflows.domain.machine import PlanState
from workflows.models.discussion import PlanView
from workflows.models.plan import Plan
from workflows.services.submission import withdraw

LogIn = Callable[[FlaskClient, str], FlaskClient]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def words_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def rewrite(office: Office, plan: Plan, words: str) -> None:
    """Take the plan back and put *words* in the place of its title."""
    withdraw(
        office.session,
        plan_id=plan.id,
        seen=plan.row_version,
        actor=office.soan,
        reason="Sửa",
        now=office.now,
    )
    office.session.refresh(plan)
    doc = deepcopy(office.text(plan))
    doc["content"][0]["content"] = [{"type": "text", "text": words}]
    office.save(plan, doc)
    office.session.refresh(plan)


def cells(table: Table) -> list[str]:
    return [cell.text for row in table.rows for cell in row.cells]


@pytest.fixture
def revised(office: Office) -> Plan:
    """Give a plan with two versions, the second under another title."""
    plan = office.plan(PlanState.UNIT_REVIEW)
    rewrite(office, plan, "Tuyên truyền theo cách mới")
    office.submit(plan)
    office.session.refresh(plan)
    return plan


def looks(office: Office, plan_id: UUID) -> list[tuple[str, int, int | None]]:
    rows = office.session.execute(
        select(PlanView.page, PlanView.version_number, PlanView.text_version).where(
            PlanView.plan_id == plan_id
        )
    )
    return [tuple(row) for row in rows]


def test_a_version_is_a_word_file_with_a_name(desk: Desk, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    answer = desk.browser("duyet").get(f"/plans/{plan.id}/versions/1/docx")
    assert answer.status_code == 200
    assert answer.mimetype == WORD
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="tuyen-truyen-cac-nhiem-vu-chinh-tri-phat-v1-'
    )
    assert answer.headers["Content-Disposition"].endswith('.docx"')
    assert "Trên đây là Kế hoạch" in words_of(answer.data)
    assert looks(office, plan.id) == [("docx", 1, None)]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Cải cách hành chính năm 2026", "cai-cach-hanh-chinh-nam-2026"),
        ("Đẩy mạnh “Đề án 06/CP”", "day-manh-de-an-06-cp"),
        (
            "Tuyên truyền các nhiệm vụ chính trị, phát triển",
            "tuyen-truyen-cac-nhiem-vu-chinh-tri-phat",
        ),
        ("x" * 60, "x" * 40),
        ("", "ke-hoach"),
        ("…", "ke-hoach"),
    ],
)
def test_a_file_is_named_after_its_plan(title: str, told: str) -> None:
    assert slug(title) == told


def test_the_same_version_gives_the_same_bytes(desk: Desk, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    address = f"/plans/{plan.id}/versions/1/docx"
    assert desk.browser("duyet").get(address).data == desk.browser("soan").get(address).data


def test_the_working_text_is_for_those_who_may_read_it(desk: Desk, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    rewrite(office, plan, "Chưa trình ai")
    address = f"/plans/{plan.id}/draft.docx"
    answer = desk.browser("soan").get(address)
    assert answer.status_code == 200
    assert answer.mimetype == WORD
    name = f"du-thao-tuyen-truyen-cac-nhiem-vu-chinh-tri-phat-{plan.text_version}.docx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Chưa trình ai" in words_of(answer.data)
    assert looks(office, plan.id) == [("docx", 1, plan.text_version)]
    assert desk.browser("duyet").get(address).status_code == 404


@pytest.mark.parametrize("query", ["old=1&new=2", "old=v1&new=v2", ""])
def test_two_versions_come_with_their_changes_tracked(
    query: str, desk: Desk, revised: Plan
) -> None:
    answer = desk.browser("duyet").get(f"/plans/{revised.id}/redline.docx?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == WORD
    assert "so-sanh-tuyen-truyen-theo-cach-moi-v1-v2.docx" in answer.headers["Content-Disposition"]
    body = part(answer.data)[0]
    inserted = ["".join(node.itertext()) for node in body.iter(f"{W}ins")]
    assert "theo cách mới" in " ".join(inserted)
    assert {node.get(f"{W}author") for node in body.iter(f"{W}ins")} == {"Phiên bản 2"}


def test_the_working_text_can_be_the_newer_one(desk: Desk, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    rewrite(office, plan, "Chưa trình ai")
    address = f"/plans/{plan.id}/redline.docx?old=1&new=draft"
    answer = desk.browser("soan").get(address)
    assert "Chưa trình ai" in " ".join(part(answer.data).itertext())
    assert desk.browser("duyet").get(address).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "versions/9/docx",
        "redline.docx?old=9&new=1",
        "redline.docx?old=1&new=9",
        "redline.docx?old=x",
        "redline.docx",
    ],
)
def test_what_is_not_there_is_not_found(path: str, desk: Desk, office: Office) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    assert desk.browser("duyet").get(f"/plans/{plan.id}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["versions/1/docx", "draft.docx", "redline.docx?old=1&new=2"])
def test_outsiders_learn_nothing(path: str, desk: Desk, revised: Plan) -> None:
    assert desk.browser("tri").get(f"/plans/{revised.id}/{path}").status_code == 404
    assert desk.app.test_client().get(f"/plans/{revised.id}/{path}").status_code == 302
    unknown = f"/plans/{UUID(int=1)}/{path}"
    assert desk.browser("duyet").get(unknown).status_code == 404


def test_the_word_file_of_a_draft_has_the_lines_of_signature_of_its_signer(
    desk: Desk, office: Office
) -> None:
    plan = office.draft()
    data = desk.browser("soan").get(f"/plans/{plan.id}/draft.docx").data
    [closing] = [
        table for table in Document(io.BytesIO(data)).tables if "Nơi nhận" in str(cells(table))
    ]
    assert "KT. CHỦ TỊCH" in cells(closing)[-1]
    assert "Đặng Quốc Ký" in cells(closing)[-1]
