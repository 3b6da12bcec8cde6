"""One text has one form: spelling, order and defaults make no second digest."""

import hashlib
import json
import unicodedata

import pytest
from hypothesis import given, settings

from tests.domain.content.documents import (
    HEADER,
    clause,
    documents,
    node,
    plan,
)
from workflows.domain.content.canonical import canonical, digest, normalise, sound
from workflows.domain.errors import UnfitText


def _digest(doc):
    return digest(canonical(HEADER, doc))


def _runs(*runs):
    content = [
        {
            "type": "text",
            "text": text,
            **({"marks": [{"type": mark} for mark in marks]} if marks else {}),
        }
        for text, *marks in runs
    ]
    return plan(node("clause", *content, id="clause0001", level="para"))


def test_the_form_is_the_documented_one():
    data = canonical(HEADER, plan(clause("clause0001", "Uỷ ban")))
    whole = json.loads(data)
    assert whole.keys() == {"format", "header", "doc"}
    assert whole["format"] == "trinh-ky/plan@1"
    assert whole["header"] == HEADER
    again = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == data
    assert digest(data) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_runs(("Uỷ ban",)), _runs((unicodedata.normalize("NFD", "Uỷ ban"),))),
        (_runs(("Uỷ ban",)), _runs(("Uỷ",), (" ban",))),
        (_runs(("ế",)), _runs(("e",), ("\u0302",), ("\u0301",))),
        (_runs(("ế",)), _runs(("e",), ("\u200b", "em"), ("\u0302\u0301",))),
        (_runs(("a b",)), _runs(("a\tb",))),
        (_runs(("a b",)), _runs(("a\r\nb",))),
        (_runs(("ab",)), _runs(("a\u200b\ufeff\u00adb",))),
        (_runs(("ab", "strong", "em")), _runs(("a", "em", "strong"), ("b", "strong", "em"))),
        (_runs(("a",)), _runs(("a",), ("", "em"))),
        (_runs(("a",)), _runs(("a",), ("\u200b", "em"))),
        (
            plan(node("clause", "a", id="clause0001")),
            plan(node("clause", "a", id="clause0001", level="para")),
        ),
        (
            plan(node("clause", {"type": "hard_break"}, id="clause0001")),
            plan(
                node("clause", {"type": "hard_break", "marks": [{"type": "em"}]}, id="clause0001")
            ),
        ),
        (
            plan(signature=node("signature", id="signature1", name="L\u00ea")),
            plan(signature=node("signature", id="signature1", name="Le\u0302")),
        ),
    ],
)
def test_the_same_text_has_the_same_digest(one, other):
    assert _digest(one) == _digest(other)


@pytest.mark.parametrize(
    "other",
    [
        _runs(("Uỷ ban\u00a0",)),
        _runs(("Uỷ ban ",)),
        _runs(("Ủy ban",)),
        _runs(("Uỷ ban", "em")),
        plan(clause("clause0002", "Uỷ ban")),
        plan(clause("clause0001", "Uỷ ban", "dash")),
    ],
)
def test_another_text_has_another_digest(other):
    assert _digest(_runs(("Uỷ ban",))) != _digest(other)


@pytest.mark.parametrize("part", list(HEADER))
def test_every_word_of_the_header_is_under_the_digest(part):
    changed = {**HEADER, part: ["x"] if part == "organisation" else "x"}
    assert digest(canonical(changed, plan())) != _digest(plan())


def test_a_header_off_its_form_is_a_programming_error():
    with pytest.raises(ValueError, match="more"):
        canonical({**HEADER, "more": 1}, plan())
    with pytest.raises(KeyError):
        canonical({"kind": "KẾ HOẠCH"}, plan())


def test_what_does_not_parse_has_no_form():
    with pytest.raises(UnfitText):
        canonical(HEADER, plan(title=None))


def test_control_characters_are_kept_for_the_check_to_name():
    assert sound(_runs(("a\x01b",)))["content"][2]["content"][0]["text"] == "a\x01b"


@settings(max_examples=25, deadline=None)
@given(documents())
def test_normalising_twice_changes_nothing(doc):
    assert normalise(normalise(doc)) == normalise(doc)
    assert sound(doc) == doc
    whole = json.dumps(doc, ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", whole)


def test_the_input_is_left_alone():
    doc = _runs(("e",), ("\u0302",))
    before = json.dumps(doc)
    normalise(doc)
    assert json.dumps(doc) == before
