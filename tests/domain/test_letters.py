"""Letters come into their one spelling, and no heap of marks keeps the machine busy for hours."""

import unicodedata

import pytest

from tests.factories import short_plan
from workflows.domain.content.importer import import_text
from workflows.domain.content.schema import parse
from workflows.domain.errors import UnfitText
from workflows.domain.letters import MOST_MARKS, is_heaped, nfc

# Each pair must change places; together they took minutes.
HEAP = "a" + "\u0301\u0323" * 100_000


@pytest.mark.parametrize(
    "text", ["Kế hoạch", unicodedata.normalize("NFD", "thuỷ sản, Đường"), "字" * 99, "เชียงใหม่", ""]
)
def test_what_people_write_is_only_brought_into_its_one_form(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)
    assert not is_heaped(text)


def test_of_a_heap_of_marks_the_first_stay() -> None:
    assert len(nfc(f"xin {HEAP} chào")) < MOST_MARKS + 10
    assert nfc(f"xin {HEAP} chào").endswith(" chào")


def test_a_text_with_a_heap_of_marks_is_refused_or_read_at_once() -> None:
    doc = short_plan()
    doc["content"][0]["content"] = [{"type": "text", "text": HEAP}]
    with pytest.raises(UnfitText, match="quá nhiều dấu"):
        parse(doc)
    assert import_text(f"KẾ HOẠCH\nVề việc {HEAP}\nI. MỤC ĐÍCH").doc["type"] == "doc"
