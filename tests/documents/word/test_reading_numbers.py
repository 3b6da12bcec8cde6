"""Numbers that Word computes are computed as Word does, and become levels."""

import pytest

from tests.documents.word.foreign import (
    cell,
    clauses,
    doubts,
    found,
    level,
    numbered,
    numbering,
    paragraph,
    plan,
    read,
    row,
    style,
    styled,
    styles,
    table,
)

OUTLINE = (
    level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3")
    + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "-")
    + level(5, "bullet", "+")
)
PLAIN = numbering({0: OUTLINE}, {1: (0, "")})


def test_an_automatic_outline_gives_the_levels_without_any_doubt() -> None:
    data = plan(
        numbered("MỘT", 1, 0),
        numbered("Mục", 1, 1),
        numbered("Khoản", 1, 2),
        numbered("Khoản hai", 1, 2),
        numbered("Điểm", 1, 3),
        numbered("Gạch", 1, 4),
        numbered("Cộng", 1, 5),
        numbered("Mục hai", 1, 1),
        numbered("Khoản mới", 1, 2),
        numbered("HAI", 1, 0),
        numbered("Lại từ đầu", 1, 1),
        numbering=PLAIN,
    )
    assert clauses(data) == [
        ("I.", "MỘT"),
        ("1.", "Mục"),
        ("1.1", "Khoản"),
        ("1.2", "Khoản hai"),
        ("a)", "Điểm"),
        ("-", "Gạch"),
        ("+", "Cộng"),
        ("2.", "Mục hai"),
        ("2.1", "Khoản mới"),
        ("II.", "HAI"),
        ("1.", "Lại từ đầu"),
    ]
    assert doubts(data) == []


def typed(data: bytes) -> list[str]:
    """The numbers as Word shows them, told where they differ from the computed ones."""
    return [each.sentence.split("“")[1].split("”")[0] for each in read(data).doubts]


@pytest.mark.parametrize(
    ("levels", "lists", "body", "shown"),
    [
        # A start, and an override of it in a second list, which counts on in the first's stead.
        (
            level(0, "decimal", "%1.").replace('start w:val="1"', 'start w:val="4"'),
            {1: (0, "")},
            [(1, 0), (1, 0)],
            ["4.", "5."],
        ),
        (
            level(0, "decimal", "%1."),
            {
                1: (0, ""),
                2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
            },
            [(1, 0), (2, 0), (2, 0)],
            ["7.", "8."],
        ),
        # Lists of one abstract list count on together.
        (level(0, "decimal", "%1."), {1: (0, ""), 2: (0, "")}, [(1, 0), (2, 0), (1, 0)], []),
        # A whole level may be overridden.
        (
            level(0, "decimal", "%1."),
            {1: (0, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>')},
            [(1, 0), (1, 0)],
            [],
        ),
        # A level that never starts anew.
        (
            level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'),
            {1: (0, "")},
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            ["2."],
        ),
        # Legal numbering shows every level as a figure.
        (
            level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            {1: (0, "")},
            [(1, 0), (1, 1)],
            ["1.1"],
        ),
        # The Latin alphabet has an e where ours has đ.
        (
            level(0, "lowerLetter", "%1)"),
            {1: (0, "")},
            [(1, 0)] * 5,
            ["e)"],
        ),
    ],
)
def test_numbers_are_counted_as_word_counts(levels, lists, body, shown) -> None:  # type: ignore[no-untyped-def]
    data = plan(
        *(numbered("Đoạn", list_id, depth) for list_id, depth in body),
        numbering=numbering({0: levels}, lists),
    )
    # A 1.1 under no mục is computed as 0.1; here only what Word shows counts.
    assert typed(data) == shown


def test_numbers_by_style_by_link_and_by_inheritance() -> None:
    levels = level(0, "upperRoman", "%1.", '<w:pStyle w:val="A"/>') + level(
        1, "decimal", "%2.", '<w:pStyle w:val="B"/>'
    )
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    sheet = styles(
        style("A", paragraph_properties=number),
        style("B", paragraph_properties=number),
        style("C", based_on="B"),
        style("None", based_on="A", paragraph_properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    data = plan(
        styled("MỘT", "A"),
        styled("Hai", "B"),
        styled("Ba", "C"),
        styled("Không số", "None"),
        numbering=numbering({0: levels}, {1: (0, "")}),
        styles=sheet,
    )
    # A style that inherits the list is counted at the top when no level names it.
    assert clauses(data) == [("I.", "MỘT"), ("1.", "Hai"), ("2.", "Ba"), ("", "Không số")]


def test_a_list_defined_by_a_list_style_is_followed() -> None:
    spaces = numbering(
        {
            0: '<w:numStyleLink w:val="Danh"/>',
            1: '<w:styleLink w:val="Danh"/>' + level(0, "upperRoman", "%1."),
        },
        {1: (0, "")},
    )
    assert clauses(plan(numbered("MỘT", 1), numbering=spaces)) == [("I.", "MỘT")]


@pytest.mark.parametrize(
    ("kind", "text", "label", "sentence"),
    [
        ("bullet", "\uf076", "-", "Dấu đầu dòng"),
        ("bullet", "•", "-", None),
        ("bullet", "–", "-", None),
        ("lowerLetter", "%1.", "a)", "viết khác thể thức"),
        ("decimal", "%1/", "1.", "viết khác thể thức"),
        ("decimal", "%1)", "", "không có kiểu số này"),
        ("upperLetter", "%1.", "", "không có kiểu số này"),
        ("decimal", "Điều %1.", "", "không có kiểu số này"),
        ("none", "", "", None),
        ("chicago", "%1.", "1.", None),
    ],
)
def test_bullets_and_strange_numbers_are_kept_and_told(
    kind: str, text: str, label: str, sentence: str | None
) -> None:
    data = plan(
        paragraph("I. MỘT"),
        numbered("Đoạn", 1),
        numbering=numbering({0: level(0, kind, text)}, {1: (0, "")}),
    )
    got = clauses(data)[-1]
    assert got[0] == label
    assert got[1].endswith("Đoạn")
    assert [told for told, _ in doubts(data) if sentence is None] == []
    if sentence:
        assert any(sentence in told for told, _ in doubts(data))
        assert label or got[1] != "Đoạn"


def test_numbers_in_cells_are_text() -> None:
    data = plan(
        paragraph("I. MỘT"),
        table(*(row(cell(numbered("", 1)), cell(paragraph("việc"))) for _ in range(2))),
        numbering=numbering({0: level(0, "decimal", "%1")}, {1: (0, "")}),
    )
    assert [b.text for b in found(data) if b.kind == "cell"] == ["1", "việc", "2", "việc"]


@pytest.mark.parametrize(
    "broken",
    [
        "<w:numPr/>",
        '<w:numPr><w:numId w:val="99"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="-5"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="y"/></w:numPr>',
    ],
)
def test_a_list_that_is_not_there_gives_no_number(broken: str) -> None:
    data = plan(paragraph("I. MỘT"), paragraph("Đoạn", properties=broken), numbering=PLAIN)
    assert clauses(data)[-1][1] == "Đoạn"


def test_styles_that_go_round_in_circles_end() -> None:
    sheet = styles(style("A", based_on="B"), style("B", based_on="A"))
    assert clauses(plan(paragraph("I. MỘT"), styled("Đoạn", "A"), styles=sheet))[-1] == ("", "Đoạn")
