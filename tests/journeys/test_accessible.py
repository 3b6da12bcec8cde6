"""What axe-core finds on the pages where texts are written, read and compared: nothing serious."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from config import Config
from tests.factories import Office
from tests.journeys.browser import DESK, PHONE, Person, opened
from tests.journeys.stack import Stack, served
from workflows.domain.content.changes import changes_between
from workflows.domain.content.schema import parse
from workflows.domain.machine import PlanState
from workflows.models.plan import Plan
from workflows.services.discussion import open_thread
from workflows.services.suggestions import propose

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def office_config(standing_config: Config) -> Config:
    """One office and one server for all tests here; each has plans of its own."""
    return standing_config


@pytest.fixture(scope="module")
def stack(office_config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with served(office_config, tmp_path_factory.mktemp("logs"), workers=()) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


def graves(person: Person) -> list[str]:
    """The serious findings on the page as it is, each with the elements it is about."""
    response: dict[str, Any] = Axe().run(person.page).response
    return [
        f"{found['id']}: {json.dumps([node['target'] for node in found['nodes']])}"
        for found in response["violations"]
        if found["impact"] in GRAVE
    ]


def discussed(office: Office, state: PlanState) -> Plan:
    """A plan with a remark, a proposed wording and, once submitted, two versions."""
    plan = office.plan(state)
    who = office.soan if state is PlanState.DRAFT else office.duyet
    doc = office.text(plan)
    open_thread(
        office.session,
        plan_id=plan.id,
        version=plan.text_version,
        start=3,
        end=9,
        text="Viết rõ hơn.",
        demands_answer=True,
        actor=who,
        now=office.now,
    )
    clause = next(node for node in doc["content"] if node["type"] == "clause")
    clause["content"] = [{"type": "text", "text": "MỤC TIÊU, YÊU CẦU"}]
    assert changes_between(parse(office.text(plan)), parse(doc))
    propose(
        office.session,
        plan_id=plan.id,
        version=plan.text_version,
        doc=doc,
        note="",
        actor=who,
        now=office.now,
    )
    return plan


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_a_draft_have_no_grave_fault(
    stack: Stack, browser: Browser, office: Office, size: tuple[int, int]
) -> None:
    plan = discussed(office, PlanState.DRAFT)
    soan = Person(browser, stack.address, "soan", size)
    for path in ("/edit", "/review", "", "/revisions", "/writers", "/submit"):
        soan.go(f"/plans/{plan.id}{path}")
        if path in ("/edit", "/review"):
            soan.page.wait_for_function("() => window.trinhKy && window.trinhKy.view")
        assert graves(soan) == [], path
    assert soan.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_a_version_have_no_grave_fault(
    stack: Stack, browser: Browser, office: Office, size: tuple[int, int]
) -> None:
    plan = discussed(office, PlanState.UNIT_REVIEW)
    duyet = Person(browser, stack.address, "duyet", size)
    for path in ("/review", "", "/redline?old=v1&new=v1", "/versions/1", "/approve", "/answers"):
        duyet.go(f"/plans/{plan.id}{path}")
        if path == "/review":
            duyet.page.wait_for_function("() => window.trinhKy && window.trinhKy.view")
        assert graves(duyet) == [], path
    assert duyet.complaints == []


def test_a_redline_with_changes_has_no_grave_fault(
    stack: Stack, browser: Browser, office: Office
) -> None:
    plan = office.plan(PlanState.DRAFT)
    office.submit(plan)
    office.take_back(plan)
    doc = office.text(plan)
    clauses = [node for node in doc["content"] if node["type"] == "clause"]
    clauses[0]["content"] = [{"type": "text", "text": "MỤC TIÊU, YÊU CẦU"}]
    doc["content"].remove(clauses[2])
    office.save(plan, doc)
    soan = Person(browser, stack.address, "soan")
    soan.go(f"/plans/{plan.id}/redline?old=v1&new=draft")
    soan.page.locator("ins").first.wait_for()

    assert graves(soan) == []
    soan.shoot("redline")


def test_the_choices_of_a_rollover_outlive_a_reload_and_its_page_has_no_grave_fault(
    stack: Stack, browser: Browser, office: Office
) -> None:
    plan = office.plan(PlanState.ISSUED)
    soan = Person(browser, stack.address, "soan", PHONE)
    soan.go(f"/plans/new/from/{plan.id}?year=2027")
    assert graves(soan) == []
    kept = soan.page.get_by_text("Đã lấy lại các lựa chọn")
    assert not kept.is_visible()
    event = soan.page.get_by_role("group", name="SEA Games 31", exact=True)
    event.get_by_label("Thay bằng").check()
    event.get_by_label("Chữ thay cho").fill("Giải chạy")
    soan.page.reload()
    assert kept.is_visible()
    assert event.get_by_label("Thay bằng").is_checked()
    assert event.get_by_label("Chữ thay cho").input_value() == "Giải chạy"
    assert graves(soan) == []
    soan.shoot("rollover")
    # Another year finds its own words anew, and leaves what the person set.
    soan.go(f"/plans/new/from/{plan.id}?year=2028")
    assert kept.is_visible()
    assert event.get_by_label("Chữ thay cho").input_value() == "Giải chạy"
    soan.go(f"/plans/new/from/{plan.id}?year=2027")
    # It is kept for this person alone.
    assert f"rollover {office.soan.id} {plan.id}" in soan.page.evaluate("Object.keys(localStorage)")
    soan.press("Đặt lại theo gợi ý")
    assert event.get_by_label("Xem lại sau").is_checked()
    soan.page.reload()
    assert not kept.is_visible()
    assert soan.complaints == []
