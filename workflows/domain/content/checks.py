"""What keeps a text from being taken in: characters and sizes that the page cannot print."""

from collections.abc import Iterator
from itertools import islice

from workflows.domain.content.blocks import Block, blocks
from workflows.domain.content.canonical import sound
from workflows.domain.content.coverage import is_unseen, unprintable
from workflows.domain.content.shape import Doc
from workflows.domain.content.tables import MAX_COLUMNS, is_rectangle
from workflows.domain.errors import Fault

MAX_BLOCKS = 4_000
MAX_BLOCK = 20_000
MAX_TEXT = 600_000
MAX_TITLE = 500
# More than anyone puts right in one go; a pasted file in another script must not fill the page.
MAX_FAULTS = 100


def faults_of_text(doc: Doc) -> list[Fault]:
    """Characters and sizes that the page cannot take; raises UnfitText when off the schema."""
    whole = sound(doc)
    found = list(blocks(whole))
    faults = [*_sizes(found), *_geometry(whole, found)]
    faults.extend(islice(_characters(found), MAX_FAULTS + 1))
    if len(faults) <= MAX_FAULTS:
        return faults
    more = "còn nhiều chỗ khác nữa; hãy sửa những chỗ trên rồi kiểm tra lại."
    return [*faults[:MAX_FAULTS], Fault("Văn bản", more)]


def new_faults(old: Doc, new: Doc) -> list[Fault]:
    """The faults of *new* that *old* does not have at the same block: whoever changed it made them.

    Raises UnfitText when one of them is off the schema.
    """
    had = {(fault.block_id, fault.sentence) for fault in faults_of_text(old)}
    return [each for each in faults_of_text(new) if (each.block_id, each.sentence) not in had]


def _sizes(found: list[Block]) -> Iterator[Fault]:
    if len(found) > MAX_BLOCKS:
        yield _too_big("Văn bản", len(found), MAX_BLOCKS, "khối")
    length = sum(len(block.text) for block in found)
    if length > MAX_TEXT:
        yield _too_big("Văn bản", length, MAX_TEXT, "ký tự")
    for block in found:
        most = MAX_TITLE if block.kind == "title" else MAX_BLOCK
        if len(block.text) > most:
            yield _too_big(block.place, len(block.text), most, "ký tự", block.id)


def _too_big(where: str, size: int, most: int, unit: str, block_id: str | None = None) -> Fault:
    return Fault(where, f"có {size} {unit}, nhiều hơn mức tối đa {most} {unit}.", block_id)


def _geometry(doc: Doc, found: list[Block]) -> Iterator[Fault]:
    places = {block.cell.table_id: block.place for block in reversed(found) if block.cell}
    for table in _tables(doc):
        if not is_rectangle(table):
            identity = table["attrs"]["id"]
            where = places[identity].rpartition(", hàng")[0]
            sentence = (
                "các hàng không khít nhau (ô thiếu, ô chồng nhau, ô gộp quá bảng) "
                f"hoặc có hơn {MAX_COLUMNS} cột; hãy sửa lại bảng."
            )
            yield Fault(where, sentence, identity)


def _tables(node: Doc) -> Iterator[Doc]:
    for child in node.get("content", ()):
        if child["type"] == "table":
            yield child
        elif child["type"] == "annex":
            yield from _tables(child)


def _characters(found: list[Block]) -> Iterator[Fault]:
    for block in found:
        for character in unprintable(block.text.replace("\n", " ")):
            code = f"U+{ord(character):04X}"
            if is_unseen(character):
                sentence = f"có ký tự điều khiển không nhìn thấy ({code}); hãy gõ lại đoạn này."
            else:
                sentence = (
                    f"ký tự “{character}” ({code}) không có trong phông chữ của văn bản; "
                    "hãy xoá hoặc thay thế."
                )
            yield Fault(block.place, sentence, block.id)
