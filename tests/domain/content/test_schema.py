"""Nothing off the schema comes in, and nothing but UnfitText comes out."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import clause, documents, ids, node, plan
from workflows.domain.content.canonical import normalise
from workflows.domain.content.schema import empty_doc, parse
from workflows.domain.content.shape import SPEC
from workflows.domain.errors import UnfitText


def _nested(depth: int) -> Any:
    doc: Any = {"type": "clause"}
    for _ in range(depth):
        doc = {"type": "doc", "content": [doc]}
    return doc


def _with(**attrs: Any) -> Any:
    return plan(node("clause", "a", **{"id": "clause0001", "level": "para", **attrs}))


def _cell(content: Any = None, **attrs: Any) -> Any:
    cell = node("table_cell", content or clause("cell000001", "a"), **attrs)
    return plan(node("table", node("table_row", cell), id="table00001"))


def _recipient(**attrs: Any) -> Any:
    given = {"id": "recipient1", "target": None, "purpose": None, **attrs}
    return plan(recipients=node("recipients", node("recipient", "A", **given), filing="VT"))


def _signature(**attrs: Any) -> Any:
    given = {"id": "signature1", "position": None, "lines": [], "name": "", **attrs}
    return plan(signature=node("signature", **given))


MALFORMED: list[Any] = [
    *(None, 1, "doc", [], {}, {"type": 1}, {"type": ["doc"]}, {"type": "doc"}),
    {"type": "doc", "content": "abc"},
    {"type": "doc", "content": {"type": "title"}},
    {"type": "doc", "content": [None]},
    {"type": "doc", "content": [1]},
    {"type": "clause", "attrs": {"id": "clause0001", "level": "para"}},
    {"type": "video"},
    {**plan(), "more": 1},
    {**plan(), "text": "a"},
    {**plan(), "attrs": {"id": "x"}},
    {**plan(), "marks": [{"type": "strong"}]},
    _nested(7),
    _nested(5_000),
    _nested(100_000),
    plan(*(clause(f"clause{at:05d}", "a") for at in range(40_000))),
    plan(clause("clause0001", "a" * 2_000_001)),
    plan(clause("clause0001", "\ud800")),
    plan(node("title", "hai lần", id="title00002")),
    plan(title=None),
    plan(title=node("title", id="title00001", level="para")),
    plan(title=node("title", {"type": "hard_break"}, id="title00001")),
    plan(
        title=node(
            "title", {"type": "text", "text": "a", "marks": [{"type": "em"}]}, id="title00001"
        )
    ),
    plan(recipients=None),
    plan(signature=None),
    plan(node("clause", {"type": "text"}, id="clause0001", level="para")),
    plan(node("clause", {"type": "text", "text": 1}, id="clause0001", level="para")),
    plan(node("clause", {"type": "text", "text": ""}, id="clause0001", level="para")),
    plan(
        node("clause", {"type": "text", "text": "a", "content": []}, id="clause0001", level="para")
    ),
    plan(node("clause", clause("clause0002", "a"), id="clause0001", level="para")),
    *(
        plan(
            node(
                "clause",
                {"type": "text", "text": "a", "marks": marks},
                id="clause0001",
                level="para",
            )
        )
        for marks in (
            *(
                "strong",
                ["strong"],
                [{}],
                [{"type": "link"}],
                [{"type": "strong", "attrs": {"a": 1}}],
            ),
            [{"type": 1}],
            [{"type": "strong", "more": 1}],
            [{"type": "strong"}, {"type": "strong"}],
            [{"type": "em"}] * 3,
        )
    ),
    *(_with(level=level) for level in ("chapter", "", None, 1, ["para"], {"a": 1}, True)),
    *(
        _with(id=each)
        for each in (None, "", "short", "Title00001", "tit-e00001", "a" * 41, 1, "title00001")
    ),
    _with(align="left"),
    plan({"type": "clause", "attrs": []}),
    plan({"type": "clause", "attrs": "id"}),
    plan({"type": "clause"}),
    plan(node("table", id="table00001")),
    plan(node("table", node("table_row"), id="table00001")),
    *(_cell(colspan=each) for each in (0, -1, 41, 1.0, "2", True, None, 10**9)),
    *(_cell(rowspan=each) for each in (0, -1, 1_001, "2", [1])),
    *(_cell(colwidth=each) for each in ([], ["a"], [1.5], [-1], [None], "100", 100, {}, [[1]])),
    _cell(clause("cell000001", "a", "pt")),
    *(_recipient(target=each) for each in ("", "có dấu", " ", 1, ["a"], "-a")),
    *(_recipient(purpose=each) for each in ("", " ", 1)),
    plan(recipients=node("recipients", filing=None)),
    *(_signature(position=each) for each in ("", "có dấu", 1, "a" * 65)),
    *(_signature(lines=each) for each in (None, "a", [""], [" "], [1], [None], {})),
    *(_signature(name=each) for each in (None, 1, [])),
    plan(node("annex", id="annex00001")),
]


@pytest.mark.parametrize("at", range(len(MALFORMED)))
def test_malformed_input_is_unfit_and_never_another_error(at):
    with pytest.raises(UnfitText) as refusal:
        parse(MALFORMED[at])
    assert refusal.value.faults
    assert "Nội dung gửi lên không đúng" in str(refusal.value)


@pytest.mark.parametrize("at", range(len(MALFORMED)))
def test_normalising_malformed_input_fails_no_other_way(at):
    try:
        normalise(MALFORMED[at])
    except UnfitText as refusal:
        at = len(refusal.faults)
    assert at >= 0


_json = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
        st.sampled_from([*SPEC["nodes"], "strong", "em", "para"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "attrs", "content", "marks", "text", "id", "level"]),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(documents(), _json, st.data())
def test_a_document_with_one_place_spoilt_is_read_or_unfit(doc, spoiler, data):
    places = list(_places(doc))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = spoiler
    try:
        read = parse(doc).to_json()
    except UnfitText as refusal:
        read = refusal.faults
    assert read


def _places(value: Any) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in list(pairs):
        yield value, key
        if isinstance(each, dict | list):
            yield from _places(each)


@given(documents())
@settings(max_examples=25, deadline=None)
def test_a_sound_document_is_read_as_it_is(doc):
    assert parse(doc).to_json() == doc
    assert parse(json.loads(json.dumps(doc))).to_json() == doc


def test_an_empty_plan_parses():
    assert parse(empty_doc(ids())).to_json() == empty_doc(ids())


def test_the_schema_file_is_plain_data_in_the_order_of_the_plan():
    assert list(SPEC["nodes"])[:4] == ["doc", "title", "basis", "opening"]
    assert list(SPEC["marks"]) == ["strong", "em"]
    for spec in SPEC["nodes"].values():
        for attribute in spec.get("attrs", {}).values():
            assert attribute.keys() == {"default", "validate"}
