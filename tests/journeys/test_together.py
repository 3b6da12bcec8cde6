"""Two people in one paragraph, at two browsers, while the server dies and comes back."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Config
from tests.factories import Office, short_plan
from tests.journeys.browser import PHONE, Person, opened
from tests.journeys.stack import Stack, served
from workflows.models.plan import Plan
from workflows.models.text import TextStep
from workflows.queries.working_text import text_at

pytestmark = pytest.mark.browser

TEXT = "() => window.trinhKy.view.state.doc.textContent"
SAVED = "() => window.trinhKy.collab.unsent === 0"
# Puts the caret into the first clause, so many letters in.
PLACE = """
(letters) => {
  const view = window.trinhKy.view;
  let at = null;
  view.state.doc.forEach((node, offset) => {
    if (at === null && node.type.name === "clause") at = offset + 1;
  });
  const selection = view.state.selection.constructor;
  view.focus();
  view.dispatch(view.state.tr.setSelection(selection.near(view.state.doc.resolve(at + letters))));
}
"""


@pytest.fixture
def stack(office_config: Config, valkey: object, tmp_path: Path) -> Iterator[Stack]:
    with served(office_config, tmp_path / "logs", workers=()) as running:
        yield running


@pytest.fixture
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


def at_the_text(
    browser: Browser, stack: Stack, who: str, plan_id: UUID, size: tuple[int, int] = (1366, 768)
) -> Person:
    person = Person(browser, stack.address, who, size)
    person.go(f"/plans/{plan_id}/edit")
    person.page.wait_for_function("() => window.trinhKy && window.trinhKy.view")
    return person


def same_text(*people: Person) -> str:
    """Wait until nobody has anything unsent and all see one text; returns it.

    All are asked anew each time: who has sent everything may not have heard of the others yet.
    """
    for _ in range(600):
        seen = {person.page.evaluate(TEXT) for person in people}
        if len(seen) == 1 and all(person.page.evaluate(SAVED) for person in people):
            return str(seen.pop())
        people[0].page.wait_for_timeout(100)
    raise AssertionError(f"never one text: {seen}")


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    stack: Stack, browser: Browser, office: Office, session: Session
) -> None:
    plan_id = office.draft(short_plan()).id
    first = at_the_text(browser, stack, "soan", plan_id)
    second = at_the_text(browser, stack, "thao", plan_id)
    first.page.evaluate(PLACE, 4)
    second.page.evaluate(PLACE, 10)
    words = {first: [f"ệa{n:02d}" for n in range(24)], second: [f"ộb{n:02d}" for n in range(24)]}
    for turn in range(24):
        if turn == 8:
            stack.kill("web")
        if turn == 14:
            # Typed on without a server; the page says that it is not saved.
            first.page.get_by_text(re.compile("Mất kết nối")).first.wait_for()
            stack.restart("web")
        for person, own in words.items():
            for letter in own[turn] + " ":
                person.page.keyboard.type(letter)
    text = same_text(first, second)

    for person, own in words.items():
        assert [word for word in own if word not in text] == [], person.who
    stored = session.get_one(Plan, plan_id)
    assert text_at(session, plan_id, stored.text_version).text_content == text
    authors = set(session.scalars(select(TextStep.author_id).where(TextStep.plan_id == plan_id)))
    assert authors == {office.soan.id, office.thao.id}
    first.shoot("together")


def test_the_editor_fits_a_phone(stack: Stack, browser: Browser, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    drafter = at_the_text(browser, stack, "soan", plan_id, PHONE)
    drafter.page.evaluate(PLACE, 0)
    drafter.page.keyboard.type("Gõ trên điện thoại. ")

    assert "Gõ trên điện thoại." in same_text(drafter)
    drafter.shoot("editor-phone")
    assert drafter.complaints == []
