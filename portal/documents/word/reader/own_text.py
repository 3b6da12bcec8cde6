"""The texts and ids of a file made here: without what the page generates, with what was typed."""

import re
from collections.abc import Iterable
from typing import Final

from portal.documents.word import names
from portal.documents.word.reader.pieces import Paragraph, Piece
from workflows.domain.content.runs import BREAK, Run, text_of
from workflows.domain.content.shape import NewId

_ID: Final = re.compile(r"[a-z0-9]{10,40}")
# What the writer puts before a text; anything beyond it was typed there by somebody.
_BEFORE: Final = re.compile(r"\s*([IVXLCDM]+\.|[0-9]+\.([0-9]+)?|[a-zđ]{1,3}\)|[-+]( Lưu: ?)?)?\s?")
_AFTER: Final = re.compile(r" \(|\);?|[;.]|\s*")

TYPED_IN: Final = "Chữ gõ vào sát số hoặc dấu tự sinh được giữ; hãy đọc lại."


class Ids:
    """Hands out the ids of marks, each once, and fresh ones for the rest."""

    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id
        self._taken: set[str] = set()

    def of(self, marks: Iterable[str], prefix: str = names.BLOCK_MARK) -> str:
        """The id of the first of these marks that is ours and free."""
        for mark in marks:
            identity = names.id_of(mark, prefix)
            if identity and _ID.fullmatch(identity) and identity not in self._taken:
                self._taken.add(identity)
                return identity
        return self.fresh()

    def fresh(self) -> str:
        """An id that is not in the document yet."""
        identity = self._new_id()
        while identity in self._taken:
            identity = self._new_id()
        self._taken.add(identity)
        return identity


def own_runs(paragraph: Paragraph) -> list[Run]:
    """The runs with their own faces; what was generated, and a purpose, are left out."""
    return own_clause_runs(paragraph)[0]


def own_plain(paragraph: Paragraph) -> str:
    """The text on one line."""
    return text_of(own_runs(paragraph)).replace(BREAK, " ")


def own_clause_runs(paragraph: Paragraph) -> tuple[list[Run], bool]:
    """The runs, and whether a generated number or bullet stands before them."""
    kept: list[Run] = []
    has_number = False
    for order, piece in enumerate(_spans(paragraph.pieces)):
        if piece.face.character_style == names.PURPOSE:
            continue
        if piece.face.character_style != names.GENERATED or piece.text == BREAK:
            kept.append(_run(piece))
            continue
        rest = remainder(piece.text, is_before=not order)
        has_number = has_number or (not order and rest != piece.text)
        if rest:
            paragraph.remarks.add(TYPED_IN, rest)
            kept.append(Run(rest, piece.face.set_strong, piece.face.set_em))
    return kept, has_number


def remainder(generated: str, *, is_before: bool) -> str:
    """What somebody typed into a generated piece."""
    found = (_BEFORE if is_before else _AFTER).match(generated)
    rest = generated[found.end() :] if found else generated
    # Around an empty text, what comes before and after it is one piece.
    return "" if _AFTER.fullmatch(rest) else rest


def _spans(pieces: list[Piece]) -> list[Piece]:
    """Generated neighbours as one piece: an editor may cut “1. ” in two."""
    spans: list[Piece] = []
    for piece in pieces:
        last = spans[-1] if spans else None
        styles = {each.face.character_style for each in (last, piece) if each}
        if last and styles == {names.GENERATED} and BREAK not in (last.text, piece.text):
            spans[-1] = Piece(last.text + piece.text, last.face)
        else:
            spans.append(piece)
    return spans


def _run(piece: Piece) -> Run:
    if piece.text == BREAK:
        return Run(BREAK)
    return Run(piece.text, piece.face.set_strong, piece.face.set_em)
