"""Tables of both texts as one: rows, columns and cells that came, went, moved or changed."""

import copy
from collections.abc import Callable

import pytest

from portal.documents.changes import Mark
from portal.documents.redline import redline
from portal.documents.redline_items import Layout, TableEntry
from portal.documents.redline_layout import lay_out
from portal.documents.redline_rows import TableView
from portal.documents.redline_tables import tables_of
from tests.documents.plans import Node, cell, clause, document, table, text

HEADS = ("TT", "Nhiệm vụ", "Kinh phí", "Thời gian")


def plan() -> Node:
    rows = [
        [cell(f"{n}"), cell(f"Việc số {n}"), cell(f"{n}00 đồng"), cell("Quý I")] for n in "1234"
    ]
    return document(
        clause("sec", "Phân công"),
        table([cell(head, head=True) for head in HEADS], *rows),
        clause("sec", "Kinh phí"),
    )


def rows_of(doc: Node) -> list[Node]:
    found: list[Node] = next(node for node in doc["content"] if node["type"] == "table")["content"]
    return found


def seen(old: Node, new: Node, *, all_rows: bool = True) -> tuple[TableView, Layout]:
    changes = redline(old, new)
    [view] = tables_of(changes, old, new).values()
    return view, lay_out(changes, old, new, only_changes=not all_rows)


def reword(node: Node, words: str) -> None:
    node["content"][0]["content"] = [text(words)]


def change_cell(rows: list[Node]) -> None:
    reword(rows[2]["content"][1], "Việc khác hẳn")


def add_row(rows: list[Node]) -> None:
    rows.insert(
        3, {"type": "table_row", "content": [cell(words) for words in ("x", "y", "z", "t")]}
    )


def remove_row(rows: list[Node]) -> None:
    del rows[2]


def remove_last_row(rows: list[Node]) -> None:
    del rows[-1]


def move_row(rows: list[Node]) -> None:
    rows.insert(2, rows.pop())


def add_column(rows: list[Node]) -> None:
    for at, row in enumerate(rows):
        row["content"].insert(2, cell("Chủ trì" if at == 0 else f"Sở {at}", head=at == 0))


def remove_column(rows: list[Node]) -> None:
    for row in rows:
        del row["content"][2]


def remove_last_column(rows: list[Node]) -> None:
    for row in rows:
        del row["content"][-1]


def join_cells(rows: list[Node]) -> None:
    first, second = rows[2]["content"][1:3]
    first["attrs"]["colspan"] = 2
    rows[2]["content"].remove(second)


Case = tuple[Callable[[list[Node]], None], dict[Mark, int], list[str]]
CASES: list[Case] = [
    (change_cell, {Mark.EDITED: 1}, ["same", "same", "edit", "same", "same"]),
    (add_row, {Mark.ROWS_ADDED: 1}, ["same", "same", "same", "insert", "same", "same"]),
    (remove_row, {Mark.ROWS_REMOVED: 1}, ["same", "same", "delete", "same", "same"]),
    (remove_last_row, {Mark.ROWS_REMOVED: 1}, ["same", "same", "same", "same", "delete"]),
    (move_row, {Mark.MOVED: 1}, ["same", "same", "move", "same", "same"]),
    (add_column, {Mark.COLUMNS_ADDED: 1}, ["edit"] * 5),
    (remove_column, {Mark.COLUMNS_REMOVED: 1}, ["edit"] * 5),
    (remove_last_column, {Mark.COLUMNS_REMOVED: 1}, ["edit"] * 5),
    (join_cells, {Mark.DELETED: 1}, ["same", "same", "edit", "same", "same"]),
]


@pytest.mark.parametrize(("act", "counts", "fates"), CASES)
def test_what_was_done_to_a_table_is_named(
    act: Callable[[list[Node]], None], counts: dict[Mark, int], fates: list[str]
) -> None:
    old = plan()
    new = copy.deepcopy(old)
    act(rows_of(new))

    view, layout = seen(old, new)

    assert [row.fate for row in view.rows] == fates
    assert layout.counts == counts
    assert len({sum(cell.across for cell in row.cells) for row in view.rows}) == 1


def test_columns_are_named_by_their_headings() -> None:
    old = plan()
    new = copy.deepcopy(old)
    add_column(rows_of(new))
    for row in rows_of(new):
        del row["content"][3]

    view, layout = seen(old, new)

    assert (view.added_columns, view.removed_columns) == (("Chủ trì",), ("Kinh phí",))
    assert layout.last == 1
    heads = [change.block.text for each in view.rows[0].cells for change in each.changes]
    assert heads == ["TT", "Nhiệm vụ", "Kinh phí", "Chủ trì", "Thời gian"]


def test_a_row_that_comes_while_a_column_goes_keeps_its_cells_below_their_headings() -> None:
    old = plan()
    new = copy.deepcopy(old)
    remove_column(rows_of(new))
    rows_of(new).insert(2, {"type": "table_row", "content": [cell(w) for w in ("x", "y", "t")]})

    view, _ = seen(old, new)

    row = [[each.block.text for each in one.changes] for one in view.rows[2].cells]
    assert row == [["x"], ["y"], [], ["t"]]


def test_a_whole_table_that_comes_or_goes_is_one_change() -> None:
    old = plan()
    new = copy.deepcopy(old)
    new["content"] = [node for node in new["content"] if node["type"] != "table"]

    for before, after, fate in ((old, new, "delete"), (new, old, "insert")):
        view, layout = seen(before, after, all_rows=False)
        assert view.fate == fate
        assert layout.last == 1
        assert sum(layout.counts.values()) == 1


def test_only_changed_rows_are_shown_with_the_headings_above_them() -> None:
    old = plan()
    new = copy.deepcopy(old)
    reword(rows_of(new)[3]["content"][3], "Quý IV")

    _, layout = seen(old, new, all_rows=False)

    [entry] = [item for item in layout.items if isinstance(item, TableEntry)]
    assert [(line.row.number, line.skipped) for line in entry.rows] == [(1, 0), (4, 2)]
    assert entry.skipped == 1
    assert [item.kind for item in layout.items] == ["gap", "context", "table", "gap"]


def test_a_row_that_goes_while_the_last_column_comes_is_as_wide_as_the_others() -> None:
    old = plan()
    new = copy.deepcopy(old)
    for row in rows_of(new):
        row["content"].append(cell("Sở"))
    del rows_of(new)[2]

    view, _ = seen(old, new)

    assert [sum(each.across for each in row.cells) for row in view.rows] == [5] * 5
    assert [bool(each.changes) for each in view.rows[2].cells] == [True] * 4 + [False]
