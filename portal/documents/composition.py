"""Lays a frozen version out as the flat list that plan.typ sets: labels, headings, one tail.

The text itself is not touched, with three exceptions that Decree 30/2020 asks for: a Phần's
title and an annex's title are set in capitals, lines of Nơi nhận end in `;`, the last in `.`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from portal.documents.tables import table_block
from workflows.domain.content.headings import RANKS, is_heading
from workflows.domain.content.numbering import labels
from workflows.domain.content.runs import runs_of, text_of

Json = dict[str, Any]
# Text and face: `b`, `i`, both or none; a line break is a run of its own, a newline.
Piece = tuple[str, str]

# A run without a space longer than this may break anywhere: rather that than run off the page.
LONGEST_WORD, LONGEST_WORD_IN_RECIPIENTS = 45, 30


def layout(version: Json) -> Json:
    """Return the plain JSON that plan.typ reads, for a *version* of format trinh-ky/plan@1."""
    header, doc = version["header"], version["doc"]
    numbers = labels(doc)
    body, tail = _body_and_tail(doc, numbers)
    return {
        "kind": header["kind"],
        "symbol": header["symbol"],
        "parent": header["parent"],
        "organisation": header["organisation"],
        "title": breakable(_text(_only(doc, "title")), LONGEST_WORD),
        "body": body,
        "tail": tail,
        "recipients": _recipients(_only(doc, "recipients")),
        "signature": _signature(_only(doc, "signature")),
        "annexes": _annexes(doc, header, numbers),
    }


def pieces(block: Json, longest: int = LONGEST_WORD) -> list[Piece]:
    """Return the text of a block with its faces, words longer than *longest* made breakable."""
    row = runs_of(block)
    loose = _inside_long_words(text_of(row), longest)
    starts = accumulate((len(run.text) for run in row), initial=0)
    return [
        (_loosened(run.text, start, loose), "b" * run.strong + "i" * run.em)
        for run, start in zip(row, starts, strict=False)
    ]


def breakable(text: str, longest: int) -> str:
    """Put zero-width spaces into words longer than *longest*, so that no letter is lost."""
    return _loosened(text, 0, _inside_long_words(text, longest))


def _inside_long_words(text: str, longest: int) -> set[int]:
    words = re.finditer(rf"\S{{{longest + 1},}}", text)
    return {place for word in words for place in range(word.start() + 1, word.end())}


def _loosened(text: str, start: int, loose: set[int]) -> str:
    if not loose:
        return text
    return "".join(
        f"\u200b{sign}" if place in loose else sign for place, sign in enumerate(text, start)
    )


def _text(block: Json) -> str:
    return text_of(runs_of(block))


def _only(doc: Json, kind: str) -> Json:
    return next((node for node in doc["content"] if node["type"] == kind), {})


def _body_and_tail(doc: Json, numbers: dict[str, str]) -> tuple[list[Json], list[Json]]:
    """Split the main text: the last paragraph keeps the place of the signature company."""
    kinds = ("basis", "opening", "clause", "table", "closing")
    body = list(_blocks([n for n in doc["content"] if n["type"] in kinds], numbers))
    if body and body[-1]["kind"] == "par":
        return body[:-1], body[-1:]
    return body, []


def _blocks(nodes: list[Json], numbers: dict[str, str]) -> Iterator[Json]:
    above: list[int] = []
    for node, following in zip(nodes, [*nodes[1:], None], strict=False):
        if node["type"] == "table":
            yield table_block(node, _cell_pieces(numbers))
        elif node["type"] == "basis":
            # All of it is italic already; typst would set emphasis within emphasis upright.
            upright = [(text, style.replace("i", "")) for text, style in pieces(node)]
            yield {"kind": "basis", "runs": upright}
        elif node["type"] == "clause" and is_heading(node, following):
            yield _heading(node, above, numbers)
        else:
            yield {"kind": "par", "runs": _labelled(node, numbers)}


def _heading(clause: Json, above: list[int], numbers: dict[str, str]) -> Json:
    """Return a heading at the depth it is met: PDF/UA allows no skipped level."""
    rank = RANKS[clause["attrs"]["level"]]
    while above and above[-1] >= rank:
        above.pop()
    above.append(rank)
    title = _labelled(clause, numbers)
    if rank == 0:
        title = [(text.upper(), style) for text, style in title]
    return {"kind": "heading", "depth": len(above), "runs": title}


def _labelled(block: Json, numbers: dict[str, str], longest: int = LONGEST_WORD) -> list[Piece]:
    label = numbers.get(block["attrs"]["id"], "")
    return [(f"{label} ", ""), *pieces(block, longest)] if label else pieces(block, longest)


def _cell_pieces(numbers: dict[str, str]) -> Callable[[Json, int], list[Piece]]:
    return lambda clause, longest: _labelled(clause, numbers, longest)


def _recipients(node: Json) -> list[str]:
    lines = [_recipient(one) + ";" for one in node.get("content", ())]
    filing = (node.get("attrs", {}).get("filing") or "").removeprefix("Lưu:").strip().rstrip(".;")
    return [*lines, f"Lưu: {filing}."] if filing else lines


def _recipient(node: Json) -> str:
    text, purpose = _text(node).strip().rstrip(";."), node["attrs"].get("purpose")
    return breakable(f"{text} ({purpose})" if purpose else text, LONGEST_WORD_IN_RECIPIENTS)


def _signature(node: Json) -> Json:
    attrs = node.get("attrs", {})
    return {"lines": list(attrs.get("lines") or ()), "name": attrs.get("name") or ""}


def _annexes(doc: Json, header: Json, numbers: dict[str, str]) -> list[Json]:
    return [
        {
            "label": numbers[annex["attrs"]["id"]],
            "title": breakable(_text(annex["content"][0]).upper(), LONGEST_WORD),
            "reference": _reference(header),
            "body": list(_under_title(annex["content"][1:], numbers)),
        }
        for annex in doc["content"]
        if annex["type"] == "annex"
    ]


def _under_title(nodes: list[Json], numbers: dict[str, str]) -> Iterator[Json]:
    """Shift headings one level down: the annex's title is the first."""
    for block in _blocks(nodes, numbers):
        yield block | {"depth": block["depth"] + 1} if block["kind"] == "heading" else block


def _reference(header: Json) -> str:
    """Return the reference line; an electronic document leaves it unfilled (Mục III.1 c)."""
    kind = header["kind"].capitalize()
    return f"(Kèm theo {kind} số ……/{header['symbol']} ngày …… tháng …… năm ………)"
