"""The texts that a Word file keeps beside its text: footnotes, endnotes, comments."""

from portal.documents.word.reader.package import Package
from portal.documents.word.reader.words import text_below
from portal.documents.word.reader.xml import Element, W

PARTS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def notes_in(package: Package) -> dict[str, dict[str, str]]:
    """By part and id; a comment begins with its author's name."""
    return {
        kind: {str(each.get(W + "id")): _text(each) for each in _each(package.part(kind), name)}
        for kind, name in PARTS.items()
    }


def _each(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else list(root.iterchildren(W + name))


def _text(note: Element) -> str:
    author = note.get(W + "author")
    text = text_below(note)
    return f"{author}: {text}" if author else text
