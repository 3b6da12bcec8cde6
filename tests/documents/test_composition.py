import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.composition import breakable, layout
from portal.documents.tables import MOST_COLUMNS, table_block
from portal.documents.typesetting import RenderingFailed
from tests.documents.plans import (
    HA_NOI,
    Node,
    annex,
    block,
    cell,
    clause,
    document,
    plan,
    recipients,
    table,
    text,
)


def laid(*body: Node, **more: Any) -> Any:
    return layout(json.loads(plan(document(*body, **more))))


def words(one: Any) -> str:
    return "".join(piece for piece, _ in one["runs"])


@pytest.mark.parametrize(
    ("level", "title", "below", "heading"),
    [
        ("part", "Mục đích", clause("para", "x"), True),
        ("part", "Mục đích", clause("part", "x"), True),
        ("part", "Một câu.", clause("para", "x"), True),
        ("sec", "Hạ tầng số", clause("para", "x"), True),
        ("sec", "Hạ tầng số", clause("sub", "x"), True),
        ("sec", "Hạ tầng số", clause("dash", "x"), True),
        ("sec", "Hạ tầng số", table((cell("x"),)), True),
        ("sec", "Hạ tầng số", clause("sec", "x"), False),
        ("sec", "Hạ tầng số", clause("part", "x"), False),
        ("sec", "Hạ tầng số", block("closing", "x./."), False),
        ("sec", "Một câu trọn vẹn.", clause("para", "x"), False),
        ("sec", "Các đơn vị sau:", clause("dash", "x"), False),
        ("sec", "Một vế;", clause("para", "x"), False),
        ("sec", "Rất dài " * 50, clause("para", "x"), False),
        ("sub", "Trung tâm dữ liệu", clause("pt", "x"), True),
        ("sub", "Trung tâm dữ liệu", clause("sec", "x"), False),
        ("pt", "Điểm", clause("dash", "x"), False),
        ("dash", "Gạch", clause("plus", "x"), False),
        ("para", "Đoạn", clause("para", "x"), False),
    ],
)
def test_what_is_a_title_is_set_bold(level: str, title: str, below: Node, heading: bool) -> None:
    first = laid(clause(level, title), below)["body"][0]
    assert (first["kind"] == "heading") is heading


@given(st.lists(st.sampled_from(["part", "sec", "sub", "pt", "para"]), max_size=12))
def test_no_heading_skips_a_level(levels: list[str]) -> None:
    made = laid(*(clause(level, "Tiêu đề") for level in levels), clause("para", "x"))
    depth = 0
    for one in made["body"]:
        if one["kind"] == "heading":
            assert 1 <= one["depth"] <= depth + 1
            depth = one["depth"]


def test_headings_of_an_annex_stand_under_its_title() -> None:
    made = laid(annexes=(annex("Biểu", clause("sec", "Mục"), clause("para", "x")),))
    assert made["annexes"][0]["title"] == "BIỂU"
    assert made["annexes"][0]["body"][0]["depth"] == 2


def test_a_part_is_set_in_capitals_and_a_basis_only_in_italic() -> None:
    made = laid(
        block("basis", [text("Căn cứ "), text("Luật", "em"), text(" A", "strong", "em")]),
        clause("part", "Tổ chức thực hiện"),
    )
    assert words(made["body"][1]) == "I. TỔ CHỨC THỰC HIỆN"
    assert [face for _, face in made["body"][0]["runs"]] == ["", "", "b"]


def test_the_last_paragraph_goes_with_the_signature() -> None:
    made = laid(clause("para", "a"), block("closing", "b"), block("closing", "c./."))
    assert [words(one) for one in made["tail"]] == ["c./."]
    assert [words(one) for one in made["body"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "filing", "printed"),
    [
        ("Thành ủy", "VT, TH", ["Thành ủy;", "Lưu: VT, TH."]),
        ("Thành ủy;", "VT, TH.", ["Thành ủy;", "Lưu: VT, TH."]),
        ("Thành ủy.", "Lưu: VT", ["Thành ủy;", "Lưu: VT."]),
        ("Thành ủy", "", ["Thành ủy;"]),
    ],
)
def test_lines_of_recipients_end_as_the_decree_says(
    line: str, filing: str, printed: list[str]
) -> None:
    doc = document()
    doc["content"][2] = recipients(line, filing=filing)
    assert layout(json.loads(plan(doc)))["recipients"] == printed


def test_a_purpose_is_named_behind_the_recipient() -> None:
    doc = document()
    doc["content"][2]["content"][0]["attrs"]["purpose"] = "để báo cáo"
    made = layout(json.loads(plan(doc)))
    assert made["recipients"][0] == "Thường trực Thành ủy (để báo cáo);"


def test_the_reference_of_an_annex_is_left_unfilled() -> None:
    [one] = laid(annexes=(annex("x"),))["annexes"]
    assert one["reference"].startswith("(Kèm theo Kế hoạch số ……/KH-UBND ngày ……")
    assert HA_NOI["kind"] == "KẾ HOẠCH"


@given(st.text(max_size=80), st.integers(1, 20))
def test_breaking_adds_only_what_is_not_seen(words_: str, longest: int) -> None:
    words_ = words_.replace("\u200b", "")
    loose = breakable(words_, longest)
    assert loose.replace("\u200b", "") == words_
    assert all(len(part) <= longest for word in loose.split() for part in word.split("\u200b"))


spans = st.builds(
    lambda words, across, down: cell(words, across=across, down=down),
    st.sampled_from(["", "x", "một hai ba"]),
    st.integers(1, 3),
    st.integers(1, 4),
)


@given(st.lists(st.lists(spans, min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_two_cells_share_a_place_whatever_the_spans_say(rows: list[list[Node]]) -> None:
    made = table_block(table(*rows), lambda clause, longest: [("x", "")])
    taken: set[tuple[int, int]] = set()
    for one in made["cells"]:
        places = {
            (one["x"] + i, one["y"] + j)
            for i in range(one["colspan"])
            for j in range(one["rowspan"])
        }
        assert not places & taken
        taken |= places
    assert max(x for x, _ in taken) < len(made["columns"])
    assert max(y for _, y in taken) < made["rows"]
    assert len(made["cells"]) == sum(len(row) for row in rows)


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([[True, True], [False, False]], 1),
        ([[True, True], [True, True], [False, False]], 2),
        ([[True, False], [False, False]], 0),
        ([[True, True]], 0),
        ([[False, False], [True, True]], 0),
    ],
)
def test_the_head_is_the_rows_on_top_that_hold_only_head_cells(
    rows: list[list[bool]], head: int
) -> None:
    made = table_block(
        table(*[[cell("x", head=one) for one in row] for row in rows]),
        lambda clause, longest: [("x", "")],
    )
    assert made["header_rows"] == head


def test_a_head_that_reaches_below_itself_is_not_repeated() -> None:
    made = table_block(
        table((cell("a", head=True, down=2), cell("b", head=True)), (cell("c"),)),
        lambda clause, longest: [("x", "")],
    )
    assert made["header_rows"] == 0


def test_a_table_too_wide_for_any_page_is_refused() -> None:
    with pytest.raises(RenderingFailed, match="nhiều hơn 40 cột"):
        table_block(table([cell("x") for _ in range(MOST_COLUMNS + 1)]), lambda clause, longest: [])
