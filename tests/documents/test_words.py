import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.accents import without_placement
from portal.documents.words import Segment, Words, compare

syllables = st.sampled_from(
    ["kinh", "phí", "15/01/2027", "1.500.000", " ", "  ", "\n", ",", ".", "-", "đồng", "hòa", "_"]
)
texts = st.lists(syllables, max_size=40).map("".join) | st.text(max_size=60)


def side(segments: tuple[Segment, ...], other: str) -> str:
    return "".join(segment.text for segment in segments if segment.kind in ("kept", other))


@given(texts, texts)
def test_the_segments_give_both_texts_back(old: str, new: str) -> None:
    segments = compare(old, new)
    assert side(segments, "deleted") == unicodedata.normalize("NFC", old)
    assert side(segments, "inserted") == unicodedata.normalize("NFC", new)
    assert all(segment.text for segment in segments)


@given(texts)
def test_a_text_has_no_difference_to_itself_in_another_spelling(old: str) -> None:
    kinds = {segment.kind for segment in compare(old, unicodedata.normalize("NFD", old))}
    assert kinds <= {"kept"}


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("trước 15/01/2027, cấp", "trước 20/02/2027; cấp", "trước [15/01/2027,|20/02/2027;] cấp"),
        ("1.500.000 đồng", "1.750.000 đồng", "[1.500.000|1.750.000] đồng"),
        ("giai đoạn 2021-2025", "giai đoạn 2026-2030", "giai đoạn [2021-2025|2026-2030]"),
        ("Sở Tài chính", "Sở Nội vụ", "Sở [Tài chính|Nội vụ]"),
        ("Sở chủ trì", "Sở Y tế chủ trì", "Sở [|Y tế ]chủ trì"),
        ("trong tháng 5 năm nay", "trong quý 2 năm nay", "trong [tháng 5|quý 2] năm nay"),
        (
            "do Sở Tài chính và Kho bạc cấp",
            "do Quỹ Hỗ trợ và Ngân hàng cấp",
            "do [Sở Tài chính|Quỹ Hỗ trợ] và [Kho bạc|Ngân hàng] cấp",
        ),
        (
            "do một hai ba bốn và năm sáu bảy tám cấp",
            "do A B C D và E F G H cấp",
            "do [một hai ba bốn và năm sáu bảy tám|A B C D và E F G H] cấp",
        ),
        ("năm 2026\nđợt một", "năm 2027\nđợt hai", "năm [2026|2027]\nđợt [một|hai]"),
        ("", "mới", "[|mới]"),
        ("cũ", "", "[cũ|]"),
    ],
)
def test_changes_read_as_people_would_mark_them(old: str, new: str, shown: str) -> None:
    written = ""
    for segment in compare(old, new):
        if segment.kind == "kept":
            written += segment.text
        elif segment.kind == "deleted":
            written += f"[{segment.text}|]"
        else:
            written += f"[|{segment.text}]"
    assert written.replace("|][|", "|") == shown


def kinds(segments: tuple[Segment, ...]) -> list[str]:
    return [segment.kind for segment in segments]


def test_a_pasted_monster_is_replaced_as_a_whole() -> None:
    old, new = "a x " * 1_800 + "y", "b x " * 1_800 + "z"
    assert compare(old, new) == (Segment("deleted", old), Segment("inserted", new))


def test_many_monsters_together_cost_no_more_than_the_allowance() -> None:
    words = Words(work=3_500)
    old, new = "a x " * 10 + "y", "b x " * 10 + "z"

    fine, again, *rest = (words.compare(old, new) for _ in range(5))

    assert kinds(fine) == kinds(again)
    assert len(fine) > 20
    assert [kinds(segments) for segments in rest] == [["deleted", "inserted"]] * 3
    assert all(side(segments, "deleted") == old for segments in (fine, *rest))
    assert all(side(segments, "inserted") == new for segments in (fine, *rest))


def test_one_word_changed_in_a_monster_is_still_one_word() -> None:
    old = "a " * 9_000 + "cũ" + " b" * 9_000

    segments = compare(old, old.replace("cũ", "mới"))

    assert [each.text for each in segments if each.kind != "kept"] == ["cũ", "mới"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("KHOẺ", "KHỎE"), ("quý", "qúy"), ("xoè", "xòe")],
)
def test_both_ways_to_place_an_accent_are_one_word_if_asked(one: str, other: str) -> None:
    assert without_placement(one) == without_placement(other)
    assert Words(any_placement=True).compare(f"a {one} b", f"a {other} b") == (
        Segment("kept", f"a {other} b"),
    )
    assert len(compare(one, other)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hóa"),
        ("ma", "mà"),
        ("mơ", "mờ"),
        ("ân", "an"),
        ("Hòa", "hòa"),
        ("élève", "elève"),
        ("áà", "áa"),
    ],
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert without_placement(one) != without_placement(other)


@given(texts, texts)
def test_without_placement_the_newer_text_comes_back_whole(old: str, new: str) -> None:
    segments = Words(any_placement=True).compare(old, new)
    assert side(segments, "inserted") == unicodedata.normalize("NFC", new)


@given(texts, st.lists(texts, min_size=1, max_size=4))
def test_a_cut_text_is_whole_again(whole: str, parts: list[str]) -> None:
    pieces = Words().cut(whole, parts)
    assert len(pieces) == len(parts)
    assert "".join(pieces) == unicodedata.normalize("NFC", whole)


def test_a_text_is_cut_where_its_halves_meet() -> None:
    assert Words().cut("một hai ba bốn", ["một hai", "ba bốn"]) == ["một hai", " ba bốn"]
