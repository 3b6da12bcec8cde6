"""Numbers, and the places people cite, follow the order of the plan alone."""

import pytest
from hypothesis import given, settings

from tests.domain.content.documents import clause, documents, node, plan
from workflows.domain.content.blocks import FILING_ID, Cell, blocks
from workflows.domain.content.canonical import sound
from workflows.domain.content.numbering import labels, letters, roman
from workflows.domain.content.runs import Run


def _plan(*levels):
    return sound(plan(*(clause(f"clause{at:04d}", "a", level) for at, level in enumerate(levels))))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("part part part part", "I. II. III. IV."),
        ("part sec sec part sec", "I. 1. 2. II. 1."),
        ("sec sub sub sec sub", "1. 1.1 1.2 2. 2.1"),
        ("sec sub pt pt sub pt", "1. 1.1 a) b) 1.2 a)"),
        ("sec pt dash pt plus pt", "1. a) - b) + c)"),
        ("pt pt pt pt pt pt pt", "a) b) c) d) đ) e) g)"),
        ("part pt sec pt", "I. a) 1. a)"),
    ],
)
def test_levels_count_below_each_other(levels, expected):
    doc = _plan(*levels.split())
    assert " ".join(labels(doc)[f"clause{at:04d}"] for at in range(len(levels.split()))) == expected


def test_paragraphs_and_tables_do_not_count():
    table = node(
        "table", node("table_row", node("table_cell", clause("cell000001", "a"))), id="table00001"
    )
    doc = sound(
        plan(
            clause("clause0001", "a", "sec"),
            clause("clause0002", "b"),
            table,
            clause("clause0003", "c", "sec"),
        )
    )
    assert labels(doc) == {"clause0001": "1.", "clause0003": "2."}


@pytest.mark.parametrize(
    ("number", "figure"),
    [(0, ""), (1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (1994, "MCMXCIV")],
)
def test_roman_figures(number, figure):
    assert roman(number) == figure


@pytest.mark.parametrize(
    ("number", "word"), [(1, "a"), (5, "đ"), (23, "y"), (24, "aa"), (46, "ay"), (47, "ba")]
)
def test_letters_follow_the_vietnamese_alphabet(number, word):
    assert letters(number) == word


def test_each_annex_has_its_own_numbers():
    one = node(
        "annex", node("annex_title", "A"), clause("clause0002", "a", "part"), id="annex00001"
    )
    two = node(
        "annex", node("annex_title", "B"), clause("clause0003", "b", "part"), id="annex00002"
    )
    doc = sound(plan(clause("clause0001", "a", "part"), annexes=(one, two)))
    assert labels(doc) == {
        "clause0001": "I.",
        "clause0002": "I.",
        "clause0003": "I.",
        "annex00001": "Phụ lục I",
        "annex00002": "Phụ lục II",
    }
    assert labels(sound(plan(annexes=(one,))))["annex00001"] == "Phụ lục"


def test_every_block_has_a_place_that_people_can_find():
    row = node(
        "table_row",
        node("table_header", clause("cell000001", "STT")),
        node("table_cell", clause("cell000002", "x", "dash")),
    )
    annex = node(
        "annex",
        node("annex_title", "Biểu"),
        clause("clause0009", "z", "part"),
        clause("clause0010", "z"),
        id="annex00001",
    )
    doc = sound(
        plan(
            clause("clause0000", "a"),
            clause("clause0001", "a", "part"),
            clause("clause0002", "a", "sec"),
            clause("clause0003", "a", "sub"),
            clause("clause0004", "a"),
            clause("clause0005", "a", "dash"),
            clause("clause0006", "a", "pt"),
            clause("clause0007", "a", "plus"),
            node("table", row, id="table00001"),
            clause("clause0008", "a", "part"),
            annexes=(annex,),
        )
    )
    found = list(blocks(doc))
    assert [block.place for block in found] == [
        "Trích yếu",
        "Phần mở đầu, đoạn thứ 1",
        "Nội dung, đoạn thứ 1",
        "Mục I",
        "Mục I.1",
        "Mục I.1.1",
        "Mục I.1.1, đoạn thứ 1",
        "Mục I.1.1, đoạn thứ 2",
        "Mục I.1.1, điểm a",
        "Mục I.1.1, điểm a, đoạn thứ 1",
        "Mục I.1.1, điểm a, bảng thứ 1, hàng 1, ô 1",
        "Mục I.1.1, điểm a, bảng thứ 1, hàng 1, ô 2",
        "Mục II",
        "Phần kết, đoạn thứ 1",
        "Nơi nhận, dòng thứ 1",
        "Nơi nhận, dòng Lưu",
        "Khối chữ ký",
        "Phụ lục, tiêu đề",
        "Phụ lục, Mục I",
        "Phụ lục, Mục I, đoạn thứ 1",
    ]
    cells = [block for block in found if block.kind == "cell"]
    assert [block.cell for block in cells] == [
        Cell("table00001", 1, 1, True),
        Cell("table00001", 1, 2, False),
    ]
    assert cells[1].label == "-"


def test_a_block_gives_its_runs():
    strong = {"type": "text", "text": "b", "marks": [{"type": "strong"}, {"type": "em"}]}
    doc = sound(plan(node("clause", "a", {"type": "hard_break"}, strong, id="clause0001")))
    block = list(blocks(doc))[2]
    assert block.text == "a\nb"
    assert block.runs == (Run("a"), Run("\n"), Run("b", True, True))


def test_the_filing_line_and_the_signature_are_blocks_too():
    recipient = node("recipient", "Bộ", id="recipient1", target=None, purpose="để báo cáo")
    found = {
        block.kind: block
        for block in blocks(sound(plan(recipients=node("recipients", recipient, filing="VT"))))
    }
    assert found["recipient"].text == "Bộ (để báo cáo)"
    assert (found["filing"].id, found["filing"].text) == (FILING_ID, "VT")
    assert found["signature"].text == "KT. CHỦ TỊCH\nLê Thử"


@settings(max_examples=25, deadline=None)
@given(documents())
def test_blocks_and_labels_agree(doc):
    found = list(blocks(doc))
    assert {block.id: block.label for block in found if block.label} == labels(doc)
    assert len({block.id for block in found}) == len(found)
    assert all(block.text == "".join(run.text for run in block.runs) for block in found)
