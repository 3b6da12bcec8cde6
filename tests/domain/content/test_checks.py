"""A text that no page can show is refused with its place."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.domain.content.documents import clause, ids, node, plan
from workflows.domain.content.checks import MAX_FAULTS, faults_of_text
from workflows.domain.content.coverage import covered, unprintable
from workflows.domain.content.numbering import LETTERS
from workflows.domain.errors import UnfitText

FONTS = Path(__file__).parents[3] / "portal" / "documents" / "fonts"


def test_the_coverage_is_that_of_the_four_faces_we_print_with():
    faces = ("Regular", "Bold", "Italic", "BoldItalic")
    sets = [set(TTFont(FONTS / f"LiberationSerif-{face}.ttf").getBestCmap()) for face in faces]
    assert covered() == set.intersection(*sets)


def test_vietnamese_is_printable():
    text = "Ắ ằ Ẵ ỹ Ỵ ơ Ư đ – “Kỷ cương” … § ² ½ ≤ ₫ \u00a0" + LETTERS + LETTERS.upper()
    assert unprintable(text) == []


def test_a_character_without_a_glyph_is_named_with_its_place():
    [fault] = faults_of_text(
        plan(
            clause("clause0001", "A", "part"),
            clause("clause0002", "B", "sec"),
            clause("clause0003", "một ✓ hai ✓"),
        )
    )
    assert str(fault) == (
        "Mục I.1, đoạn thứ 1: ký tự “✓” (U+2713) không có trong phông chữ của văn bản; "
        "hãy xoá hoặc thay thế."
    )
    assert fault.block_id == "clause0003"


@pytest.mark.parametrize(
    "character",
    [
        *("\x01", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u200d"),
        *("\ue000", "\uf004", "\U000f0000", "\ufffe", "\u0378"),
    ],
)
def test_an_unseen_character_is_a_fault_and_never_dropped(character):
    [fault] = faults_of_text(plan(clause("clause0001", f"a{character}b")))
    assert "ký tự điều khiển" in fault.sentence
    assert f"U+{ord(character):04X}" in fault.sentence
    assert character not in fault.sentence


def test_a_character_that_no_database_holds_is_refused_at_the_door():
    with pytest.raises(UnfitText, match="ký tự điều khiển"):
        faults_of_text(plan(clause("clause0001", "a\x00b")))


@pytest.mark.parametrize("character", ["😀", "漢", "✓", "→\u20e3", "ก"])
def test_other_scripts_are_faults(character):
    assert faults_of_text(plan(clause("clause0001", character)))


@pytest.mark.parametrize(
    ("part", "changed", "where"),
    [
        ("title", node("title", "✓", id="title00001"), "Trích yếu"),
        ("closing", node("closing", "✓", id="closing001"), "Phần kết, đoạn thứ 1"),
        ("recipients", node("recipients", filing="✓"), "Nơi nhận, dòng Lưu"),
        ("signature", node("signature", id="signature1", name="✓"), "Khối chữ ký"),
        (
            "recipients",
            node("recipients", node("recipient", "A", id="recipient1", purpose="✓"), filing=""),
            "Nơi nhận, dòng thứ 1",
        ),
    ],
)
def test_every_part_is_looked_at(part, changed, where):
    [fault] = faults_of_text(plan(**{part: changed}))
    assert fault.where == where


@pytest.mark.parametrize(
    ("doc", "words"),
    [
        (plan(title=node("title", "a" * 501, id="title00001")), "501 ký tự"),
        (plan(clause("clause0001", "a" * 20_001)), "20001 ký tự"),
        (plan(*(clause(f"clause{at:04d}", "a" * 20_000) for at in range(31))), "620"),
        (plan(*(clause(f"clause{at:05d}", "a") for at in range(4_001))), "4007 khối"),
    ],
)
def test_oversize_is_told(doc, words):
    assert any(words in fault.sentence for fault in faults_of_text(doc))


def test_the_sizes_that_fit_are_no_fault():
    doc = plan(clause("clause0001", "a" * 20_000), title=node("title", "a" * 500, id="title00001"))
    assert faults_of_text(doc) == []


def _table(*rows, **attrs):
    new_id = ids()
    made = [
        node("table_row", *(node("table_cell", clause(new_id(), "a"), **cell) for cell in row))
        for row in rows
    ]
    return plan(clause("clause0001", "A", "part"), node("table", *made, id="table00001"))


WIDE, TALL = {"colspan": 2}, {"rowspan": 2}


@pytest.mark.parametrize(
    "rows",
    [
        ([{}, {}], [{}]),
        ([{}], [{}, {}]),
        ([WIDE], [{}]),
        ([TALL, {}], [{}, {}]),
        ([TALL, {}],),
        ([{"rowspan": 1_000, "colspan": 40}],),
        ([{}] * 41,),
        ([{}, TALL], [WIDE]),
    ],
)
def test_a_table_that_is_no_rectangle_is_a_fault(rows):
    [fault] = faults_of_text(_table(*rows))
    assert fault.where == "Mục I, bảng thứ 1"
    assert fault.block_id == "table00001"


@pytest.mark.parametrize(
    "rows",
    [
        ([{}],),
        ([{}, {}], [{}, {}]),
        ([WIDE], [{}, {}]),
        ([TALL, {}], [{}]),
        ([{}, TALL, {}], [{}, {}]),
        ([{"rowspan": 2, "colspan": 2}, {}], [{}]),
        ([{}] * 40,),
    ],
)
def test_a_rectangle_is_none(rows):
    assert faults_of_text(_table(*rows)) == []


def test_a_page_full_of_faults_is_cut_off():
    doc = plan(*(clause(f"clause{at:04d}", "✓") for at in range(300)))
    faults = faults_of_text(doc)
    assert len(faults) == MAX_FAULTS + 1
    assert "còn nhiều" in faults[-1].sentence


def test_what_is_off_the_schema_is_unfit():
    with pytest.raises(UnfitText):
        faults_of_text({"type": "doc"})


def test_letters_written_from_right_to_left_are_refused_at_the_door() -> None:
    assert unprintable("Kế hoạch שלום") == ["ש", "ל", "ו", "ם"]
