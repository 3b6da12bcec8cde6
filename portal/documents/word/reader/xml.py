"""The one door through which XML from a Word file comes in: no DTD, no entities, no network."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from portal.documents.word.reader.refusals import DAMAGED, ENTITIES, TOO_DEEP, WordRefused

Element = Any

_OFFICE: Final = "http://schemas.openxmlformats.org"
W: Final = f"{{{_OFFICE}/wordprocessingml/2006/main}}"
R: Final = f"{{{_OFFICE}/officeDocument/2006/relationships}}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = f"{{{_OFFICE}/officeDocument/2006/math}}"
A: Final = f"{{{_OFFICE}/drawingml/2006/main}}"

# ISO/IEC 29500 Strict says the same things under other names.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
)
_DECLARATION: Final = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_DOCTYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FALSE: Final = frozenset({"0", "false", "off", "none"})


def parse(data: bytes) -> Element:
    """The root of a part; raises WordRefused for a DTD, another encoding, or broken XML.

    Encodings other than UTF-8 are refused because a DTD could hide in one.
    """
    declared = _DECLARATION.match(data.lstrip(b"\xef\xbb\xbf")[:200])
    if b"\x00" in data[:200] or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise WordRefused(DAMAGED)
    if _DOCTYPE.search(data):
        raise WordRefused(ENTITIES)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        is_deep = "depth" in str(error).lower()
        raise WordRefused(TOO_DEEP if is_deep else DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise WordRefused(ENTITIES)
    return root


def value(parent: Element | None, name: str, attribute: str = "val") -> str | None:
    """`w:val` of a child, or None when there is no such child."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + attribute)


def number(parent: Element | None, name: str, default: int = 0) -> int:
    """A child's `w:val` as a whole number within reason; *default* for anything else."""
    return whole(value(parent, name), default)


def whole(text: str | None, default: int = 0) -> int:
    """A small whole number, or *default*."""
    if text is None or not re.fullmatch(r"[+-]?\d{1,9}", text, re.ASCII):
        return default
    return int(text)


def switch(parent: Element | None, name: str) -> bool | None:
    """An on/off property: None when it says nothing."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "1").lower() not in _FALSE


def children(parent: Element | None, name: str) -> Iterator[Element]:
    """The direct children of one name."""
    if parent is not None:
        yield from parent.iterchildren(W + name)


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]
