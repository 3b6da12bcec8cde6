"""A copy that was changed elsewhere comes into the text, and nothing that others wrote goes."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import clause, documents, plan
from tests.domain.content.rewriting import Rewriter
from workflows.domain.content import merging
from workflows.domain.content.canonical import sound
from workflows.domain.content.changes import TooManyChanges, steps_towards
from workflows.domain.content.edits import replay
from workflows.domain.content.merging import Base, merge
from workflows.domain.content.schema import parse

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
MOST = 10_000
OURS = "«viết thêm»"


def node(doc):
    return parse(sound(doc))


def textblocks(parent, start=0):
    """(position of its inside, node) of each block of words."""
    for at in range(parent.child_count):
        child = parent.child(at)
        if child.is_textblock:
            yield start + 1, child
        elif not child.is_leaf:
            yield from textblocks(child, start + 1)
        start += child.node_size


def written(base, seed):
    """*base* with words of ours in the middle of one of its blocks, and the maps to it."""
    places = list(textblocks(base))
    start, block = places[seed % len(places)]
    at = start + (seed % (block.content.size + 1))
    slice_ = {"content": [{"type": "text", "text": OURS}]}
    edited = replay(base, [{"stepType": "replace", "from": at, "to": at, "slice": slice_}])
    return edited.doc, edited.ranges


@slowly
@given(doc=documents(), seed=st.integers(0, 2**32), times=st.integers(0, 12))
def test_while_nobody_wrote_the_text_becomes_the_copy(doc, seed, times):
    base, copy = node(doc), node(Rewriter(doc, seed).rewrite(times))
    merged = merge(base, copy, [], base, most=MOST)
    assert merged.node.to_json() == copy.to_json()
    assert merged.left == ()


@slowly
@given(doc=documents(), seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_a_copy_without_changes_changes_nothing(doc, seed, times):
    base, text = node(doc), node(Rewriter(doc, seed).rewrite(times))
    later = replay(base, [step.to_json() for step in steps_towards(base, text)])
    merged = merge(base, base, later.ranges, later.doc, most=MOST)
    assert merged.node is later.doc


@slowly
@given(
    doc=documents(),
    seed=st.integers(0, 2**32),
    times=st.integers(1, 12),
    where=st.integers(0, 2**32),
)
def test_words_written_meanwhile_stay_whatever_the_copy_does(doc, seed, times, where):
    base, copy = node(doc), node(Rewriter(doc, seed).rewrite(times))
    text, later = written(base, where)
    merged = merge(base, copy, later, text, most=MOST)
    assert merged.node.text_content.count(OURS) == 1
    parse(merged.node.to_json())


A, B, C = (f"clause000{letter}" for letter in "abc")


def test_changes_in_two_places_of_one_paragraph_come_together():
    base = node(plan(clause(A, "một hai ba bốn năm sáu")))
    copy = node(plan(clause(A, "một hai ba bốn năm bảy")))
    text = node(plan(clause(A, "không hai ba bốn năm sáu")))
    later = replay(base, [step.to_json() for step in steps_towards(base, text)])
    merged = merge(base, copy, later.ranges, later.doc, most=MOST)
    assert "không hai ba bốn năm bảy" in merged.node.text_content
    assert merged.left == ()


def test_of_two_wordings_the_one_in_the_text_stays_and_the_other_is_told():
    base = node(plan(clause(A, "một hai"), clause(B, "ba")))
    copy = node(plan(clause(A, "một tám"), clause(B, "bốn")))
    text = node(plan(clause(A, "một chín"), clause(B, "ba")))
    later = replay(base, [step.to_json() for step in steps_towards(base, text)])
    merged = merge(base, copy, later.ranges, later.doc, most=MOST)
    assert "một chín" in merged.node.text_content
    assert "bốn" in merged.node.text_content
    assert ["tám" in str(change.slice) for change in merged.left] == [True]


def test_a_clause_deleted_in_the_text_does_not_come_back():
    base = node(plan(clause(A, "một"), clause(B, "hai"), clause(C, "ba")))
    copy = node(plan(clause(A, "một"), clause(B, "hai sửa"), clause(C, "bốn")))
    text = node(plan(clause(A, "một"), clause(C, "ba")))
    later = replay(base, [step.to_json() for step in steps_towards(base, text)])
    merged = merge(base, copy, later.ranges, later.doc, most=MOST)
    assert "hai" not in merged.node.text_content
    assert "bốn" in merged.node.text_content
    assert len(merged.left) == 1


def test_what_would_take_minutes_is_refused(monkeypatch: pytest.MonkeyPatch):
    base = node(plan(clause(A, "một"), clause(B, "hai")))
    copy = node(plan(clause(A, "một sửa"), clause(B, "hai sửa")))
    with pytest.raises(TooManyChanges):
        merge(base, copy, [], base, most=1)
    monkeypatch.setattr(merging, "MOST_CARRIED", 1)
    text, later = written(base, 3)
    with pytest.raises(TooManyChanges):
        merge(base, copy, later, text, most=MOST)


def test_a_file_may_say_anything_of_where_it_comes_from():
    plan_id = UUID(int=7)
    assert Base.read(Base(plan_id, 12).written) == Base(plan_id, 12)
    for words in ("", "x", f"{plan_id.hex}", f"{plan_id.hex}:-1", f"{plan_id.hex}:1e9", "0:0"):
        assert Base.read(words) is None
