"""The styles of a plan's Word file: the typography of Phụ lục I of Decree 30/2020/NĐ-CP."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from portal.documents.word import names
from portal.documents.word.markup import Xml, w
from portal.documents.word.page import INDENT, SIGNING_SPACE

NORMAL, BODY, TITLE = "Normal", "TK Thân", "Title"
HEADINGS = ("heading 1", "heading 2", "heading 3")


@dataclass(frozen=True)
class Style:
    """A paragraph style: sizes in points, lengths in twentieths of one; None as its base has it."""

    name: str
    base: str = BODY
    size: int | None = None
    align: str | None = None
    before: int | None = None
    after: int | None = None
    # The exact height of a line.
    height: int | None = None
    first: int | None = None
    hanging: int | None = None
    outline: int | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_capital: bool = False
    keeps_next: bool = False
    is_ruled: bool = False


def style_id(name: str) -> str:
    """The id that goes with a style's name: plain letters, “TK Căn cứ” is TkCanCu."""
    bare = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    words = re.sub("[^A-Za-z0-9 ]", "", bare).split()
    return "".join(word[0].upper() + word[1:].lower() for word in words)


def size_of(points: int | None) -> list[Xml]:
    """A size of type, which Word writes in half points, and twice."""
    return [w("sz", val=2 * points), w("szCs", val=2 * points)] if points else []


def styles() -> Iterator[Style]:
    """Every paragraph style, each after the one that it is based on."""
    yield Style(BODY, NORMAL, align="both", after=120, first=INDENT)
    for outline, name in enumerate(HEADINGS):
        yield Style(name, outline=outline, is_bold=True, keeps_next=True)
    yield Style(TITLE, NORMAL, align="center", is_bold=True, keeps_next=True)
    yield from _letterhead()
    yield from _text()
    yield from _cells()
    yield from _closing()
    yield Style(names.ANNEX, NORMAL, align="center", is_bold=True, keeps_next=True)
    yield Style(names.ANNEX_TITLE, HEADINGS[0], align="center", after=0, first=0, is_capital=True)
    yield Style(names.ANNEX_REFERENCE, NORMAL, align="center", after=240, is_italic=True)
    yield Style(names.SPACER, NORMAL, size=1, after=80, height=40)
    yield Style(names.PAGE_NUMBER, NORMAL, size=13, align="center")


def _letterhead() -> Iterator[Style]:
    yield Style(names.PARENT, NORMAL, size=13, align="center")
    yield Style(names.ORGANISATION, NORMAL, size=13, align="center", is_bold=True)
    yield Style(names.COUNTRY, NORMAL, size=13, align="center", is_bold=True)
    yield Style(names.MOTTO, NORMAL, size=14, align="center", is_bold=True)
    yield Style(names.RULE, NORMAL, size=1, before=60, after=200, height=60, is_ruled=True)
    yield Style(names.NUMBER, NORMAL, size=13, align="center")
    yield Style(names.DATE, NORMAL, size=14, align="center", is_italic=True)
    yield Style(names.KIND, TITLE, before=280)
    yield Style(names.TITLE, NORMAL, align="center", is_bold=True, keeps_next=True)


def _text() -> Iterator[Style]:
    yield Style(names.BASIS, is_italic=True)
    yield Style(names.OPENING)
    yield Style(names.CLAUSES["part"], HEADINGS[0], is_capital=True)
    yield Style(names.TITLED_CLAUSES["sec"], HEADINGS[1])
    yield Style(names.TITLED_CLAUSES["sub"], HEADINGS[2])
    for level in ("sec", "sub", "pt", "dash", "plus", "para"):
        yield Style(names.CLAUSES[level])
    yield Style(names.CLOSING)


def _cells() -> Iterator[Style]:
    for level in ("para", "dash", "plus"):
        yield Style(names.CELLS[level], NORMAL, size=12, before=40, after=40)
        yield Style(
            names.HEADER_CELLS[level],
            NORMAL,
            size=12,
            align="center",
            before=40,
            after=40,
            is_bold=True,
        )


def _closing() -> Iterator[Style]:
    yield Style(names.RECIPIENTS_HEAD, NORMAL, size=12, is_bold=True, is_italic=True)
    yield Style(names.RECIPIENT, NORMAL, size=11, hanging=100)
    yield Style(names.FILING, NORMAL, size=11, hanging=100)
    yield Style(names.SIGNING_LINE, NORMAL, align="center", is_bold=True, keeps_next=True)
    yield Style(names.SIGNING_SPACE, NORMAL, height=SIGNING_SPACE, keeps_next=True)
    yield Style(names.SIGNER, NORMAL, align="center", is_bold=True)
