"""Makes the letters of a paragraph ones that a plan may hold: Unicode, visible, printable."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from portal.documents.word.reader.legacy import (
    Encoding,
    encoding_of,
    guessed,
    has_vietnamese,
    looks_old,
    to_unicode,
)
from portal.documents.word.reader.pieces import Paragraph, Piece
from portal.documents.word.reader.refusals import HEAPED, OLD_FONT, WordRefused
from portal.documents.word.reader.told import Remarks
from workflows.domain.content.coverage import unprintable
from workflows.domain.content.reading import excerpt
from workflows.domain.content.runs import BREAK
from workflows.domain.letters import MOST_MARKS, is_heaped, nfc

_UNSEEN = {0x200B: None, 0xFEFF: None, 0x00AD: None, 0x200C: None, 0x200D: None, 0x2060: None}


_HYPHENS: Final = {"\u2010": "-", "\u2011": "-", "\u2212": "-"}
_UNKNOWN: Final = (
    "Chữ ở đây mang phông cũ mà hệ thống không biết đổi nên được giữ như trong tệp; hãy gõ lại."
)
_GUESSED: Final = (
    "Chữ ở đây có lẽ được gõ bằng bảng mã TCVN3 nhưng mang phông Unicode nên được giữ như trong "
    "tệp; hãy gõ lại, có lẽ theo phần sau mũi tên."
)


@dataclass
class Letters:
    """Puts letters right, and remembers which old fonts were met and where first.

    What a font cannot say is decided by the letters, piece by piece: one file may hold both.
    """

    fonts: dict[str, list[Paragraph]] = field(default_factory=dict)
    # Letters outside ASCII by the font that we cannot read, and all of them under None.
    _counts: Counter[str | None] = field(default_factory=Counter)

    def put_right(self, paragraph: Paragraph) -> None:
        """Convert and clean the pieces of a paragraph in place, and tell what stays unread.

        Raises WordRefused for a letter under a heap of marks, which nobody wrote.
        """
        _refuse_heaped(paragraph.text)
        converted: list[Piece] = []
        for (face_font, _), group in groupby(paragraph.pieces, key=_encoded):
            converted.extend(self._converted(list(group), face_font, paragraph))
        paragraph.pieces = [
            piece for each in converted if (piece := _cleaned(each, paragraph.remarks)).text
        ]
        text = paragraph.text
        self._counts[None] += _beyond_ascii(text)
        if meant := guessed(text):
            paragraph.remarks.add(_GUESSED, f"{text} → {meant}")

    def tell(self) -> None:
        """Tell of every old font once, at the first paragraph that has it.

        Raises WordRefused when most of the text is in fonts that we cannot read.
        """
        for font, count in self._counts.items():
            if font is not None and 2 * count > self._counts[None]:
                raise WordRefused(OLD_FONT, font=font)
        for font, paragraphs in self.fonts.items():
            name = encoding_of(font).value
            paragraphs[0].remarks.add(
                f"Chữ phông “{font}” (mã {name}) ở {len(paragraphs)} đoạn đã được đổi sang "
                "Unicode; hãy đọc lại các đoạn này.",
                paragraphs[0].text,
            )

    def _converted(
        self, pieces: list[Piece], font: str | None, paragraph: Paragraph
    ) -> list[Piece]:
        encoding = encoding_of(font)
        whole = "".join(piece.text for piece in pieces)
        # ASCII is common to all.
        if encoding is Encoding.UNICODE or (whole.isascii() and encoding is Encoding.UNKNOWN):
            return pieces
        # Unicode text in an old font is Unicode text all the same, and may stand beside old text.
        is_mixed = has_vietnamese(whole)
        if encoding is Encoding.UNKNOWN:
            if not is_mixed:
                self._counts[font] += _beyond_ascii(whole)
                paragraph.remarks.add(_UNKNOWN, whole)
            return pieces
        joined = _joined(pieces)
        old = [not is_mixed or looks_old(each.text, encoding) for each in joined]
        if whole.strip() and any(old):
            met = self.fonts.setdefault(font or "", [])
            if paragraph not in met[-1:]:
                met.append(paragraph)
        return [
            replace(each, text=to_unicode(each.text, encoding)) if is_old else each
            for each, is_old in zip(joined, old, strict=True)
        ]


def _refuse_heaped(text: str) -> None:
    seen = text.translate(_UNSEEN)
    if seen.isascii() or not is_heaped(seen):
        return
    bare = "".join(sign for sign in nfc(seen) if not unicodedata.combining(sign))
    words = excerpt(" ".join(bare.split()))
    raise WordRefused(HEAPED, words=words, most=MOST_MARKS)


def _beyond_ascii(text: str) -> int:
    return sum(not sign.isascii() for sign in text)


def _encoded(piece: Piece) -> tuple[str | None, Encoding]:
    return piece.face.font, encoding_of(piece.face.font)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one face as one: a letter and its accent may stand in two runs."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        is_apart = last is None or last.is_tab or piece.is_tab or BREAK in (last.text, piece.text)
        if last and last.face == piece.face and not is_apart:
            joined[-1] = replace(last, text=last.text + piece.text)
        else:
            joined.append(piece)
    return joined


def _cleaned(piece: Piece, remarks: Remarks) -> Piece:
    if piece.text == BREAK:
        return piece
    text = unicodedata.normalize("NFC", piece.text.translate(_UNSEEN))
    for sign in unprintable(text):
        # Without a glyph for it a hyphen that never ends a line is a hyphen.
        text = text.replace(sign, _HYPHENS.get(sign, sign))
    odd = unprintable(text)
    for sign in odd:
        if unicodedata.category(sign) == "Zs":
            text = text.replace(sign, " ")
            continue
        text = text.replace(sign, "")
        code = f"U+{ord(sign):04X}"
        remarks.add(f"Ký tự {code} không in được trong văn bản nên được bỏ.", piece.text)
    return replace(piece, text=text) if text != piece.text else piece
