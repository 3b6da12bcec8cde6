"""The redline on paper: both texts named on every page, marks that survive a black printer."""

import copy
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal.documents import isolation
from portal.documents.conformance import faults_of_pdf
from portal.documents.pictures import page_count
from portal.documents.redline import redline
from portal.documents.redline_layout import lay_out
from portal.documents.redline_pdf import WARNING, redline_pdf
from portal.documents.typesetting import RenderingFailed
from tests.documents.plans import AT, LONG, Node, clause, document, full_document, text
from tests.documents.poppler import words_of

DIGESTS = ("a1" * 32, "b2" * 32)


def printed(
    old: Node, new: Node, *, only_changes: bool = False, name: str = "Phiên bản 1"
) -> bytes:
    layout = lay_out(redline(old, new), old, new, only_changes=only_changes)
    return redline_pdf(
        layout,
        title="Kế hoạch #panic() *năm* 2027",
        names=(name, "Dự thảo đang sửa"),
        digests=DIGESTS,
        any_placement=False,
        at=AT,
    )


def rewritten(old: Node) -> Node:
    new = copy.deepcopy(old)
    for number, node in enumerate(new["content"]):
        if node["type"] == "clause" and number % 3 == 0:
            node["content"] = [text(f"Viết lại #set page() số {number}")]
    return new


def test_every_page_says_what_it_is_and_names_both_texts(tmp_path: Path) -> None:
    old = document(*(clause("dash", f"{LONG} {n}") for n in range(120)))
    pdf = printed(old, rewritten(old))

    assert page_count(pdf) > 2
    for page in range(1, page_count(pdf) + 1):
        words = words_of(tmp_path, pdf, page)
        assert WARNING in words
        assert "Bản cũ: Phiên bản 1 · a1a1" in words
        assert "Bản mới: Dự thảo đang sửa · b2b2" in words
        assert f"Trang {page}/{page_count(pdf)}" in words


def test_what_is_gone_and_what_is_new_bear_signs_and_nothing_is_read_as_markup(
    tmp_path: Path,
) -> None:
    old = document(clause("dash", "Trước ngày 15/01/2027 #panic() xong"))
    new = copy.deepcopy(old)
    new["content"][1]["content"] = [text("Trước ngày 20/02/2027 #panic() xong")]

    words = words_of(tmp_path, printed(old, new))

    assert "[−15/01/2027][+20/02/2027] #panic() xong" in words
    assert "1 chỗ thay đổi. Sửa lời: 1." in words
    assert "Kế hoạch #panic() *năm* 2027" in words
    assert all(digest in words.replace("\u200b", "") for digest in DIGESTS)


def test_it_conforms_and_is_the_same_each_time() -> None:
    old = full_document()
    new = rewritten(old)
    table = next(node for node in new["content"] if node["type"] == "table")
    del table["content"][3]

    pdf = printed(old, new)

    assert pdf == printed(old, new)
    assert faults_of_pdf(pdf) == []


def test_a_draft_with_signs_that_no_font_has_is_printed_all_the_same(tmp_path: Path) -> None:
    old = document(clause("dash", "Kinh phí"))
    new = copy.deepcopy(old)
    new["content"][1]["content"] = [text("Kinh phí 😀 \x07 中")]

    words = words_of(tmp_path, printed(old, new, name="Bản ghi 1: 😀"))

    assert "[+ ? ? ?]" in words
    assert "Bản ghi 1: ?" in words


def test_texts_that_are_the_same_are_said_to_be(tmp_path: Path) -> None:
    doc = full_document()

    words = words_of(tmp_path, printed(doc, copy.deepcopy(doc), only_changes=True))

    assert "Hai bản có lời văn như nhau." in words


def test_a_text_that_takes_too_long_is_refused_and_only_its_process_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = document(clause("dash", "Trước ngày 15/01/2027 xong"))
    new = document(clause("dash", "Trước ngày 20/01/2027 xong"))
    monkeypatch.setattr(isolation, "SECONDS", 0.01)
    with pytest.raises(RenderingFailed, match="Hãy chọn hai bản gần nhau hơn"):
        printed(old, new)


def test_no_more_texts_are_typeset_at_once_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text_of_one = document(clause("dash", "Trước ngày 15/01/2027 xong"))
    monkeypatch.setattr(isolation, "PATIENCE", 0.0)
    with ExitStack() as room:
        for _ in range(isolation.AT_ONCE):
            room.enter_context(isolation._ROOM)
        with pytest.raises(isolation.TypesetterBusy):
            printed(text_of_one, text_of_one)
    assert page_count(printed(text_of_one, text_of_one)) == 1
