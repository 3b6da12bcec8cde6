"""A chain of events shows where it was touched, whatever was done to it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.evidence import GENESIS, event_hash, first_break


def chain(length: int) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        event = {"seq": seq, "act": "approve", "actor_name": f"Người {seq}"}
        event["previous_hash"] = previous
        previous = event["hash"] = event_hash(event)
        events.append(event)
    return events


def broken_at(events: list[dict[str, Any]], whole: list[dict[str, Any]]) -> int | None:
    head = whole[-1]
    found = first_break(events, head_seq=head["seq"], head_hash=head["hash"])
    return found.seq if found else None


@given(st.integers(1, 12))
def test_a_chain_as_written_has_no_break(length: int) -> None:
    assert broken_at(chain(length), chain(length)) is None


@given(st.integers(1, 12), st.data())
def test_a_changed_event_is_named(length: int, data: st.DataObject) -> None:
    events = chain(length)
    at = data.draw(st.integers(0, length - 1))
    events[at]["actor_name"] = "Kẻ khác"

    assert broken_at(events, chain(length)) == at + 1


@given(st.integers(1, 12), st.data())
def test_a_changed_event_with_a_new_hash_breaks_the_next_link(
    length: int, data: st.DataObject
) -> None:
    events = chain(length)
    at = data.draw(st.integers(0, length - 1))
    events[at]["actor_name"] = "Kẻ khác"
    events[at]["hash"] = event_hash(events[at])

    assert broken_at(events, chain(length)) == min(at + 2, length)


@given(st.integers(1, 12), st.data())
def test_a_missing_event_is_named(length: int, data: st.DataObject) -> None:
    events = chain(length)
    at = data.draw(st.integers(0, length - 1))
    del events[at]

    assert broken_at(events, chain(length)) == at + 1


def test_an_empty_record_is_whole() -> None:
    assert first_break([], head_seq=0, head_hash=GENESIS) is None
