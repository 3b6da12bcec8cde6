"""From where a text is read: what this process remembers, or the newest snapshot."""

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import Office, short_plan
from workflows.domain.content.edits import Edited, replay
from workflows.models.plan import Plan
from workflows.models.text import SNAPSHOT_EVERY
from workflows.queries import working_text
from workflows.services.writing import append_steps

Replayed = list[int]


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> Replayed:
    """Collect how many steps each reading replays."""
    counts: Replayed = []

    def counting(doc: Any, steps: Iterable[Any]) -> Edited:
        counts.append(len(found := list(steps)))
        return replay(doc, found)

    monkeypatch.setattr(working_text, "replay", counting)
    return counts


def type_letters(office: Office, plan: Plan, count: int) -> None:
    slice_ = {"content": [{"type": "text", "text": "x"}]}
    append_steps(
        office.session,
        plan_id=plan.id,
        base=plan.text_version,
        steps=[{"stepType": "replace", "from": 1, "to": 1, "slice": slice_}] * count,
        client_id="abcdefgh",
        actor=office.soan,
        now=office.now,
    )
    office.session.refresh(plan)


def read(session: Session, plan: Plan) -> str:
    node = working_text.text_at(session, plan.id, plan.text_version)
    session.rollback()
    return node.child(0).text_content


def test_a_process_that_fell_behind_begins_at_the_newest_snapshot(
    session: Session, office: Office, replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = office.draft(short_plan())
    type_letters(office, plan, 1)
    fell_behind = working_text._recent
    monkeypatch.setattr(working_text, "_recent", working_text._Recent())
    type_letters(office, plan, 2 * SNAPSHOT_EVERY)
    type_letters(office, plan, 3)
    monkeypatch.setattr(working_text, "_recent", fell_behind)
    replayed.clear()
    assert read(session, plan).startswith("x" * (2 * SNAPSHOT_EVERY + 4))
    assert replayed == [3]


def test_what_a_process_remembers_saves_reading_a_snapshot(
    session: Session, office: Office, replayed: Replayed
) -> None:
    plan = office.draft(short_plan())
    type_letters(office, plan, SNAPSHOT_EVERY - 1)
    type_letters(office, plan, 3)
    replayed.clear()
    assert read(session, plan).startswith("x" * (SNAPSHOT_EVERY + 2))
    assert replayed == [0]
