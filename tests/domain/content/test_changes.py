"""Changes between two texts: all together give the other text, each group alone a sound one."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import (
    REAL_PLAN,
    clause,
    documents,
    ids,
    node,
    plan,
)
from tests.domain.content.rewriting import Rewriter
from workflows.domain.content import changes as module
from workflows.domain.content.canonical import sound
from workflows.domain.content.changes import (
    TooManyChanges,
    changes_between,
    steps_of,
    steps_towards,
)
from workflows.domain.content.edits import apply, replay
from workflows.domain.content.notation import import_text
from workflows.domain.content.schema import parse
from workflows.domain.content.tables import is_rectangle

A, B, C, D = (f"clause000{letter}" for letter in "abcd")
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


def _nodes(*docs):
    return [parse(sound(doc)) for doc in docs]


def _found(before, after):
    return changes_between(*_nodes(before, after))


def _after(base, changes):
    steps = [step.to_json() for step in steps_of(base, changes)]
    return replay(base, steps).doc


def _words(changes):
    """Kind and new words of each change."""
    return [(each.kind, json.dumps(each.slice, ensure_ascii=False)) for each in changes]


def _groups(changes):
    return [each.group for each in changes]


@slowly
@given(doc=documents(), seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_all_changes_together_give_the_rewritten_text(doc, seed, times):
    base, target = _nodes(doc, Rewriter(doc, seed).rewrite(times))
    assert _after(base, changes_between(base, target)).to_json() == target.to_json()


@slowly
@given(doc=documents(), seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_each_group_alone_gives_a_sound_text(doc, seed, times):
    base, target = _nodes(doc, Rewriter(doc, seed).rewrite(times))
    changes = changes_between(base, target)
    for group in set(_groups(changes)):
        alone = [change for change in changes if change.group == group]
        after = parse(_after(base, alone).to_json())
        tables = [each.to_json() for each in after.children if each.type.name == "table"]
        assert all(map(is_rectangle, tables))


@slowly
@given(one=documents(), other=documents())
def test_texts_that_have_nothing_in_common_but_ids_are_no_trouble(one, other):
    base, target = _nodes(one, other)
    assert _after(base, changes_between(base, target)).to_json() == target.to_json()


@slowly
@given(doc=documents(), seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_the_finest_comparison_suffices(doc, seed, times):
    """The coarse ones are there for what nobody has thought of."""
    base, target = _nodes(doc, Rewriter(doc, seed).rewrite(times))
    edits = module.edits_between(base, target)
    after = module._applied(base, [module._change(each, target) for each in edits])
    assert after is not None
    assert after.to_json() == target.to_json()


def test_words_that_changed_are_one_phrase():
    before = clause(A, "trước ngày 15/01/2027, kinh phí 1.500.000 đồng")
    after = clause(A, "trước ngày 20/02/2027; kinh phí 1.750.000 đồng")
    base, target = _nodes(plan(before), plan(after))
    changes = changes_between(base, target)
    assert [base.text_between(each.start, each.end) for each in changes] == [
        "15/01/2027,",
        "1.500.000",
    ]
    assert len(set(_groups(changes))) == 2


def test_a_letter_of_two_units_is_one_letter():
    [change] = _found(plan(clause(A, "a 😀 b")), plan(clause(A, "a 😁 b")))
    assert change.end - change.start == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([clause(A, "một hai ba")], [clause(A, "một hai "), clause(B, "ba")]),
        ([clause(A, "một hai "), clause(B, "ba")], [clause(A, "một hai ba")]),
        ([clause(A, "một hai ba")], [clause(A, ""), clause(B, "một hai ba")]),
        ([clause(A, "một")], [clause(A, "một"), clause(B, "")]),
        ([clause(A, "một")], [clause(A, "một"), clause(B, "một")]),
    ],
)
def test_a_border_that_comes_or_goes_is_one_change_that_keeps_the_words(before, after):
    [change] = _found(plan(*before), plan(*after))
    assert change.end - change.start in (0, 2)


def test_a_level_is_a_change_of_its_own():
    base, target = _nodes(plan(clause(A, "một", "sec")), plan(clause(A, "hai", "pt")))
    level, words = changes_between(base, target)
    assert (level.kind, level.attribute, level.before, level.after) == (
        "level",
        "level",
        "sec",
        "pt",
    )
    assert base.text_between(level.start, level.end) == "một"
    assert level.group != words.group


def test_both_halves_of_a_move_belong_together():
    before = plan(clause(A, "một"), clause(B, "hai"), clause(C, "ba"), clause(D, "bốn"))
    after = plan(clause(D, "bốn"), clause(A, "một"), clause(B, "hai, đã sửa"), clause(C, "ba"))
    changes = _found(before, after)
    come, edited, gone = _groups(changes)
    assert come == gone
    assert come != edited


def test_a_sentence_carried_to_another_clause_belongs_to_where_it_was():
    sentence = "Sở Tài chính bố trí kinh phí thực hiện."
    before = plan(clause(A, f"Một. {sentence}"), clause(B, "Hai."), clause(C, "Ba."))
    after = plan(clause(A, "Một."), clause(B, "Bốn."), clause(C, f"Ba. {sentence}"))
    assert _groups(_found(before, after)) == [0, 1, 0]


def test_a_new_column_is_one_group():
    def table(columns):
        numbers = ids()
        rows = [
            node("table_row", *(node("table_cell", clause(numbers(), f"{row}")) for _ in "ab"))
            for row in range(3)
        ]
        for row in rows if columns == 3 else ():
            row["content"].append(node("table_cell", clause(ids(50 + rows.index(row))(), "mới")))
        return node("table", *rows, id="table00001")

    changes = _found(plan(table(2)), plan(table(3)))
    assert _groups(changes) == [0, 0, 0]


def test_addressees_filing_line_and_signing_position_are_attributes():
    recipient = node("recipient", "Sở Tài chính", id="recipient1", target="H26.14", purpose=None)
    after = plan(
        recipients=node("recipients", recipient, filing="VT"),
        signature=node(
            "signature", id="signature1", position="vice", lines=["KT. CHỦ TỊCH"], name="Lê Thử"
        ),
    )
    found = {(each.block_id, each.attribute): each.after for each in _found(plan(), after)}
    assert found == {
        ("filing", "filing"): "VT",
        ("recipient1", "target"): "H26.14",
        ("signature1", "position"): "vice",
    }


def test_equal_texts_have_no_changes():
    assert _found(plan(clause(A, "một")), plan(clause(A, "một"))) == []


def test_a_text_cut_into_more_runs_is_the_same_text():
    base, whole = _nodes(plan(clause(A, "một hai")), plan(clause(A, "một hai")))
    cut = plan(node("clause", "một ", "hai", id=A, level="para"))
    assert changes_between(base, parse(cut)) == []
    assert steps_towards(parse(cut), whole) == []


def test_steps_can_be_applied_one_after_another():
    doc = sound(plan(clause(A, "một"), clause(B, "hai"), clause(C, "ba")))
    base, target = _nodes(doc, Rewriter(doc, 5).rewrite(20))
    steps = [step.to_json() for step in steps_towards(base, target)]
    assert apply(base, steps).doc.to_json() == target.to_json()


def test_too_many_steps_become_fewer_and_larger():
    new_id, other = ids(), ids()
    base, target = _nodes(
        plan(*(clause(new_id(), "một x hai") for _ in range(30))),
        plan(*(clause(other(), "hai y một") for _ in range(30))),
    )
    assert len(steps_towards(base, target)) == 30
    for most in (29, 1, 0):
        steps = steps_towards(base, target, most)
        assert len(steps) == 1
        assert apply(base, [steps[0].to_json()]).doc.eq(target)


def test_a_long_plan_is_compared_in_a_moment():
    doc = import_text(REAL_PLAN.read_text(encoding="utf-8"), ids()).doc
    base, target = _nodes(doc, Rewriter(doc, 1).rewrite(200))
    changes = changes_between(base, target)
    assert _after(base, changes).to_json() == target.to_json()


def test_one_monstrous_block_is_replaced_as_a_whole_and_at_once():
    old, new = (" ".join(f"{letter}{at}" for at in range(9_000)) for letter in "xy")
    [change] = _found(plan(clause(A, old)), plan(clause(A, new)))
    assert change.end - change.start == len(old)


def test_more_changes_than_anybody_judges_are_counted_and_not_proven():
    new_id = ids()
    clauses = [clause(new_id(), "một hai ba bốn") for _ in range(3_000)]
    base, target = _nodes(plan(*clauses), plan(*reversed(clauses)))
    with pytest.raises(TooManyChanges) as told:
        changes_between(base, target, most=300)
    assert told.value.found > 300


def test_in_a_long_text_fewer_changes_are_judged(monkeypatch):
    new_id = ids()
    clauses = [clause(new_id(), "một hai ba") for _ in range(100)]
    written = [clause(each["attrs"]["id"], "một hai năm") for each in clauses[:20]]
    base, target = _nodes(plan(*clauses), plan(*written, *clauses[20:]))
    assert len(changes_between(base, target, most=300)) == 20
    monkeypatch.setattr(module, "MOST_WORK", 3_000)
    with pytest.raises(TooManyChanges) as told:
        changes_between(base, target, most=300)
    assert told.value.found == 20 > told.value.most > 5
