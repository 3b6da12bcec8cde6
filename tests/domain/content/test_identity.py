"""A block that was there keeps its id, wherever it went."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import REAL_PLAN, clause, documents, ids, node, plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.identity import keep_ids
from workflows.domain.content.notation import import_text, read, write
from workflows.domain.content.schema import parse


def _body(*texts, start=1, letter="o"):
    new_id = ids(start, letter)
    return sound(plan(*(clause(new_id(), text) for text in texts)))


def _kept(old, new):
    """For each clause of *new*, the text that its id had in *old*."""
    before = {each["attrs"]["id"]: _text(each) for each in _clauses(old)}
    result = keep_ids(old, new, ids(1, "z"))
    return [before.get(each["attrs"]["id"]) for each in _clauses(result)]


def _clauses(doc):
    return [each for each in doc["content"] if each["type"] == "clause"]


def _text(each):
    return "".join(child["text"] for child in each.get("content", ()))


def test_an_inserted_block_is_new_and_the_others_stay():
    old, new = _body("một", "hai"), _body("một", "giữa", "hai", letter="n")
    assert _kept(old, new) == ["một", None, "hai"]


def test_an_edited_block_keeps_its_id():
    old = _body("Sở Tài chính bố trí kinh phí", "Sở Ngoại vụ hướng dẫn báo chí")
    new = _body(
        "mới hẳn", "Sở Tài chính bố trí đủ kinh phí", "Sở Ngoại vụ hướng dẫn phóng viên", letter="n"
    )
    assert _kept(old, new) == [
        None,
        "Sở Tài chính bố trí kinh phí",
        "Sở Ngoại vụ hướng dẫn báo chí",
    ]


def test_a_moved_block_keeps_its_id():
    old, new = _body("một", "hai", "ba", "bốn"), _body("bốn", "một", "ba", "hai", letter="n")
    assert _kept(old, new) == ["bốn", "một", "ba", "hai"]


def test_a_change_of_level_keeps_the_id():
    old = sound(plan(clause("clause0001", "một", "dash"), clause("clause0002", "hai", "dash")))
    new = sound(plan(clause("clause0008", "hai", "pt"), clause("clause0009", "một", "para")))
    assert _kept(old, new) == ["hai", "một"]


def test_of_equal_blocks_the_neighbours_tell_which_is_which():
    old = _body("như trên", "giữa", "như trên", "cuối")
    result = keep_ids(old, _body("cuối", "giữa", "như trên", letter="n"), ids(1, "z"))
    first, middle, second, last = [each["attrs"]["id"] for each in _clauses(old)]
    assert [each["attrs"]["id"] for each in _clauses(result)] == [last, middle, second]
    assert first not in str(result)


def test_title_and_signature_are_themselves_whatever_they_say():
    new = sound(
        plan(
            title=node("title", "khác", id="other00001"),
            signature=node("signature", id="other00002"),
        )
    )
    result = keep_ids(sound(plan()), new, ids())
    assert result["content"][0]["attrs"]["id"] == "title00001"
    assert result["content"][-1]["attrs"]["id"] == "signature1"


def test_a_fresh_id_never_repeats_one_in_use():
    old, new = _body("một", letter="o"), _body("một", "hai", "ba", letter="n")
    used = iter(["o000000001", "title00001", "f000000001", "f000000001", "f000000002"])
    result = keep_ids(old, new, lambda: next(used))
    assert [each["attrs"]["id"] for each in _clauses(result)] == [
        "o000000001",
        "f000000001",
        "f000000002",
    ]


def test_the_arguments_are_left_alone():
    old, new = _body("một"), _body("một", letter="n")
    keep_ids(old, new, ids())
    assert (old, new) == (_body("một"), _body("một", letter="n"))


@settings(max_examples=25, deadline=None)
@given(documents(), documents())
def test_the_result_always_parses_and_says_what_the_new_text_says(old, new):
    result = keep_ids(old, new, ids(1, "z"))
    assert parse(result).to_json() == result
    assert write(result) == write(new)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("abcde ", min_size=1, max_size=12).map(str.strip).filter(bool), unique=True),
    st.randoms(use_true_random=False),
)
def test_unchanged_blocks_keep_their_ids_in_any_order(texts, source):
    old = _body(*texts)
    shuffled = [*texts]
    source.shuffle(shuffled)
    assert _kept(old, _body(*shuffled, letter="n")) == shuffled


def test_the_real_plan_keeps_its_ids_through_an_afternoon_of_editing():
    old = import_text(REAL_PLAN.read_text(encoding="utf-8")).doc
    parts = write(old)
    lines = parts.body.split("\n")
    source = random.Random(7)  # noqa: S311 - a repeatable example, no secret.
    for at in source.sample(range(len(lines)), 30):
        lines[at] += " theo quy định của Thành phố"
    lines.insert(10, "- Một gạch đầu dòng hoàn toàn mới")
    del lines[40]
    new = read(type(parts)(**{**parts.__dict__, "body": "\n".join(lines)})).doc
    before = {each["attrs"]["id"] for each in _clauses(old)}
    after = [each["attrs"]["id"] for each in _clauses(keep_ids(old, new, ids(1, "z")))]
    assert len(before - set(after)) == 1
    assert [each for each in after if each not in before] == ["z000000001"]


def test_two_large_texts_with_nothing_in_common_share_no_id():
    old = _body(*(f"cũ{at} " * 30 for at in range(3_900)))
    new = _body(*(f"mới{at} " * 30 for at in range(3_900)), letter="n")
    assert set(_kept(old, new)) == {None}
