import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.words import MOST_TOKENS, Segment, compare

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


def test_a_pasted_monster_is_replaced_as_a_whole() -> None:
    old, new = "a " * MOST_TOKENS, "b " * MOST_TOKENS
    assert compare(old, new) == (Segment("deleted", old), Segment("inserted", new))
