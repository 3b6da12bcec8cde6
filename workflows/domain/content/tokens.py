"""The pieces that two texts are compared by: syllables, blanks, signs, breaks and block borders."""

import json
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from prosemirror.model import Node
from prosemirror.utils import text_length
from rapidfuzz.distance import Indel

# A syllable, a run of blanks or one sign; dates, amounts and codes of numbers stay whole:
# 15/01/2027, 1.500.000, 2026-2030.
_PIECE = re.compile(r"\s+|[^\W_]+(?:[./-](?=\d)[^\W_]+)*|[^\w\s]|_|.", re.DOTALL)
# Comparing takes time and memory by the product of the lengths; above this, a text is replaced
# as a whole, which is true if not helpful.
MOST_TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class Token:
    """Something that is kept or goes as a whole; *size* in UTF-16 units, as positions count.

    *text* is empty for all but text.
    """

    key: Hashable
    size: int
    text: str = ""

    @property
    def is_slight(self) -> bool:
        """Whether changes on both sides of it read as one: a blank or a sign."""
        return bool(self.text) and (self.text.isspace() or not self.text[0].isalnum())


# A half-open stretch of one row of tokens that becomes one of the other: a0, a1, b0, b1.
Gap = tuple[int, int, int, int]

_CLOSE = Token("close", 1)


def tokens_of(node: Node) -> list[Token]:
    """What stands inside a textblock."""
    return [token for child in node.children for token in _inline(child)]


def border(node: Node) -> tuple[Token, Token]:
    """Between a textblock and the textblock *node* that follows it."""
    return _CLOSE, Token(("open", node.type.name, node.attrs.get("id")), 1)


def words_of(node: Node) -> Counter[str]:
    """The syllables of a textblock, counted."""
    return Counter(piece for piece in _PIECE.findall(node.text_content) if piece[0].isalnum())


def gaps_between(old: Sequence[Token], new: Sequence[Token]) -> list[Gap]:
    """Where the rows differ; changes with nothing but a blank or a sign between them are one."""
    if len(old) + len(new) > MOST_TOKENS:
        return [(0, len(old), 0, len(new))]
    joined: list[Gap] = []
    for gap in differences([each.key for each in old], [each.key for each in new]):
        if joined and gap[0] - joined[-1][1] == 1 and old[gap[0] - 1].is_slight:
            gap = (joined[-1][0], gap[1], joined[-1][2], gap[3])
            joined.pop()
        joined.append(gap)
    return joined


def differences(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Gap]:
    """The stretches that are not common to both rows."""
    numbers: dict[Hashable, int] = {}
    before, after = ([numbers.setdefault(key, len(numbers)) for key in row] for row in (old, new))
    at: Gap | None = None
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            if at:
                yield at
            at = None
        else:
            start = at or (code.src_start, code.src_end, code.dest_start, code.dest_end)
            at = (start[0], code.src_end, start[2], code.dest_end)
    if at:
        yield at


def _inline(node: Node) -> Iterator[Token]:
    marks = tuple(mark.type.name for mark in node.marks)
    if node.is_text:
        for piece in _PIECE.findall(node.text or ""):
            yield Token((piece, marks), text_length(piece), piece)
    else:
        attrs = json.dumps(node.attrs, sort_keys=True)
        yield Token((node.type.name, attrs, marks, "atom"), node.node_size)
