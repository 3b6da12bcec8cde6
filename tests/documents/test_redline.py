import copy
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents.redline import Change, longest_rise, redline
from tests.documents.plans import (
    Node,
    block,
    clause,
    document,
    full_document,
    new_id,
    real_document,
    text,
)
from workflows.domain.content.blocks import blocks


def changes(old: Node, new: Node) -> list[Change]:
    return [change for change in redline(old, new) if change.kind != "same"]


def side(change: Change, other: str) -> str:
    return "".join(s.text for s in change.segments if s.kind in ("kept", other))


WORDS = ("kinh phí", "15/01/2027", "Sở Tài chính", "đồng", "…", "- x", "hòa", "thủy lợi", "")
sentences = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
levels = st.sampled_from(["part", "sec", "sub", "pt", "dash", "plus", "para"])


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Node, Node]:
    pool = [clause(draw(levels), draw(sentences)) for _ in range(draw(st.integers(1, 8)))]
    kept = draw(st.permutations(pool))[: draw(st.integers(0, len(pool)))]
    later = [copy.deepcopy(node) for node in kept]
    for node in later:
        if draw(st.booleans()):
            node["content"] = [text(draw(sentences) or "x", *draw(faces))]
        if draw(st.booleans()):
            node["attrs"]["level"] = draw(levels)
    for _ in range(draw(st.integers(0, 3))):
        draw(st.sampled_from([_cut, _join, _retype]))(draw, later)
    later[draw(st.integers(0, len(later))) :] = [clause("para", draw(sentences))]
    base = document()
    head, tail = base["content"][:1], base["content"][1:]
    return (
        {"type": "doc", "content": [*head, *pool, *tail]},
        {"type": "doc", "content": [*head, *later, *copy.deepcopy(tail)]},
    )


faces = st.sampled_from([(), ("strong",), ("em",), ("strong", "em")])


def _words_of(node: Node) -> str:
    return "".join(child.get("text", "\n") for child in node.get("content", ()))


def _cut(draw: st.DrawFn, row: list[Node]) -> None:
    """Press Enter somewhere in a clause; either half keeps the id."""
    if row:
        at = draw(st.integers(0, len(row) - 1))
        whole = _words_of(row[at])
        place = draw(st.integers(0, len(whole)))
        fresh = clause("dash", whole[place:])
        row[at]["content"] = [text(whole[:place])] if place else []
        row.insert(at + draw(st.integers(0, 1)), fresh)


def _join(draw: st.DrawFn, row: list[Node]) -> None:
    if len(row) > 1:
        at = draw(st.integers(0, len(row) - 2))
        whole = " ".join(_words_of(node) for node in row[at : at + 2])
        row[at]["content"] = [text(whole)]
        del row[at + 1]


def _retype(draw: st.DrawFn, row: list[Node]) -> None:
    if row:
        row[draw(st.integers(0, len(row) - 1))]["attrs"]["id"] = new_id()


@settings(deadline=None, max_examples=300)
@given(two_versions())
def test_every_block_of_both_versions_comes_back_whole(versions: tuple[Node, Node]) -> None:
    old, new = versions
    found = redline(old, new)
    before = {b.id: unicodedata.normalize("NFC", b.text) for b in blocks(old)}
    after = [(b.id, unicodedata.normalize("NFC", b.text)) for b in blocks(new)]
    assert [(c.after.id, side(c, "inserted")) for c in found if c.after] == after
    assert sorted(c.before.id for c in found if c.before) == sorted(before)
    assert rejected(found, list(before)) == before


def rejected(found: list[Change], order: list[str]) -> dict[str, str]:
    """The old text of every block, put together again from all that shows a part of it."""
    texts = dict.fromkeys(order, "")
    old_of = {c.after.id: c.before.id for c in found if c.after and c.before}
    into = {c.before.id: c.other for c in found if c.kind == "merge" and c.before}
    for change in found:
        if change.kind == "split":
            assert change.other is not None
            texts[old_of[change.other.id]] += side(change, "deleted")
        elif change.before and change.before.id not in into:
            own = change.before.id
            there = {own, *(each for each, other in into.items() if other is change.after)}
            sewn = [each for each in order if each in there]
            ends = [0, *change.seams, len(change.segments)]
            for identity, (start, end) in zip(sewn, pairwise(ends), strict=True):
                pieces = change.segments[start:end]
                texts[identity] += "".join(s.text for s in pieces if s.kind != "inserted")
    return texts


@settings(deadline=None)
@given(two_versions())
def test_what_did_not_move_keeps_its_order(versions: tuple[Node, Node]) -> None:
    old, new = versions
    order = {b.id: place for place, b in enumerate(blocks(old))}
    steady = [c for c in redline(old, new) if c.kind in ("same", "edit", "delete")]
    places = [order[c.before.id] for c in steady if c.before]
    assert places == sorted(places)


@given(st.permutations(range(9)))
def test_the_longest_rise_keeps_order_and_is_not_beaten_by_one_more(places: list[int]) -> None:
    kept = [place for place in places if place in longest_rise(places)]
    assert kept == sorted(kept)
    best = [1] * len(places)
    for i, place in enumerate(places):
        best[i] = 1 + max((best[j] for j in range(i) if places[j] < place), default=0)
    assert len(kept) == max(best)


def test_a_version_compared_with_itself_shows_nothing() -> None:
    for doc in (full_document(), real_document()):
        assert {change.kind for change in redline(doc, copy.deepcopy(doc))} == {"same"}


@pytest.mark.parametrize(
    "kind",
    [
        *("title", "basis", "opening", "clause", "cell"),
        *("closing", "recipient", "filing", "signature", "annex"),
    ],
)
def test_a_change_anywhere_in_the_text_is_seen(kind: str) -> None:
    old = full_document()
    wanted = next(b for b in blocks(old) if b.kind == kind and b.text)
    new = _rewritten(old, wanted.text.split("\n")[0])
    [change, *_] = changes(old, new)
    assert (change.kind, change.block.kind) == ("edit", kind)
    assert side(change, "deleted") == wanted.text


def _rewritten(node: Node, words: str) -> Node:
    """The same tree with *words* replaced wherever they stand, in text or in attributes."""
    if isinstance(node, dict):
        return {key: _rewritten(value, words) for key, value in node.items()}
    if isinstance(node, list):
        return [_rewritten(value, words) for value in node]
    return f"{node} đã sửa" if node == words else node


def test_a_moved_clause_is_moved_and_not_deleted() -> None:
    old = document(*(clause("sec", f"Mục {n}") for n in range(5)))
    new = copy.deepcopy(old)
    new["content"].insert(1, new["content"].pop(5))
    [change] = changes(old, new)
    assert (change.kind, change.label_before, change.label_after) == ("move", "5.", "1.")


def test_a_new_level_is_an_edit_with_the_same_words() -> None:
    old = document(clause("sec", "Kinh phí"))
    new = copy.deepcopy(old)
    new["content"][1]["attrs"]["level"] = "para"
    [change] = changes(old, new)
    assert (change.kind, change.relevelled) == ("edit", True)
    assert (change.level_before, change.level_after) == ("sec", "para")


def test_bold_alone_is_a_change_that_says_so() -> None:
    old = document(clause("para", "Kinh phí"))
    new = copy.deepcopy(old)
    new["content"][1]["content"] = [text("Kinh "), text("phí", "strong")]
    [change] = changes(old, new)
    assert (change.kind, change.restyled) == ("edit", True)


def test_the_deleted_stand_where_they_stood() -> None:
    old = document(block("opening", "a"), clause("para", "b"), clause("para", "c"))
    new = copy.deepcopy(old)
    del new["content"][2]
    kinds = [change.kind for change in redline(old, new)][:4]
    assert kinds == ["same", "same", "delete", "same"]
