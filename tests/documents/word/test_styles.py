"""Paragraphs carry their kind, level and faces as styles that Word and its readers know."""

import io

from docx import Document

from portal.documents.word import names
from portal.documents.word.styles import style_id, styles
from tests.documents.plans import clause, text
from tests.documents.word.parts import W, lines, part, reading, style_names, written


def test_numbers_are_typed_and_titles_are_headings() -> None:
    data = written(
        clause("part", "Nội dung"),
        clause("sec", "Hạ tầng"),
        clause("sub", "Dữ liệu"),
        clause("pt", "một"),
        clause("dash", "hai"),
        clause("plus", "ba"),
        clause("sec", "Khoản là một câu."),
        clause("para", "bốn"),
    )
    assert lines(data)[2:-1] == [
        ("TK Phần", "I. Nội dung"),
        ("TK Mục đề", "1. Hạ tầng"),
        ("TK Khoản đề", "1.1 Dữ liệu"),
        ("TK Điểm", "a) một"),
        ("TK Gạch", "- hai"),
        ("TK Cộng", "+ ba"),
        ("TK Mục", "2. Khoản là một câu."),
        ("TK Đoạn", "bốn"),
    ]
    found = {style.name: style for style in Document(io.BytesIO(data)).styles}
    for level, name in enumerate(("TK Phần", "TK Mục đề", "TK Khoản đề"), start=1):
        assert found[name].base_style.name.lower() == f"heading {level}"
        assert found[f"Heading {level}"].font.bold
    assert not found["TK Mục"].base_style.font.bold


def test_no_heading_level_is_skipped() -> None:
    data = written(clause("sec", "Mục không có phần"), clause("dash", "x"))
    [level] = part(data)[0].iter(f"{W}outlineLvl")
    assert level.get(f"{W}val") == "0"


def test_a_face_is_direct_and_what_the_style_has_is_not() -> None:
    data = written(clause("part", [text("Phần "), text("đậm", "strong", "em")]))
    [found] = [item for item in reading(data) if item[0] == "TK Phần"]
    assert found[1][1:] == [["Phần ", False, False, None], ["đậm", True, True, None]]


def test_the_language_is_vietnamese() -> None:
    data = written(clause("para", "x"))
    [language] = part(data, "word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}val") == "vi-VN"
    assert Document(io.BytesIO(data)).core_properties.language == "vi-VN"


def test_styles_have_names_and_ids_of_their_own() -> None:
    ids = [style_id(style.name) for style in styles()]
    assert len(ids) == len(set(ids))
    assert all(each.isascii() and each.isalnum() for each in ids)
    known = {value for value in vars(names).values() if str(value).startswith("TK ")}
    for group in (names.CLAUSES, names.TITLED_CLAUSES, names.CELLS, names.HEADER_CELLS):
        known |= set(group.values())
    assert known <= set(style_names(written(clause("para", "x"))).values())
