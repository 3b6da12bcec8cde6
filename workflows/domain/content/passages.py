"""Passages of a text in words: what stands between two places, and in which block."""

from typing import cast

from prosemirror.model import Fragment, Node, Slice

from workflows.domain.content.pairing import block_places
from workflows.domain.content.schema import SCHEMA
from workflows.domain.content.shape import Doc

PARAGRAPH = "¶"


def words_between(node: Node, start: int, end: int) -> str:
    """The words from *start* to *end*; raises ValueError for places that are not in the text."""
    if not 0 <= start <= end <= node.content.size:
        raise ValueError("no such place")
    return words_in(node.slice(start, end).content)


def words_of_slice(slice_: Doc | None) -> str:
    """The words that a stored slice holds."""
    return words_in(Slice.from_json(SCHEMA, slice_).content)


def words_in(content: Fragment) -> str:
    """Every block on a line of its own; a bare border between two blocks is a sign."""
    lines = list(_lines(content))
    words = "\n".join(lines)
    return words if words.strip() or len(lines) < 2 else PARAGRAPH


def block_at(node: Node, place: int) -> str | None:
    """The id of the innermost block that holds *place*, or begins there."""
    around = node.resolve(place)
    inside = [around.node(depth) for depth in range(around.depth, 0, -1)]
    after = around.node_after
    named = [each for each in (*inside, after) if each is not None and not each.is_text]
    found = (cast("str | None", each.attrs.get("id")) for each in named)
    return next((identity for identity in found if identity), None)


def content_of_block(node: Node, block_id: str) -> tuple[int, int] | None:
    """From where to where the words of a block stand, or None when it is not there.

    An annex is its title.
    """
    position = block_places(node).get(block_id)
    block = node.node_at(position) if position is not None else None
    if position is None or block is None:
        return None
    if block.is_leaf:
        return position, position + 1
    if block.type.name == "annex":
        return position + 2, position + 2 + block.child(0).content.size
    return position + 1, position + 1 + block.content.size


def sole_place(node: Node, block_id: str, words: str) -> tuple[int, int] | None:
    """Where *words* stand in a block's line of text, if they stand there exactly once."""
    block = content_of_block(node, block_id)
    if block is None or not words or not node.resolve(block[0]).parent.is_textblock:
        return None
    text = words_between(node, *block)
    at = text.find(words)
    if at < 0 or at != text.rfind(words):
        return None
    start = block[0] + _units(text[:at])
    return start, start + _units(words)


def _units(words: str) -> int:
    """ProseMirror counts UTF-16 units, Python characters; a line break is one of either."""
    return len(words.encode("utf-16-le")) // 2


def _lines(content: Fragment) -> list[str]:
    lines: list[str] = []
    inline = ""
    for child in content.content:
        if child.is_text:
            inline += child.text or ""
        elif child.is_inline:
            inline += "\n"
        elif child.is_textblock or child.is_leaf:
            lines += _lines(child.content) or [""]
        else:
            lines += _lines(child.content)
    return [*lines, inline] if inline else lines
