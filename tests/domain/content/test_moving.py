"""A move carries every place along, loses nothing that others write, and can be taken back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import ReplaceStep, Step
from prosemirror.transform.mark_step import AddMarkStep

from tests.domain.content.test_edits import text_of
from workflows.domain.content.edits import Place, apply, carry
from workflows.domain.content.moving import MoveMap, MoveStep, map_of, ranges_of
from workflows.domain.content.schema import SCHEMA
from workflows.domain.errors import UnfitText

WORDS = ("một", "hai 😀", "ba", "bốn", "năm sáu")
TEXT = text_of(*WORDS)


def borders(doc: Node) -> list[int]:
    """Before and after each clause."""
    found: list[int] = []
    doc.for_each(
        lambda node, offset, _: (
            found.append(offset) if node.type.name in ("clause", "recipients") else None
        )
    )
    return found


rows = st.lists(st.sampled_from(borders(TEXT)), min_size=3, max_size=3, unique=True).map(sorted)


def moved(doc: Node, step: Step) -> Node:
    after = step.apply(doc).doc
    assert after is not None
    after.check()
    return after


def around(doc: Node, pos: int) -> tuple[Any, int]:
    """The block that a place is in, and where in it."""
    place = doc.resolve(pos)
    return place.parent.to_json(), place.parent_offset


@given(rows)
def test_every_place_in_a_moved_block_stays_at_its_words(row: list[int]) -> None:
    step = MoveStep(*row)
    after = moved(TEXT, step)
    for pos in range(TEXT.content.size + 1):
        if TEXT.resolve(pos).parent.is_textblock:
            for side in (-1, 1):
                assert around(after, step.get_map().map(pos, side)) == around(TEXT, pos)


@given(rows)
def test_a_move_can_be_taken_back(row: list[int]) -> None:
    step = MoveStep(*row)
    after = moved(TEXT, step)
    back = step.invert(TEXT)
    assert moved(after, back).eq(TEXT)
    for pos in range(TEXT.content.size + 1):
        for side in (-1, 1):
            assert step.get_map().invert().map(step.get_map().map(pos, side), side) == pos


def others(doc: Node) -> list[Step]:
    """What somebody else may do at the same time, in every clause."""
    letters = SCHEMA.text("x")
    places = [offset + 1 for offset in borders(doc)[:-1]]
    typed = [ReplaceStep(pos, pos, put_slice(letters)) for pos in places]
    styled = [AddMarkStep(pos, pos + 2, SCHEMA.mark("em")) for pos in places[:3]]
    gone = [ReplaceStep(pos, pos + 2, put_slice()) for pos in places[:3]]
    return [*typed, *styled, *gone]


def put_slice(*nodes: Node) -> Slice:
    return Slice(Fragment.from_(list(nodes)), 0, 0)


@pytest.mark.parametrize("number", range(len(others(TEXT))))
@settings(max_examples=20, deadline=None)
@given(row=rows)
def test_whoever_comes_first_the_text_is_the_same(number: int, row: list[int]) -> None:
    move, other = MoveStep(*row), others(TEXT)[number]
    first = other.map(move.get_map())
    second = move.map(other.get_map())
    assert first is not None
    assert second is not None
    assert moved(moved(TEXT, move), first).eq(moved(moved(TEXT, other), second))


def test_of_two_who_move_the_same_blocks_one_does() -> None:
    start, middle, end = borders(TEXT)[:3]
    move = MoveStep(start, middle, end)
    assert move.map(move.get_map()) is None


def test_what_was_put_between_two_rows_keeps_them_apart() -> None:
    start, middle, end = borders(TEXT)[:3]
    new = SCHEMA.nodes["clause"].create({"id": "clause999999", "level": "para"})
    between = ReplaceStep(middle, middle, put_slice(new))
    assert MoveStep(start, middle, end).map(between.get_map()) is None


@pytest.mark.parametrize(
    "places",
    [
        (4, 6, 8),
        (2, 2, 7),
        (2, 7, 7),
        (7, 2, 11),
        (2, 7, 9_000),
        # The title, Nơi nhận and the signature keep their places.
        (0, 2, 7),
        (borders(TEXT)[0], borders(TEXT)[-1], TEXT.content.size),
    ],
)
def test_only_whole_blocks_beside_each_other_change_places(places: tuple[int, int, int]) -> None:
    step = dict(zip(("start", "middle", "end"), places, strict=True))
    with pytest.raises(UnfitText):
        apply(TEXT, [{"stepType": "move", **step}])


def test_a_passage_goes_along_and_is_not_gone() -> None:
    start, middle, end = borders(TEXT)[:3]
    edited = apply(TEXT, [{"stepType": "move", "start": start, "middle": middle, "end": end}])
    words = Place(start + 1, start + 4)
    assert TEXT.text_between(words.start, words.end) == "một"
    there = carry(words, edited.ranges)
    assert not there.is_gone
    assert edited.doc.text_between(there.start, there.end) == "một"


def test_a_map_is_stored_and_found_again() -> None:
    move = MoveMap(2, 7, 11)
    stored = ranges_of(move)
    assert map_of(stored).map(3) == move.map(3) == 7
    plain = ReplaceStep(2, 4, put_slice()).get_map()
    assert ranges_of(map_of(ranges_of(plain))) == ranges_of(plain) == [2, 2, 0]
