"""Writes a plan as a Word file: one version as it is, or two with what changed between them."""

import json
from collections.abc import Iterator
from datetime import datetime
from textwrap import wrap
from typing import Any

from portal.documents.word import names
from portal.documents.word.body import flow_of
from portal.documents.word.flow import Grid, Item, Line
from portal.documents.word.packing import pack
from portal.documents.word.paragraphs import Writer
from portal.documents.word.revisions import Pen
from portal.documents.word.sameness import recognised
from portal.documents.word.tables import widths_of
from workflows.domain.content.merging import Base
from workflows.domain.content.runs import runs_of, text_of

Json = dict[str, Any]


def write_plan(canonical: bytes) -> bytes:
    """The Word file of a frozen version; the same bytes for the same version."""
    version = json.loads(canonical)
    return write_doc(version["header"], version["doc"])


def write_doc(header: Json, doc: Json, *, base: Base | None = None) -> bytes:
    """The Word file of a text under its header, in the layout of Decree 30/2020.

    With *base* the file remembers of which text it was made, for the day it comes back.
    """
    flow = flow_of(header, doc)
    return _packed(header, doc, Writer(Pen()).write(flow, flow), base)


def write_redline(
    header: Json, old_doc: Json, new_doc: Json, *, author: str, at: datetime
) -> bytes:
    """The new text with what changed since the old one, tracked as *author*'s.

    Accepting all changes gives the new text, rejecting all gives the old one.
    """
    old, new = flow_of(header, recognised(old_doc, new_doc)), flow_of(header, new_doc)
    pen = Pen(author, at, frozenset(_marks(new)))
    return _packed(header, new_doc, Writer(pen).write(old, new))


def _packed(header: Json, doc: Json, body: str, base: Base | None = None) -> bytes:
    title = next(node for node in doc["content"] if node["type"] == "title")
    return pack(
        body,
        title=f"{header['kind']} {text_of(runs_of(title))}".strip(),
        author=" ".join(header["organisation"]),
        properties=dict(_properties(doc, base)),
    )


def _marks(flow: list[Item]) -> Iterator[str]:
    for item in flow:
        lines = [item] if isinstance(item, Line) else _lines(item)
        for line in lines:
            yield from line.marks


def _lines(grid: Grid) -> list[Line]:
    return [line for row in grid.rows for cell in row.cells for line in cell.lines]


def _properties(doc: Json, base: Base | None) -> Iterator[tuple[str, str]]:
    """What no page shows: of what text the file is made, whom a recipient stands for, who signs,
    how wide columns were drawn."""
    yield names.FORMAT_PROPERTY, names.FORMAT
    if base is not None:
        yield names.BASE_PROPERTY, base.written
    for node in doc["content"]:
        attrs = node.get("attrs", {})
        if node["type"] == "signature" and attrs.get("position"):
            yield names.POSITION_PROPERTY, attrs["position"]
        elif node["type"] == "recipients":
            for each in node.get("content", ()):
                if each["attrs"].get("target"):
                    yield names.TARGET_PROPERTY + each["attrs"]["id"], each["attrs"]["target"]
        elif node["type"] == "annex":
            yield from _table_properties(node)
    yield from _table_properties(doc)


def _table_properties(node: Json) -> Iterator[tuple[str, str]]:
    for table in node["content"]:
        if table["type"] == "table":
            pieces = wrap(widths_of(table), names.LONGEST_PROPERTY, break_on_hyphens=False)
            for order, piece in enumerate(pieces, start=1):
                yield f"{names.WIDTHS_PROPERTY}{table['attrs']['id']}.{order}", piece
