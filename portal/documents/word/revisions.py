"""Writes runs of text, and what was inserted, deleted or set in another face in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count, groupby
from typing import Literal
from unicodedata import is_normalized

from portal.documents.word.flow import Line, Piece
from portal.documents.word.markup import Xml, w, words
from portal.documents.word.styles import size_of, style_id
from portal.documents.words import Segment, Words

# A letter in its face; and with the face it had, if another, and its fate: a run holds letters
# that have all of this in common.
Faced = tuple[str, Piece]
Fate = Literal["kept", "del", "ins"]
Letter = tuple[str, Piece, Piece | None, Fate]
BREAK = "\n"
# Word's names for what left its place whole, and for what came there.
MOVES = {"del": "moveFrom", "ins": "moveTo"}


@dataclass
class Pen:
    """Who writes, and when; every revision and every bookmark gets a number of its own.

    *author* may stay empty while nothing differs. *taken* are the bookmarks of the new text: one
    that moved is marked where it now stands.
    """

    author: str = ""
    at: datetime | None = None
    taken: frozenset[str] = frozenset()
    words: Words = field(default_factory=Words)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def number(self) -> int:
        """A number that no other mark in the file has."""
        return next(self._numbers)

    def change(self, name: str, *children: Xml) -> Xml:
        """A tracked change: `ins`, `del`, `moveFrom`, `moveTo`, `rPrChange`, `pPrChange`."""
        return w(name, *children, id=self.number(), author=self.author, date=self._moment)

    def moved(self, fate: str, name: str, inside: Xml) -> Xml:
        """*inside* as one end of the move *name*; *fate* is `moveFrom` or `moveTo`."""
        number = self.number()
        start = w(f"{fate}RangeStart", id=number, name=name, author=self.author, date=self._moment)
        return start + inside + w(f"{fate}RangeEnd", id=number)

    @property
    def _moment(self) -> str:
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.at else ""


def runs(pen: Pen, old: Line | None, new: Line | None, *, is_moved: bool = False) -> Xml:
    """The runs of a line: what is generated before it, its text, what is generated after.

    One that *is_moved* has gone to another place as it is, or has come from there.
    """
    return "".join(
        _zone(pen, before, after, (new or old or _NOTHING).size, is_moved=is_moved)
        for before, after in zip(_zones(old), _zones(new), strict=True)
    )


_NOTHING = Line("", "")


def _zones(line: Line | None) -> tuple[tuple[Piece, ...], ...]:
    return (line.before, line.text, line.after) if line else ((), (), ())


def _zone(
    pen: Pen,
    old: tuple[Piece, ...],
    new: tuple[Piece, ...],
    size: int | None,
    *,
    is_moved: bool,
) -> Xml:
    if old == new:
        return "".join(_run(piece.text, _face(piece, size)) for piece in new)
    stretches = groupby(_fates(pen, _letters(old), _letters(new)), key=lambda each: each[1:])
    written = []
    for (face, was, fate), letters in stretches:
        text = "".join(letter for letter, *_ in letters)
        if is_moved and fate != "kept":
            written.append(pen.change(MOVES[fate], _run(text, _face(face, size))))
        else:
            written.append(_tracked(pen, text, face, was, fate, size))
    return "".join(written)


def _letters(pieces: Sequence[Piece]) -> list[Faced]:
    """Each letter with its face."""
    faces = [(piece.text, replace(piece, text="")) for piece in pieces]
    return [(letter, face) for text, face in faces for letter in text]


def _fates(pen: Pen, old: list[Faced], new: list[Faced]) -> Iterator[Letter]:
    before, after = iter(old), iter(new)
    for segment in _segments(pen, _text(old), _text(new)):
        for letter in segment.text:
            if segment.kind == "deleted":
                yield letter, next(before)[1], None, "del"
            elif segment.kind == "inserted":
                yield letter, next(after)[1], None, "ins"
            else:
                was, face = next(before)[1], next(after)[1]
                yield letter, face, was if was != face else None, "kept"


def _segments(pen: Pen, old: str, new: str) -> Sequence[Segment]:
    """What changed. A letter and its accent in two faces are no letter that could be compared."""
    if is_normalized("NFC", old) and is_normalized("NFC", new):
        return pen.words.compare(old, new)
    return (Segment("deleted", old), Segment("inserted", new))


def _text(letters: Sequence[Faced]) -> str:
    return "".join(letter for letter, _ in letters)


def _tracked(
    pen: Pen, text: str, face: Piece, was: Piece | None, fate: Fate, size: int | None
) -> Xml:
    if fate == "kept":
        changed = pen.change("rPrChange", w("rPr", *_face(was, size))) if was else ""
        return _run(text, [*_face(face, size), changed])
    return pen.change(fate, _run(text, _face(face, size), "delText" if fate == "del" else "t"))


def _face(piece: Piece, size: int | None) -> list[Xml]:
    """The properties of a run, in the order that the standard prescribes."""
    return [
        w("rStyle", val=style_id(piece.style)) if piece.style else "",
        w("b") if piece.strong else "",
        w("i") if piece.em else "",
        *(size_of(size)),
    ]


def _run(text: str, properties: list[Xml], tag: str = "t") -> Xml:
    if not text:
        return ""
    head = w("rPr", *properties) if any(properties) else ""
    inside = w("br").join(words(tag, part) if part else "" for part in text.split(BREAK))
    return w("r", head, inside)
