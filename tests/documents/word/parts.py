"""What the tests see of a Word file: its XML, its paragraphs as they read, its changes settled."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from portal.documents.word.writing import write_doc
from tests.documents.plans import HA_NOI, document
from workflows.domain.content.canonical import sound

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNSEEN = ("TK Ngắt", "TK Kẻ")


def part(data: bytes, name: str = "word/document.xml") -> Any:
    """One part of the file, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def style_names(data: bytes) -> dict[str, str]:
    """The name of each style by its id."""
    return {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
        for style in part(data, "word/styles.xml").iter(f"{W}style")
    }


def reading(data: bytes, body: Any = None) -> list[Any]:
    """Every paragraph with its style and runs, every table with its rows and cells."""
    names = style_names(data)
    return list(_items(part(data)[0] if body is None else body, names))


def _items(parent: Any, names: dict[str, str]) -> Iterator[Any]:
    for node in parent:
        if node.tag == f"{W}p":
            style = names[node.find(f"{W}pPr/{W}pStyle").get(f"{W}val")]
            runs = _runs(node, names)
            if style not in UNSEEN or "".join(text for text, *_ in runs).strip():
                yield style, runs
        elif node.tag == f"{W}tbl":
            yield [
                [_cell(cell, names) for cell in row.iter(f"{W}tc")] for row in node.iter(f"{W}tr")
            ]


def _cell(cell: Any, names: dict[str, str]) -> Any:
    looks = cell.find(f"{W}tcPr")
    spans = {
        node.tag.removeprefix(W): node.get(f"{W}val", "continue")
        for node in looks
        if node.tag in (f"{W}gridSpan", f"{W}vMerge")
    }
    return spans, list(_items(cell, names))


def _runs(paragraph: Any, names: dict[str, str]) -> list[list[Any]]:
    """Text with bold, italic and character style; equal neighbours are one."""
    found: list[list[Any]] = []
    for run in paragraph.iter(f"{W}r"):
        text = "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in _texts(run))
        face = _face(run.find(f"{W}rPr"), names)
        if found and found[-1][1:] == face:
            found[-1][0] += text
        elif text:
            found.append([text, *face])
    return found


def _texts(run: Any) -> Iterator[Any]:
    return run.iter(f"{W}t", f"{W}delText", f"{W}br")


def _face(looks: Any, names: dict[str, str]) -> list[Any]:
    if looks is None:
        return [False, False, None]
    style = looks.find(f"{W}rStyle")
    return [
        looks.find(f"{W}b") is not None,
        looks.find(f"{W}i") is not None,
        names[style.get(f"{W}val")] if style is not None else None,
    ]


def settled(data: bytes, *, accept: bool) -> Any:
    """The body with all changes accepted, or all rejected, as Word does it (ECMA-376, 17.13.5)."""
    body = part(data)[0]
    old, new = (f"{W}del", f"{W}moveFrom"), (f"{W}ins", f"{W}moveTo")
    gone, stays = (old, new) if accept else (new, old)
    for change in list(body.iter(f"{W}rPrChange", f"{W}pPrChange")):
        _settle_looks(change, accept)
    _drop(row for row in body.iter(f"{W}tr") if row.find(f"{W}trPr/{gone[0]}") is not None)
    _drop(change for change in body.iter(*gone) if len(change))
    for change in [change for change in body.iter(*stays) if len(change)]:
        for run in list(change):
            change.addprevious(run)
        change.getparent().remove(change)
    for mark in [each for tag in gone for each in body.iterfind(f".//{W}pPr/{W}rPr/{tag}")]:
        _join_with_next(mark.getparent().getparent().getparent())
    _drop(table for table in body.iter(f"{W}tbl") if table.find(f"{W}tr") is None)
    return body


def _drop(nodes: Iterable[Any]) -> None:
    for node in list(nodes):
        node.getparent().remove(node)


def _settle_looks(change: Any, accept: bool) -> None:
    looks = change.getparent()
    if accept:
        looks.remove(change)
        return
    kept = [] if looks.tag == f"{W}rPr" else looks.findall(f"{W}rPr") + looks.findall(f"{W}sectPr")
    looks[:] = [*change[0], *kept]


def _join_with_next(paragraph: Any) -> None:
    """Without its mark, what is left of a paragraph stands in the next one, under its looks."""
    following = paragraph.getnext()
    assert following is not None, "the mark of a cell's last paragraph cannot go"
    assert following.tag == f"{W}p", "no paragraph can be joined to a table"
    for place, node in enumerate(paragraph.findall(f"{W}*")[1:]):
        following.insert(1 + place, node)
    paragraph.getparent().remove(paragraph)


def written(*body: dict[str, Any], **more: Any) -> bytes:
    """The file of a plan with this body."""
    return write_doc(HA_NOI, sound(document(*body, **more)))


def lines(data: bytes) -> list[tuple[str, str]]:
    """Style and text of the paragraphs outside tables."""
    return [
        (item[0], "".join(run[0] for run in item[1]))
        for item in reading(data)
        if isinstance(item, tuple)
    ]
