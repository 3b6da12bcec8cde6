"""What people do to a text, and what the redline calls it."""

import copy
import time

import pytest

from portal.documents.changes import Change, Mark
from portal.documents.redline import redline
from portal.documents.redline_items import Context, Gap, Renumbered
from portal.documents.redline_layout import lay_out
from tests.documents.plans import LONG, Node, block, clause, document, new_id, text

LEFT = "Sở Tài chính bố trí kinh phí thực hiện Kế hoạch trong dự toán năm 2027;"
RIGHT = "Sở Nội vụ kiểm tra việc chấp hành của các đơn vị trước ngày 15/01/2027."
THIRD = "Văn phòng tổng hợp báo cáo của các quận, huyện, thị xã gửi về Ủy ban."


def plan(*texts: str) -> Node:
    return document(*(clause("dash", each) for each in texts))


def reworded(node: Node, words: str, *more: Node) -> list[Node]:
    return [{**node, "content": [text(words)]}, *more]


def changed(old: Node, *body: Node) -> list[Change]:
    new = {**old, "content": [old["content"][0], *body, *old["content"][-3:]]}
    return [each for each in redline(old, copy.deepcopy(new)) if each.kind != "same"]


def told(changes: list[Change]) -> list[tuple[str, ...]]:
    return [tuple(change.marks) for change in changes]


def written(change: Change) -> str:
    signs = {"kept": "%s", "deleted": "[-%s]", "inserted": "[+%s]"}
    return "".join("¶" * seam + signs[each.kind] % each.text for seam, each in change.shown)


@pytest.mark.parametrize("is_first_kept", [True, False])
def test_a_clause_in_two_is_split_and_nothing_of_it_is_new(is_first_kept: bool) -> None:
    old = plan(f"{LEFT} {RIGHT}", THIRD)
    whole, third = old["content"][1:3]
    fresh = clause("dash", RIGHT if is_first_kept else LEFT)
    kept = {**whole, "content": [text(LEFT if is_first_kept else RIGHT)]}
    halves = [kept, fresh] if is_first_kept else [fresh, kept]

    changes = changed(old, *halves, third)

    assert told(changes) == [(Mark.SPLIT,), (Mark.SPLIT,)]
    assert [written(each) for each in changes] == [LEFT, RIGHT]
    [new] = [each for each in changes if each.kind == "split"]
    assert new.other is not None
    assert new.other.id == whole["attrs"]["id"]


def test_a_clause_in_three_with_a_word_changed_is_split_and_edited() -> None:
    old = plan(f"{LEFT} {RIGHT} {THIRD}")
    [whole] = old["content"][1:2]
    rest = [clause("dash", RIGHT.replace("15/01/2027", "20/02/2027")), clause("dash", THIRD)]

    changes = changed(old, *reworded(whole, LEFT), *rest)

    assert told(changes) == [(Mark.SPLIT,), (Mark.EDITED, Mark.SPLIT), (Mark.SPLIT,)]
    assert written(changes[1]).endswith("trước ngày [-15/01/2027][+20/02/2027].")


@pytest.mark.parametrize("between", [" ", ""])
@pytest.mark.parametrize("is_first_kept", [True, False])
def test_two_clauses_in_one_are_joined_and_nothing_of_them_is_new(
    is_first_kept: bool, between: str
) -> None:
    old = plan(LEFT, RIGHT, THIRD)
    first, second, third = old["content"][1:4]
    kept, gone = (first, second) if is_first_kept else (second, first)

    changes = changed(old, *reworded(kept, f"{LEFT}{between}{RIGHT}"), third)

    assert told(changes) == [(Mark.MERGED,), (Mark.MERGED,)]
    [into] = [each for each in changes if each.after]
    [stub] = [each for each in changes if each.kind == "merge"]
    assert written(into) == f"{LEFT}¶{RIGHT}"
    assert stub.before is not None
    assert (stub.before.id, stub.other) == (gone["attrs"]["id"], into.after)


def test_a_neighbour_with_words_of_its_own_is_no_half() -> None:
    old = plan(LEFT, THIRD)
    first, third = old["content"][1:3]

    changes = changed(
        old, *reworded(first, "Sở Tài chính bố trí kinh phí;", clause("dash", RIGHT)), third
    )

    assert told(changes) == [(Mark.EDITED,), (Mark.INSERTED,)]


def test_text_that_was_cut_and_pasted_elsewhere_only_moved() -> None:
    old = plan(LEFT, RIGHT, THIRD)
    first, second, third = old["content"][1:4]

    changes = changed(old, second, third, clause("dash", LEFT))

    assert told(changes) == [(Mark.MOVED,)]
    assert changes[0].before is not None
    assert changes[0].before.id == first["attrs"]["id"]


def test_text_typed_anew_almost_the_same_is_an_edit() -> None:
    old = plan(LEFT, RIGHT, THIRD)
    first, _second, third = old["content"][1:4]

    changes = changed(old, first, clause("dash", RIGHT.replace("Nội vụ", "Tư pháp")), third)

    assert told(changes) == [(Mark.EDITED,)]
    assert written(changes[0]).startswith("Sở [-Nội vụ][+Tư pháp] kiểm tra")


def test_another_text_under_a_new_id_is_not_the_old_one() -> None:
    old = plan(LEFT, RIGHT, THIRD)
    first, _second, third = old["content"][1:4]

    changes = changed(old, first, clause("dash", "Các đơn vị tự cân đối nguồn lực."), third)

    assert set(told(changes)) == {(Mark.INSERTED,), (Mark.DELETED,)}


def test_a_new_clause_above_gives_those_below_a_new_number_and_nothing_else() -> None:
    old = document(*(clause("sec", each) for each in (LEFT, RIGHT)))
    first, second = old["content"][1:3]
    new = copy.deepcopy({**old, "content": [*old["content"]]})
    new["content"].insert(1, clause("sec", THIRD))

    found = redline(old, new)

    assert told(found)[1:4] == [(Mark.INSERTED,), (Mark.RENUMBERED,), (Mark.RENUMBERED,)]
    assert [each.kind for each in found][1:4] == ["insert", "same", "same"]
    assert (found[2].label_before, found[2].label_after) == ("1.", "2.")
    assert {first["attrs"]["id"], second["attrs"]["id"]} == {found[2].block.id, found[3].block.id}


def test_what_is_left_out_is_told_in_reading_order() -> None:
    names = ("Một", "Hai", "Ba", "Bốn")
    old = document(
        *(each for name in names for each in (clause("sec", name), clause("dash", f"{name} a")))
    )
    new = copy.deepcopy(old)
    new["content"][6]["content"] = [text("Ba a, sửa lại")]
    new["content"].insert(1, clause("sec", "Mới"))

    layout = lay_out(redline(old, new), old, new, only_changes=True)

    seen = [
        (item.kind, *(f"{each.label_before}>{each.label_after}" for each in item.changes))
        if isinstance(item, Renumbered)
        else (item.kind, item.old_label or item.block.label)
        if isinstance(item, Context)
        else (item.kind, item.count if isinstance(item, Gap) else "")
        for item in layout.items
    ]
    assert seen[1:] == [
        ("entry", ""),
        ("renumbered", "1.>2.", "2.>3."),
        ("gap", 1),
        ("context", "3."),
        ("entry", ""),
        ("renumbered", "4.>5."),
        ("gap", 6),
    ]


def test_another_level_is_told_with_both_and_is_no_new_number() -> None:
    old = document(clause("sec", LEFT))
    new = copy.deepcopy(old)
    new["content"][1]["attrs"]["level"] = "pt"

    [change] = [each for each in redline(old, new) if each.kind != "same"]

    assert told([change]) == [(Mark.RELEVELLED,)]


def test_bold_is_told_where_it_came_even_in_an_edited_clause() -> None:
    old = plan(LEFT)
    [first] = old["content"][1:2]
    runs = [text("Sở Tài chính", "strong"), text(LEFT[12:].replace("2027", "2028"))]

    [change] = changed(old, {**first, "content": runs})

    assert told([change]) == [(Mark.EDITED, Mark.RESTYLED)]
    assert [each.text for each in change.segments if each.faces] == ["Sở Tài chính"]
    assert change.segments[0].faces == ("", "b")
    assert not change.restyled


def test_the_placing_of_accents_counts_unless_it_is_not_to() -> None:
    old, new = plan("Hoà giải, thuỷ lợi"), None
    new = copy.deepcopy(old)
    new["content"][1]["content"] = [text("Hòa giải, thủy lợi")]

    strict, lax = redline(old, new), redline(old, new, any_placement=True)

    assert told(strict)[1] == (Mark.EDITED,)
    assert told(lax)[1] == ()
    assert written(lax[1]) == "Hòa giải, thủy lợi"


def test_a_text_in_another_unicode_form_is_the_same_text() -> None:
    import unicodedata

    old = plan(LEFT)
    new = copy.deepcopy(old)
    new["content"][1]["content"] = [text(unicodedata.normalize("NFD", LEFT))]

    assert {each.kind for each in redline(old, new)} == {"same"}


@pytest.mark.parametrize("has_same_ids", [True, False])
def test_pasted_monsters_are_answered_in_good_time(has_same_ids: bool) -> None:
    """Sixty clauses of five thousand other words each; unbounded, they take minutes."""
    old = plan(*(" ".join(f"a{n}b{w}" for w in range(2_500)) for n in range(60)))
    new = copy.deepcopy(old)
    for number, node in enumerate(new["content"][1:61]):
        node["content"] = [text(" ".join(f"c{number}b{w}" for w in range(2_500)))]
        if not has_same_ids:
            node["attrs"]["id"] = new_id()

    started = time.process_time()
    found = redline(old, new)
    taken = time.process_time() - started

    assert len([each for each in found if each.kind != "same"]) == (60 if has_same_ids else 120)
    assert taken < 5


def test_many_blocks_that_are_all_new_are_answered_in_good_time() -> None:
    old = document(*(clause("dash", f"{LONG} {n}") for n in range(700)))
    new = copy.deepcopy(old)
    for number, node in enumerate(new["content"][1:701]):
        node["attrs"]["id"] = new_id()
        node["content"] = [text(f"{LONG[::-1]} {number}")]

    started = time.process_time()
    redline(old, new)

    assert time.process_time() - started < 3


def test_a_block_that_became_one_of_another_sort_says_so() -> None:
    old = document(block("opening", LEFT), clause("para", RIGHT))
    new = copy.deepcopy(old)
    new["content"][1] = {
        **clause("para", LEFT),
        "attrs": {**old["content"][1]["attrs"], "level": "para"},
    }

    [change] = [each for each in redline(old, new) if each.kind != "same"]

    assert told([change]) == [(Mark.RELEVELLED,)]
