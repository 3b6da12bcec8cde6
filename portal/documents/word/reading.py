"""Reads a Word file as the text of a plan, and tells every place it is not sure of."""

from collections.abc import Callable
from typing import Final

from portal.documents.word import names
from portal.documents.word.reader import refusals
from portal.documents.word.reader.account import letterhead_of, missed
from portal.documents.word.reader.faces import StyleSheet
from portal.documents.word.reader.flattening import LETTERHEAD, flattened
from portal.documents.word.reader.inline import InlineReader
from portal.documents.word.reader.legacy import looks_misread
from portal.documents.word.reader.notes import notes_in
from portal.documents.word.reader.numbering import Numbers
from portal.documents.word.reader.own import OwnReader, is_own
from portal.documents.word.reader.package import Package, notes_of, open_package
from portal.documents.word.reader.pieces import Item, Paragraph
from portal.documents.word.reader.refusals import WordRefused
from portal.documents.word.reader.structure import Structured, structured
from portal.documents.word.reader.surroundings import surroundings
from portal.documents.word.reader.told import Imported, Told, bounded
from portal.documents.word.reader.walk import Walk
from portal.documents.word.reader.xml import W, parse
from workflows.domain.content.canonical import sound
from workflows.domain.content.checks import MAX_TEXT, faults_of_text
from workflows.domain.content.shape import NewId
from workflows.domain.errors import UnfitText

__all__ = ["Imported", "Told", "WordRefused", "read_docx"]

_PROPERTY: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
)
# Shares of the way: opening, walking, building.
_OPENED, _WALKED, _BUILT = 10, 75, 95


def read_docx(
    data: bytes, new_id: NewId, *, on_progress: Callable[[int], None] | None = None
) -> Imported:
    """The plan in a Word file; raises WordRefused, and nothing else, for what cannot be taken in.

    Files that were made here come back with their own block ids. *on_progress* hears 0…100.
    """
    try:
        return _read(data, new_id, on_progress or (lambda _percent: None))
    except UnfitText as error:
        first = error.faults[0] if error.faults else error
        raise WordRefused("%(reason)s", reason=str(first)) from error
    except RecursionError as error:
        raise WordRefused(refusals.TOO_DEEP) from error


def _read(data: bytes, new_id: NewId, on_progress: Callable[[int], None]) -> Imported:
    package = open_package(data)
    body = parse(package.read(package.main)).find(W + "body")
    if body is None:
        raise WordRefused(refusals.NOTHING)
    on_progress(_OPENED)
    sheet = StyleSheet(package.part("styles"), package.part("theme"))
    walk = Walk(
        sheet, Numbers(package.part("numbering"), sheet), InlineReader(sheet, notes_in(package))
    )
    share = (_WALKED - _OPENED) / 100
    items = list(walk.items(body, lambda percent: on_progress(round(_OPENED + share * percent))))
    _refuse_unreadable(items)
    walk.left.take(surroundings(package, walk.chunks))
    built = _built(items, package, new_id)
    doc, doubts = built.doc, built.doubts
    doubts += [Told(None, each.sentence, each.excerpt) for each in walk.left.all()]
    on_progress(_BUILT)
    whole = sound(doc)
    if faults := faults_of_text(whole):
        raise UnfitText("", faults=faults)
    doubts += missed(items, whole, doubts)
    if sum(len(each.excerpt) for each in doubts) > MAX_TEXT:
        raise WordRefused(refusals.TOO_LONG, most=MAX_TEXT)
    on_progress(100)
    notes = notes_of(package)
    if letterhead := letterhead_of(items):
        notes.append(f"{LETTERHEAD} ({letterhead})")
    once = tuple(dict.fromkeys(notes))
    return Imported(whole, bounded(doubts), once, _base(items, package), built.signing)


def _base(items: list[Item], package: Package) -> str:
    said = _properties(package).get(names.BASE_PROPERTY, "") if is_own(items) else ""
    return said[: names.LONGEST_PROPERTY]


def _built(items: list[Item], package: Package, new_id: NewId) -> Structured:
    if is_own(items):
        reader = OwnReader(_properties(package), new_id)
        return Structured(reader.read(items), reader.doubts)
    return structured(flattened(items), new_id)


def _refuse_unreadable(items: list[Item]) -> None:
    texts = [
        each.text
        for item in items
        for each in ([item] if isinstance(item, Paragraph) else item.paragraphs)
    ]
    if not any(text.strip() for text in texts):
        raise WordRefused(refusals.NOTHING)
    if looks_misread("\n".join(texts)):
        raise WordRefused(refusals.OLD_LETTERS)


def _properties(package: Package) -> dict[str, str]:
    """The custom properties, in which the writer keeps what the page does not show."""
    part = package.part("custom-properties")
    if part is None:
        return {}
    return {
        str(each.get("name", "")): "".join(each.itertext()) for each in part.iterchildren(_PROPERTY)
    }
