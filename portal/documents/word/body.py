"""Lays a plan out as the flow of lines and tables that its Word file holds."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from portal.documents.composition import layout
from portal.documents.word import names
from portal.documents.word.closing import closing_grid
from portal.documents.word.flow import (
    Item,
    Line,
    Piece,
    generated,
    pieces_of,
    plain,
    spacer,
    spacer_before,
)
from portal.documents.word.header import letterhead, title_lines
from portal.documents.word.tables import grid_of
from workflows.domain.content.numbering import labels
from workflows.domain.content.runs import runs_of, text_of

Json = dict[str, Any]

BODY = ("basis", "opening", "clause", "table", "closing")
STYLES = {"basis": names.BASIS, "opening": names.OPENING, "closing": names.CLOSING}
# The outline levels that the styles have by themselves.
OUTLINES = {"part": 0, "sec": 1, "sub": 2}


def flow_of(header: Json, doc: Json) -> list[Item]:
    """Everything on the pages, in order. What is bold as a title is what is bold in the PDF."""
    laid, numbers = layout({"header": header, "doc": doc}), labels(doc)
    single = {node["type"]: node for node in doc["content"]}
    body = [node for node in doc["content"] if node["type"] in BODY]
    return [
        letterhead(header),
        *title_lines(header, single["title"]),
        *_kept_together(list(_items(body, [*laid["body"], *laid["tail"]], numbers))),
        spacer_before("before:signing"),
        closing_grid(single["recipients"], single["signature"]),
        *_annexes(doc, laid, numbers),
        spacer("end"),
    ]


def _kept_together(items: list[Item]) -> list[Item]:
    """The last paragraph keeps the signature company: no signature alone on a page."""
    if items and isinstance(items[-1], Line):
        items[-1] = replace(items[-1], keeps_next=True)
    return items


def _items(nodes: list[Json], laid: list[Json], numbers: dict[str, str]) -> Iterator[Item]:
    for node, block in zip(nodes, laid, strict=True):
        if node["type"] == "table":
            identity = node["attrs"]["id"]
            yield spacer_before(f"before:{identity}")
            yield grid_of(node, block)
            yield spacer(f"after:{identity}")
        else:
            yield _line(node, block, numbers)


def _line(node: Json, block: Json, numbers: dict[str, str]) -> Line:
    attrs = node["attrs"]
    level, label = attrs.get("level"), numbers.get(attrs["id"], "")
    is_title = block["kind"] == "heading"
    styles = names.CLAUSES | (names.TITLED_CLAUSES if is_title else {})
    mark = names.mark_of(attrs["id"])
    return Line(
        attrs["id"],
        styles[level] if level else STYLES[node["type"]],
        pieces_of(runs_of(node)),
        before=generated(f"{label} " if label else ""),
        marks=(mark,) if mark else (),
        outline=_outline(level, block) if is_title else None,
    )


def _outline(level: str, block: Json) -> int | None:
    """Where the style's own level would skip one."""
    outline: int = block["depth"] - 1
    return None if outline == OUTLINES[level] else outline


def _annexes(doc: Json, laid: Json, numbers: dict[str, str]) -> Iterator[Item]:
    annexes = [node for node in doc["content"] if node["type"] == "annex"]
    for annex, block in zip(annexes, laid["annexes"], strict=True):
        identity = annex["attrs"]["id"]
        yield spacer(f"section:{identity}", ends_section=True)
        yield Line(f"label:{identity}", names.ANNEX, before=generated(block["label"]))
        yield _annex_title(annex)
        yield plain(f"reference:{identity}", names.ANNEX_REFERENCE, block["reference"])
        yield from _items(annex["content"][1:], block["body"], numbers)


def _annex_title(annex: Json) -> Line:
    text, mark = text_of(runs_of(annex["content"][0])), names.mark_of(annex["attrs"]["id"])
    return Line(
        annex["attrs"]["id"],
        names.ANNEX_TITLE,
        (Piece(text),) if text else (),
        marks=(mark,) if mark else (),
    )
