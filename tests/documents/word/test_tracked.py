"""Accepting every tracked change gives the new text, rejecting every one the old."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from portal.documents.word.writing import write_doc, write_redline
from tests.documents.plans import (
    HA_NOI,
    annex,
    block,
    cell,
    clause,
    document,
    full_document,
    table,
    text,
)
from tests.documents.word.office import ACCEPT, REJECT, Office
from tests.documents.word.parts import W, part, reading, settled
from tests.domain.content.documents import documents
from workflows.domain.content.canonical import sound

AT = datetime(2027, 1, 15, 8, 30, tzinfo=UTC)
Node = dict[str, Any]


def tracked(old: Node, new: Node) -> bytes:
    return write_redline(HA_NOI, sound(old), sound(new), author="Nguyễn Thử", at=AT)


def both_ways(old: Node, new: Node) -> bytes:
    """The file, once it is shown that it gives both texts back."""
    data = tracked(old, new)
    for doc, accept in ((new, True), (old, False)):
        whole = write_doc(HA_NOI, sound(doc))
        assert reading(data, settled(data, accept=accept)) == reading(whole)
    return data


def changes(data: bytes, name: str) -> list[str]:
    """The text inside each change of one sort."""
    found = part(data)[0].iter(f"{W}{name}")
    return ["".join(node.itertext()) for node in found if len(node)]


def rewritten() -> tuple[Node, Node]:
    """A plan and what became of it: every kind of change at once."""
    old = full_document()
    new = deepcopy(old)
    content = new["content"]
    clauses = [node for node in content if node["type"] == "clause"]
    content[0]["content"] = [text("Chuyển đổi số toàn diện năm 2028")]
    content.insert(content.index(clauses[1]), clause("sec", "Căn cứ mới"))
    content.insert(content.index(clauses[1]), table((cell("Bảng mới"), cell("hai"))))
    content.remove(clauses[3])
    content.insert(content.index(clauses[0]), clauses[3])
    content.remove(clauses[6])
    clauses[7]["content"] = [
        text("Chủ động "),
        text("phối hợp", "strong"),
        text(" 😀  và\u00a0hơn"),
    ]
    clauses[8]["attrs"]["level"] = "pt"
    [rows] = [node["content"] for node in content if node["type"] == "table"][1:]
    rows.pop(3)
    rows.insert(5, {"type": "table_row", "content": [cell("x"), cell("Việc mới"), cell("Quý II")]})
    rows[2]["content"][1]["content"].append(clause("dash", "Đoạn thứ hai"))
    [recipients] = [node for node in content if node["type"] == "recipients"]
    recipients["content"].pop(0)
    recipients["content"].append(block("recipient", "Báo", target=None, purpose="để đưa tin"))
    recipients["attrs"]["filing"] = "VT, TH"
    content.remove(next(node for node in content if node["type"] == "annex"))
    content.append(annex("Phụ lục thêm", clause("para", "Thêm"), table((cell("a"), cell("b")))))
    return old, new


def test_every_kind_of_change_can_be_accepted_and_rejected() -> None:
    both_ways(*rewritten())


@settings(deadline=None, max_examples=75, suppress_health_check=list(HealthCheck))
@given(documents(), documents())
def test_any_two_texts_come_back_from_their_comparison(old: Node, new: Node) -> None:
    both_ways(old, new)


def test_a_word_is_deleted_and_inserted_and_the_rest_stays() -> None:
    old = document(clause("para", "Năm 2022, Sở Tài chính bố trí kinh phí."))
    new = deepcopy(old)
    new["content"][1]["content"] = [text("Năm 2023, Sở Tài chính bố trí kinh phí.")]
    data = both_ways(old, new)
    assert changes(data, "del") == ["2022"]
    assert changes(data, "ins") == ["2023"]


def test_what_moved_is_tracked_as_a_move_with_both_its_ends() -> None:
    old = document(
        clause("sec", "Một việc."), clause("dash", "Ý thứ nhất;"), clause("sec", "Hai việc.")
    )
    new = deepcopy(old)
    new["content"].insert(1, new["content"].pop(3))
    data = both_ways(old, new)
    assert changes(data, "moveFrom") == ["2. ", "Hai việc."]
    assert changes(data, "moveTo") == ["1. ", "Hai việc."]
    ends = [
        [node.get(f"{W}name") for node in part(data)[0].iter(f"{W}{fate}RangeStart")]
        for fate in ("moveFrom", "moveTo")
    ]
    assert ends == [["move1"], ["move1"]]
    ids = [node.get(f"{W}id") for node in part(data)[0].iter() if "Range" in node.tag]
    assert len(ids) == 4
    assert len(set(ids)) == 2
    new["content"][1]["content"] = [text("Hai việc khác.")]
    rewritten = both_ways(old, new)
    assert changes(rewritten, "moveTo") == []


def test_a_number_that_others_changed_is_tracked_apart_from_the_text() -> None:
    old = document(clause("sec", "Một việc."), clause("sec", "Hai việc."))
    new = {**old, "content": [old["content"][0], *old["content"][2:]]}
    data = both_ways(old, new)
    assert changes(data, "del") == ["1. ", "Một việc.", "2"]
    assert changes(data, "ins") == ["1"]


def test_a_new_level_and_a_new_face_are_changes_of_looks() -> None:
    old = document(clause("dash", "Sở Tài chính bố trí"))
    new = deepcopy(old)
    new["content"][1]["attrs"]["level"] = "para"
    new["content"][1]["content"] = [text("Sở "), text("Tài chính", "em"), text(" bố trí")]
    data = both_ways(old, new)
    assert len(list(part(data)[0].iter(f"{W}pPrChange"))) == 1
    assert [node.getparent().getnext().text for node in part(data)[0].iter(f"{W}rPrChange")] == [
        "Tài chính"
    ]


def test_text_that_was_pasted_anew_is_the_same_text() -> None:
    words = "Sở Tài chính bố trí kinh phí thực hiện Kế hoạch này trong dự toán."
    old, new = document(clause("para", words)), document(clause("para", words))
    new["content"][0]["attrs"]["id"] = old["content"][0]["attrs"]["id"]
    assert words not in changes(both_ways(old, new), "ins")


def test_a_letter_and_its_accent_in_two_faces_lose_nothing() -> None:
    old = document(clause("para", [text("Ke"), text("\u0302\u0301 hoạch", "em")]))
    new = deepcopy(old)
    new["content"][1]["content"][1] = text("\u0302\u0301 toán", "em")
    both_ways(old, new)


def test_nothing_is_tracked_where_nothing_changed() -> None:
    doc = sound(full_document())
    data = tracked(doc, doc)
    tags = {node.tag.removeprefix(W) for node in part(data).iter()}
    assert tags.isdisjoint({"ins", "del", "rPrChange", "pPrChange"})
    assert data == write_doc(HA_NOI, doc)


def tables_in(data: bytes) -> int:
    """How many tables there are but for the letterhead and the signature."""
    return len(list(part(data)[0].iter(f"{W}tbl"))) - 2


def test_a_row_that_goes_and_one_that_comes_are_two_rows() -> None:
    rows = [(cell(sign), cell(f"Việc {sign}")) for sign in "abc"]
    old = document(table(*rows))
    new = document(table(rows[0], rows[2], (cell("d"), cell("Việc d"))))
    for place in (0, 2, 3, 4):
        new["content"][place] = deepcopy(old["content"][place])
    new["content"][1]["attrs"]["id"] = old["content"][1]["attrs"]["id"]
    data = both_ways(old, new)
    assert changes(data, "del") == ["b", "Việc b"]
    assert changes(data, "ins") == ["d", "Việc d"]


def test_a_row_whose_cells_were_joined_is_replaced_in_its_table() -> None:
    old = document(table((cell("a"), cell("b")), (cell("c"), cell("d"))))
    new = deepcopy(old)
    row = new["content"][1]["content"][1]["content"]
    row.pop()
    row[0]["attrs"]["colspan"] = 2
    data = both_ways(old, new)
    assert tables_in(data) == 1


def test_a_table_with_cells_over_two_rows_is_replaced_as_a_whole_when_a_row_comes() -> None:
    old = document(table((cell("a", down=2), cell("b")), (cell("c"),)))
    new = deepcopy(old)
    new["content"][1]["content"].append({"type": "table_row", "content": [cell("d"), cell("e")]})
    assert tables_in(both_ways(old, new)) == 2


def test_a_paragraph_more_or_less_at_the_end_of_a_cell_comes_and_goes() -> None:
    one = document(table((cell("a"),)))
    two = deepcopy(one)
    two["content"][1]["content"][0]["content"][0]["content"].append(clause("dash", "b"))
    both_ways(one, two)
    both_ways(two, one)


def test_every_change_says_who_and_when_and_has_a_number_of_its_own() -> None:
    body = part(tracked(*rewritten()))[0]
    made = [node for node in body.iter() if node.get(f"{W}author") is not None]
    assert {node.get(f"{W}author") for node in made} == {"Nguyễn Thử"}
    assert {node.get(f"{W}date") for node in made} == {"2027-01-15T08:30:00Z"}
    starts = list(body.iter(f"{W}bookmarkStart"))
    numbers = [node.get(f"{W}id") for node in [*made, *starts]]
    assert len(numbers) == len(set(numbers))
    names = [node.get(f"{W}name") for node in starts]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("act", [ACCEPT, REJECT])
def test_libreoffice_settles_the_changes_as_we_mean_them(act: str, libreoffice: Office) -> None:
    old, new = rewritten()
    wanted = write_doc(HA_NOI, sound(new if act == ACCEPT else old))
    assert reading(libreoffice.settle(tracked(old, new), act)) == reading(wanted)
