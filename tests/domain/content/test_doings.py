"""A group of changes is told as what it does to the clauses."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import short_plan
from workflows.domain.content.blocks import blocks
from workflows.domain.content.changes import changes_between
from workflows.domain.content.doings import Doing, doing_of
from workflows.domain.content.schema import parse

Doc = dict[str, Any]
OPENING = "Phần mở đầu, đoạn thứ 1"
FIRST, SECOND = "Mục I, đoạn thứ 1", "Mục I, đoạn thứ 2"


def move(clauses: list[Doc]) -> None:
    clauses.insert(1, clauses.pop(2))


def move_up_and_raise(clauses: list[Doc]) -> None:
    clauses.insert(0, clauses.pop(2))
    clauses[0]["attrs"]["level"] = "sec"


def split(clauses: list[Doc]) -> None:
    second = copy.deepcopy(clauses[1])
    second["attrs"]["id"] = "aaaaaaaaaaaa"
    text = clauses[1]["content"][0]["text"]
    clauses[1]["content"][0]["text"] = text[:20]
    second["content"][0]["text"] = text[20:]
    clauses.insert(2, second)


def join(clauses: list[Doc]) -> None:
    clauses[1]["content"] += clauses.pop(2)["content"]


def add(clauses: list[Doc]) -> None:
    more = {"type": "text", "text": "Mục mới"}
    attrs = {"id": "aaaaaaaaaaaa", "level": "dash"}
    clauses.insert(2, {"type": "clause", "attrs": attrs, "content": [more]})


def level(clauses: list[Doc]) -> None:
    clauses[1]["attrs"]["level"] = "plus"


def word(clauses: list[Doc]) -> None:
    clauses[1]["content"][0]["text"] += " nữa"


@pytest.mark.parametrize(
    ("edit", "doing"),
    [
        (move, Doing("moved", (SECOND,), 1, "Mục I")),
        (move_up_and_raise, Doing("moved", (SECOND,), 1, OPENING, is_reworded=True)),
        (split, Doing("split", (FIRST,), 2)),
        (join, Doing("joined", (FIRST, SECOND), 2)),
        (add, Doing("added", count=1, after=FIRST)),
        (lambda clauses: clauses.pop(2), Doing("removed", (SECOND,), 1)),
        (level, Doing("leveled", (FIRST,), 1, levels=("dash", "plus"))),
        (word, None),
    ],
)
def test_what_is_done_is_told(edit: Callable[[list[Doc]], None], doing: Doing | None) -> None:
    doc = short_plan()
    base, places = parse(doc), {each.id: each.place for each in blocks(doc)}
    clauses = [node for node in doc["content"] if node["type"] == "clause"]
    at = doc["content"].index(clauses[0])
    edited = copy.deepcopy(clauses)
    edit(edited)
    content = [*doc["content"][:at], *edited, *doc["content"][at + len(clauses) :]]
    changes = changes_between(base, parse({**doc, "content": content}))

    assert doing_of(base, places, changes) == doing
