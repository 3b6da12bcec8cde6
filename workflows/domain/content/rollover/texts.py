"""The blocks of a plan whose words may change from year to year, and the words of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.domain.content.runs import runs_of, text_of
from workflows.domain.content.shape import Doc
from workflows.domain.errors import UnfitText

# An annex's title has no id of its own: it goes by that of its annex.
TEXTBLOCKS: Final = frozenset(
    {"title", "basis", "opening", "clause", "closing", "recipient", "annex_title"}
)
# Ten pages without a break.
LONGEST: Final = 20_000
# A full stop ends a sentence before a space only: “08.12.2021” and “TP.HCM” are words.
_END: Final = re.compile(r"[;\n]|[.!?…](?=[ \u00a0]|\Z)")


@dataclass(frozen=True, slots=True)
class BlockText:
    """One block's words; a line break is a newline."""

    id: str
    kind: str
    text: str


def block_texts(doc: Doc) -> Iterator[BlockText]:
    """Every such block in reading order; raises UnfitText for one beyond all measure.

    What is found is looked at with all that stands around it, in time by the square of the block.
    """
    for identity, node in _textblocks(doc, ""):
        text = text_of(runs_of(node))
        if len(text) > LONGEST:
            raise UnfitText(
                "Kế hoạch có một đoạn dài hơn %(most)s ký tự nên không rà soát được. "
                "Hãy lập kế hoạch mới từ tệp hoặc từ văn bản trống.",
                most=LONGEST,
            )
        yield BlockText(identity, node["type"], text)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a passage begins and ends; a semicolon ends one too."""
    before = [found.end() for found in _END.finditer(text, 0, start)]
    first = before[-1] if before else 0
    first += len(text[first:start]) - len(text[first:start].lstrip(" \u00a0"))
    found = _END.search(text, end)
    return first, found.end() if found else len(text)


def _textblocks(node: Doc, around: str) -> Iterator[tuple[str, Doc]]:
    own = node.get("attrs", {}).get("id") or around
    if node["type"] in TEXTBLOCKS:
        yield own, node
        return
    for child in node.get("content", ()):
        yield from _textblocks(child, own)
