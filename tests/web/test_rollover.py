"""From the link on the new plan's page to the new plan's editor, without JavaScript."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import Office, short_plan
from tests.web.desk import hidden
from tests.web.pages import csrf_token
from workflows.domain.machine import PlanState
from workflows.models.discussion import PlanView, Thread
from workflows.models.plan import Plan

LogIn = Callable[[FlaskClient, str], FlaskClient]
YEAR = "năm 2022"
RESOLUTION = (
    "Nghị quyết số 27/NQ-HĐND ngày 08/12/2021 của Hội đồng nhân dân Thành phố "
    "về kế hoạch phát triển kinh tế - xã hội năm 2022"
)


def fields_of(page: str) -> dict[str, str]:
    """What the browser would send of the second form, as the page stands."""
    form = page.split('<form method="post"', 2)[-1]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
        is_off = 'type="radio"' in tag and " checked" not in tag
        if name and not is_off:
            found[unescape(name[1])] = unescape(value[1]) if value else ""
    for name, options in re.findall(
        r'<select[^>]*?name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option[^>]*?value="([^"]*)"[^>]*\bselected', options) or re.search(
            r'<option[^>]*\bselected[^>]*?value="([^"]*)"', options
        )
        assert chosen, name
        found[name] = chosen[1]
    return found


def group(page: str, found: str) -> str:
    """The key of the group whose legend is *found*."""
    pattern = rf'id="f-(\w+)">\s*<legend>\s*<mark>{re.escape(found)}</mark>'
    key = re.search(pattern, unescape(page))
    assert key, found
    return key[1]


def passages(page: str, key: str) -> list[str]:
    """The ids of the passages in a group."""
    inside = page.split(f'id="f-{key}"', 1)[1].split("</fieldset>", 1)[0]
    return re.findall(r'name="p\.([^"]+)"', inside)


def address(source_id: UUID, year: int = 2027) -> str:
    return f"/plans/new/from/{source_id}?year={year}"


def title_of(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found
    return unescape(found[1]).strip()


@pytest.fixture
def source_id(office: Office) -> UUID:
    """Give an issued plan, the real one."""
    return office.plan(PlanState.ISSUED).id


@pytest.fixture
def drafter(client: FlaskClient, log_in: LogIn) -> FlaskClient:
    return log_in(client, "soan")


def send(client: FlaskClient, source_id: UUID, **changes: Any) -> TestResponse:
    page = client.get(address(source_id)).text
    return client.post(address(source_id), data={**fields_of(page), **changes})


def new_plans(session: Session, source_id: UUID) -> list[Plan]:
    session.rollback()
    return list(session.scalars(select(Plan).where(Plan.id != source_id)))


def test_the_way_from_the_new_plans_page(drafter: FlaskClient, source_id: UUID) -> None:
    assert 'href="/plans/new/from"' in drafter.get("/plans/new").text
    page = drafter.get("/plans/new/from?q=tuyen+truyen&year=2027").text
    assert f'formaction="/plans/new/from/{source_id}"' in page
    assert 'value="2027"' in page
    assert "Không có kế hoạch đã ban hành" in drafter.get("/plans/new/from?q=xyz").text


def test_the_page_lists_what_was_found_by_kind_with_its_sentence(
    drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    page = drafter.get(address(source_id)).text
    assert title_of(page) == "Kế hoạch mới từ kế hoạch năm 2022"
    for heading in ("Năm và giai đoạn", "Ngày, tháng, quý", "Cơ quan, thuật ngữ", "Chủ đề của năm"):
        assert heading in page
    assert re.search(r"truyền sự kiện <mark>SEA Games 31</mark> dự kiến", page)
    assert "thay 35 chỗ" in page
    assert "Nguồn: Nghị định số 42/2022/NĐ-CP" in page
    assert len(passages(page, group(page, YEAR))) == 24
    looks = session.scalars(select(PlanView.page).where(PlanView.plan_id == source_id)).all()
    assert looks == ["rollover"]


def test_the_page_as_it_stands_makes_the_plan_and_leads_to_its_editor(
    drafter: FlaskClient, source_id: UUID, office: Office, session: Session
) -> None:
    answer = send(drafter, source_id)
    [plan] = new_plans(session, source_id)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/plans/{plan.id}/edit")
    assert drafter.get(answer.location).status_code == 200
    assert plan.title.endswith("năm 2027")
    text = str(office.text(plan))
    assert text.count("năm 2022") == 1
    assert len(session.scalars(select(Thread).where(Thread.plan_id == plan.id)).all()) == 36


def test_the_new_plan_leads_to_a_comparison_with_the_old_one(
    drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    edit = send(drafter, source_id).location
    [plan] = new_plans(session, source_id)
    compared = f"/plans/{plan.id}/redline?old=origin"
    for page in (edit, f"/plans/{plan.id}"):
        assert f'href="{compared}"' in drafter.get(page).text
    page = unescape(drafter.get(compared).text)
    assert "Kế hoạch năm trước, số 01/KH-UBND" in page
    assert drafter.get(compared.replace("redline?", "redline.docx?")).status_code == 200
    assert drafter.get(compared.replace("redline?", "redline.pdf?")).status_code == 200
    looks = session.scalars(select(PlanView.page).where(PlanView.plan_id == source_id)).all()
    assert set(looks) == {"rollover", "redline", "redline-docx"}


def test_what_the_drafter_changed_is_what_is_done(
    drafter: FlaskClient, source_id: UUID, office: Office, session: Session
) -> None:
    page = drafter.get(address(source_id)).text
    years, sea = group(page, YEAR), group(page, "SEA Games 31")
    department = group(page, "Sở Thông tin và Truyền thông")
    first, second, *rest = passages(page, department)
    title = passages(page, years)[0]
    changes = {
        f"p.{title}": "keep",
        f"g.{sea}": "replace",
        f"w.{sea}": "Đại hội Thể thao  toàn quốc",
        f"g.{department}": "replace",
        f"p.{first}": "later",
        f"q.{second}": "Sở Văn hóa và Thể thao",
    }
    drafter.post(address(source_id), data={**fields_of(page), **changes})
    [plan] = new_plans(session, source_id)
    text = str(office.text(plan))
    assert plan.title.endswith("năm 2022")
    assert "sự kiện Đại hội Thể thao toàn quốc dự kiến" in text.replace("  ", " ")
    assert text.count("Sở Thông tin và Truyền thông") == 1
    assert text.count("Sở Khoa học và Công nghệ") == len(rest)


def test_a_second_click_makes_no_second_plan(
    drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    fields = fields_of(drafter.get(address(source_id)).text)
    answers = [drafter.post(address(source_id), data=fields) for _ in range(3)]
    [plan] = new_plans(session, source_id)
    assert {answer.location for answer in answers} == {f"/plans/{plan.id}/edit"}
    assert send(drafter, source_id).status_code == 303
    assert len(new_plans(session, source_id)) == 2


def test_what_is_wrong_is_told_at_its_place_and_nothing_typed_is_lost(
    drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    page = drafter.get(address(source_id)).text
    years, sea = group(page, YEAR), group(page, "SEA Games 31")
    theme = group(page, "Kỷ cương, trách nhiệm, hành động, sáng tạo, phát triển")
    answer = drafter.post(
        address(source_id),
        data={
            **fields_of(page),
            f"g.{sea}": "replace",
            f"w.{sea}": "",
            f"g.{theme}": "replace",
            f"w.{theme}": "Kỷ cương 漢",
            f"w.{years}": "năm thứ 2027",
            f"g.{group(page, RESOLUTION)}": "replace",
        },
    )
    assert answer.status_code == 422
    assert f'href="#f-{sea}"' in answer.text
    assert "Hãy ghi chữ thay vào" in answer.text
    assert "U+6F22" in answer.text
    assert "thay cho dấu “…”" in answer.text
    kept = fields_of(answer.text)
    assert kept[f"w.{years}"] == "năm thứ 2027"
    assert kept[f"g.{theme}"] == "replace"
    assert kept["token"] == fields_of(page)["token"]
    assert new_plans(session, source_id) == []


def test_words_without_the_choice_to_use_them_are_not_dropped_silently(
    drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    page = drafter.get(address(source_id)).text
    theme = group(page, "Kỷ cương, trách nhiệm, hành động, sáng tạo, phát triển")
    first = passages(page, theme)[0]
    for changes in (
        {f"w.{theme}": "Kỷ cương, bứt phá"},
        {f"p.{first}": "keep", f"q.{first}": "Kỷ cương, bứt phá"},
    ):
        answer = drafter.post(address(source_id), data={**fields_of(page), **changes})
        assert answer.status_code == 422
        assert "chưa chọn “Thay bằng”" in answer.text
    assert new_plans(session, source_id) == []


def test_a_passage_is_left_out_or_the_page_says_why_not(
    drafter: FlaskClient, source_id: UUID, office: Office, session: Session
) -> None:
    page = drafter.get(address(source_id)).text
    month, sea = group(page, "tháng 5/2022"), group(page, "SEA Games 31")
    assert f'id="drop-{month}"' in page
    assert f'id="drop-{sea}"' not in page
    assert "dự kiến sẽ diễn ra tại Hà Nội" in unescape(page)
    fields = fields_of(page)
    answer = drafter.post(address(source_id), data={**fields, f"g.{sea}": "drop"})
    assert answer.status_code == 422
    assert "câu còn lại không trọn nghĩa. Hãy thay chữ" in answer.text
    drafter.post(address(source_id), data={**fields, f"g.{month}": "drop"})
    [plan] = new_plans(session, source_id)
    assert "dự kiến sẽ diễn ra tại Hà Nội" in str(office.text(plan))


def test_a_form_without_its_choices_its_token_or_its_unit_is_refused(
    drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    page = drafter.get(address(source_id)).text
    bare = {"csrf_token": csrf_token(page)}
    assert drafter.post(address(source_id), data=bare).status_code == 422
    for changes in ({"token": "x"}, {"token": ""}, {"unit_id": "99999"}, {"unit_id": "x"}):
        assert send(drafter, source_id, **changes).status_code == 422
    assert drafter.post(address(source_id), data={}).status_code in (400, 422)
    assert new_plans(session, source_id) == []


@pytest.mark.parametrize("year", ["2022", "1999", "2101", "0"])
def test_the_new_year_comes_after_the_old_one(
    year: str, drafter: FlaskClient, source_id: UUID, session: Session
) -> None:
    answer = drafter.get(f"/plans/new/from/{source_id}?year={year}")
    # No year at all is the usual one.
    assert answer.status_code == (200 if year == "0" else 422)
    fields = fields_of(drafter.get(address(source_id)).text)
    sent = drafter.post(f"/plans/new/from/{source_id}?year={year}", data=fields)
    assert sent.status_code == 422
    assert new_plans(session, source_id) == []


@pytest.mark.parametrize(
    "query", ["year=abc", "year=-1", "year=99999999999999", "unit_id=x&q=%00", "after=1~2", "q=%25"]
)
def test_odd_addresses_are_no_error(query: str, drafter: FlaskClient, source_id: UUID) -> None:
    assert drafter.get(f"/plans/new/from?{query}").status_code == 200
    assert drafter.get(f"/plans/new/from/{source_id}?{query}").status_code in (200, 422)


@pytest.mark.parametrize("who", ["duyet", "ky", "thanh", "tri"])
def test_only_drafters_come_in(
    who: str, client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    source_id = office.plan(PlanState.ISSUED, short_plan()).id
    browser = log_in(client, who)
    assert browser.get("/plans/new/from").status_code == 403
    assert browser.get(address(source_id)).status_code == 403
    assert browser.post(address(source_id)).status_code in (400, 403)


def test_a_plan_on_its_way_is_no_source(drafter: FlaskClient, office: Office) -> None:
    plan = office.plan(PlanState.AWAITING_SIGNATURE, short_plan())
    assert str(plan.id) not in drafter.get("/plans/new/from").text
    assert drafter.get(address(plan.id)).status_code == 409
    assert drafter.get(address(UUID(int=1))).status_code == 404


def test_what_was_put_off_is_listed_on_submission_and_ticked_to_be_left(
    drafter: FlaskClient, source_id: UUID, session: Session, office: Office, log_in: LogIn
) -> None:
    drafter.post(address(source_id), data=fields_of(drafter.get(address(source_id)).text))
    [plan] = new_plans(session, source_id)
    page = f"/plans/{plan.id}/submit"
    text = drafter.get(page).text
    assert "chỗ lấy từ kế hoạch năm trước chưa quyết định" in text
    assert f"/plans/{plan.id}/edit#thread-" in text
    form = {name: hidden(text, name) for name in ("csrf_token", "row_version", "text_version")}
    refused = drafter.post(page, data=form)
    assert refused.status_code == 422
    assert "Chưa trình. Hãy sửa, đóng góp ý" in refused.text
    asked = re.search(r'name="leaves"[^>]*value="([\d,]+)"', refused.text)
    assert asked
    assert drafter.post(page, data={**form, "leaves": asked[1]}).status_code == 303
    count = len(asked[1].split(","))
    told = log_in(drafter.application.test_client(), "duyet").get(f"/plans/{plan.id}/approve").text
    assert f"{count} chỗ lấy từ kế hoạch năm trước được để nguyên khi trình" in told
    assert f"/plans/{plan.id}#b-" in told
