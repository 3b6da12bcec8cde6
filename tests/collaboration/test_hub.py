"""How many pages a web process holds: nobody takes the places of all others."""

from uuid import uuid4

import pytest

from portal.collaboration.hub import MOST_OF_PERSON, MOST_OF_PLAN, Hub, Page


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    """Give a hub that nobody tells anything but the test."""
    monkeypatch.setattr(Hub, "_listen", lambda _self: None)
    return Hub("redis://nowhere.invalid")


def page(person: int, number: int = 0) -> Page:
    return Page(f"client{number:06d}", person, "Ai đó", "Chuyên viên", 0)


def test_one_person_holds_so_many_pages_and_leaves_room_for_others(hub: Hub) -> None:
    plan_id = uuid4()
    pages = [page(1, number) for number in range(MOST_OF_PERSON)]
    assert all(hub.enter(plan_id, each) for each in pages)
    assert not hub.enter(uuid4(), page(1))
    assert hub.enter(plan_id, page(2))
    hub.leave(plan_id, pages[0])
    assert hub.enter(uuid4(), page(1))


def test_one_plan_holds_so_many_pages(hub: Hub) -> None:
    plan_id = uuid4()
    assert all(hub.enter(plan_id, page(person)) for person in range(MOST_OF_PLAN))
    assert not hub.enter(plan_id, page(MOST_OF_PLAN))
    assert hub.enter(uuid4(), page(MOST_OF_PLAN))


def test_nobody_speaks_for_the_page_of_somebody_else(hub: Hub) -> None:
    plan_id = uuid4()
    mine, forged, watching = page(1), page(2), page(3)
    for each in (mine, forged, watching):
        hub.enter(plan_id, each)
    hub.take(plan_id, {"kind": "cursor", "page": mine.key, "person": {"client": mine.client}})
    hub.take(plan_id, {"kind": "left", "page": forged.key})

    told = [watching.inbox.get_nowait() for _ in range(watching.inbox.qsize())]
    assert told[-1]["people"] == [{"client": mine.client}]
