"""What a single change may make of a text, and how places are carried over changes."""

from typing import Any

import pytest

from workflows.domain.content import edits
from workflows.domain.content.edits import Place, apply, carry
from workflows.domain.content.schema import SCHEMA, parse
from workflows.domain.errors import UnfitText


def text_of(*words: str) -> Any:
    clauses = [
        {
            "type": "clause",
            "attrs": {"id": f"clause{number:06d}", "level": "para"},
            "content": [{"type": "text", "text": each}],
        }
        for number, each in enumerate(words)
    ]
    ends = [
        {"type": "recipients", "attrs": {"filing": ""}},
        {"type": "signature", "attrs": {"id": "signature00"}},
    ]
    title = {"type": "title", "attrs": {"id": "title000000"}}
    return SCHEMA.node_from_json({"type": "doc", "content": [title, *clauses, *ends]})


def put(at: int, *runs: dict[str, Any], to: int | None = None) -> dict[str, Any]:
    slice_ = {"slice": {"content": list(runs)}} if runs else {}
    return {"stepType": "replace", "from": at, "to": at if to is None else to, **slice_}


def test_a_batch_is_taken_whole_or_not_at_all() -> None:
    doc = text_of("một", "hai")
    good, bad = put(4, {"type": "text", "text": "x"}), put(10_000, {"type": "text", "text": "y"})
    assert apply(doc, [good]).doc.text_content == "mxộthai"
    with pytest.raises(UnfitText):
        apply(doc, [good, bad])
    assert doc.text_content == "mộthai"


def test_letters_with_a_face_each_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "MAX_NODES", 200)
    faced = [
        {"type": "text", "text": "a", **({"marks": [{"type": "strong"}]} if n % 2 else {})}
        for n in range(120)
    ]
    doc = apply(text_of("một", "hai"), [put(3, *faced)]).doc
    with pytest.raises(UnfitText):
        apply(doc, [put(3, *faced)])


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([[0, 0, 5]], Place(15, 25)),
        ([[12, 3, 0]], Place(10, 17)),
        ([[5, 30, 0]], Place(5, 5, is_gone=True)),
        # Typed at its edges, letters do not belong to the passage.
        ([[10, 0, 2], [22, 0, 2]], Place(12, 22)),
        ([[5, 30, 0], [0, 0, 4]], Place(9, 9, is_gone=True)),
    ],
)
def test_a_passage_is_carried_over_changes(ranges: list[list[int]], expected: Place) -> None:
    assert carry(Place(10, 20), ranges) == expected


def test_what_is_applied_still_parses() -> None:
    doc = apply(text_of("một", "hai"), [put(4, {"type": "text", "text": "😀"})]).doc
    assert parse(doc.to_json())
