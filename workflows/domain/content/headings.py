"""Which clauses are titles, set bold on their own line; the twin of portal/editor/src/headings.js.

Mục II.6 đ of Phụ lục I, Nghị định 30/2020/NĐ-CP sets the titles of parts, sections and points bold.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from workflows.domain.content.runs import runs_of, text_of
from workflows.domain.content.shape import Doc

# Levels from the outside in; a clause's content is what follows it at a deeper rank.
RANKS: Final = {"part": 0, "sec": 1, "sub": 2, "pt": 3, "dash": 4, "plus": 5, "para": 6}
TITLED: Final = ("sec", "sub")
LONGEST_TITLE: Final = 300
SENTENCE_END: Final = re.compile(r"[.;:,!?…/]$")
_BODY: Final = ("basis", "opening", "clause", "table", "closing")


def headings(doc: Doc) -> frozenset[str]:
    """The ids of the clauses that are titles."""
    return frozenset(_headings(doc))


def is_heading(clause: Doc, following: Doc | None) -> bool:
    """Whether a clause is a title, by what stands right below it in the body or in the annex.

    A Phần always is. A Khoản is one when it does not read as a sentence - no closing mark, not
    overlong - and has something of its own under it; otherwise it is text and set regular.
    """
    level = clause["attrs"]["level"]
    if level not in TITLED:
        return bool(level == "part")
    text = text_of(runs_of(clause)).rstrip()
    return (
        0 < len(text) <= LONGEST_TITLE
        and not SENTENCE_END.search(text)
        and following is not None
        and _is_under(following, level)
    )


def _is_under(following: Doc, level: str) -> bool:
    if following["type"] == "table":
        return True
    deeper: bool = RANKS[following["attrs"].get("level", "part")] > RANKS[level]
    return deeper


def _headings(container: Doc) -> Iterator[str]:
    body = [node for node in container["content"] if node["type"] in _BODY]
    for node, following in pairwise([*body, None]):
        if node is not None and node["type"] == "clause" and is_heading(node, following):
            yield node["attrs"]["id"]
    for node in container["content"]:
        if node["type"] == "annex":
            yield from _headings(node)
