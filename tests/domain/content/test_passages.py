"""Words are found again in their block only where nothing else could be meant."""

import pytest

from workflows.domain.content.passages import sole_place
from workflows.domain.content.schema import parse

BLOCK = "clause000001"


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Sở Y tế chủ trì", "Y tế", (6, 10)),
        # A letter outside the basic plane counts twice on the page.
        ("😀 Sở Y tế", "Y tế", (9, 13)),
        ("Sở Y tế và Y tế xã", "Y tế", None),
        ("aaa", "aa", None),
        ("Sở Y tế", "Sở Nội vụ", None),
        ("Sở Y tế", "", None),
    ],
)
def test_words_that_stand_once_are_found(
    text: str, words: str, found: tuple[int, int] | None
) -> None:
    clause = {"type": "clause", "attrs": {"id": BLOCK, "level": "para"}}
    node = parse(
        {
            "type": "doc",
            "content": [
                {"type": "title", "attrs": {"id": "title0000001"}, "content": []},
                {**clause, "content": [{"type": "text", "text": text}]},
                {"type": "recipients", "attrs": {"filing": "VT"}},
                {"type": "signature", "attrs": {"id": "signature001"}},
            ],
        }
    )
    assert sole_place(node, BLOCK, words) == found
    assert sole_place(node, "gone00000001", words) is None
