"""Who changed which block: nothing that differs between two texts is without its author."""

from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import clause, documents, plan
from workflows.domain.content.authorship import Authored, Credit, authors_after, authors_before
from workflows.domain.content.blocks import blocks
from workflows.domain.content.canonical import sound
from workflows.domain.content.changes import changes_between, steps_of
from workflows.domain.content.edits import replay
from workflows.domain.content.schema import parse

LAN, MAI = Credit("Lan"), Credit("Mai")


def written(docs: list[dict[str, Any]], authors: list[Credit]) -> list[Authored]:
    """The steps from each text to the next."""
    log = []
    for (old, new), author in zip(pairwise(docs), authors, strict=True):
        node = parse(old)
        steps = [step.to_json() for step in steps_of(node, changes_between(node, parse(new)))]
        if steps:
            edited = replay(node, steps)
            log += [Authored(*each, author) for each in zip(steps, edited.ranges, strict=True)]
    return log


def body(*texts: tuple[str, str]) -> dict[str, Any]:
    return sound(plan(*(clause(f"{name}aaaaaaaaa", words) for name, words in texts)))


def test_each_block_is_credited_to_whoever_changed_it() -> None:
    first = body(("a", "Một việc"), ("b", "Hai việc"), ("c", "Ba việc"), ("d", "Bốn việc"))
    second = body(("a", "Một việc nhỏ"), ("b", "Hai việc"), ("c", "Ba việc"), ("d", "Bốn việc"))
    third = body(("x", "Mới"), ("a", "Một việc nhỏ"), ("b", "Hai điều"), ("d", "Bốn việc"))
    fourth = body(("x", "Mới"), ("a", "Một việc rất nhỏ"), ("b", "Hai điều"), ("d", "Bốn việc"))
    steps = written([first, second, third, fourth], [LAN, MAI, MAI])

    after = {key[0]: who for key, who in authors_after(parse(fourth), steps).items()}
    before = {key[0]: who for key, who in authors_before(parse(first), steps).items()}

    assert after == {"a": {LAN, MAI}, "b": {MAI}, "x": {MAI}}
    assert before == {"a": {LAN, MAI}, "b": {MAI}, "c": {MAI}}


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(documents(), min_size=2, max_size=3))
def test_whatever_differs_has_an_author(docs: list[dict[str, Any]]) -> None:
    docs = [sound(doc) for doc in docs]
    steps = written(docs, [LAN, MAI][: len(docs) - 1])
    was, now = ({each.id: each.text for each in blocks(doc)} for doc in (docs[0], docs[-1]))
    after, before = authors_after(parse(docs[-1]), steps), authors_before(parse(docs[0]), steps)
    assert {key for key in now if key not in was} <= after.keys()
    assert {key for key in was if key not in now} <= before.keys()
    assert {key for key in now if was.get(key, now[key]) != now[key]} <= after.keys()
