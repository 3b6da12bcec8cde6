"""Turns text typed for the fonts of the 1990s, TCVN3 (.Vn*) and VNI-*, into Unicode.

TCVN 5712:1993 (VN3) has one byte a letter and hardly any accented capitals: a font whose name
ends in H shows the small letters as capitals. VNI Windows writes a base letter and then its accent.
"""

import re
import unicodedata
from enum import Enum
from typing import Final


class Encoding(Enum):
    """How the letters of a run are meant."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 (phông chữ hoa)"
    VNI = "VNI"
    UNKNOWN = "?"


# Places 0xA1…0xFE; the capitals among them are those of VN2.
_TCVN3_FROM: Final = 0xA1
_TCVN3_ROWS: Final = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ"  # A1…AF
    ".....àảãáạẲằẳẵắẴ"  # B0…BF; B0…B4 are loose accents, below
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # C0…CF
    "éẹềểễếệìỉỄẾỒĩíịò"  # D0…DF
    "Ổỏõóọồổỗốộờởỡớợù"  # E0…EF
    "Ỗủũúụừửữứựỳỷỹýỵ"  # F0…FE
)
# Accents that stand after their letter, as in TCVN 5712 VN2.
_TCVN3_ACCENTS: Final = {
    0xB0: "\u0300",
    0xB1: "\u0309",
    0xB2: "\u0303",
    0xB3: "\u0301",
    0xB4: "\u0323",
}
_TCVN3: Final[dict[int, str]] = {
    code: letter for code, letter in enumerate(_TCVN3_ROWS, start=_TCVN3_FROM) if letter != "."
} | _TCVN3_ACCENTS

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_BREVE, _ROOF, _HORN = "\u0306", "\u0302", "\u031b"
# The signs that VNI puts after a letter, and what each adds to it.
_VNI_ACCENTS: Final[dict[str, str]] = {
    "ø": _GRAVE,
    "ù": _ACUTE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _ROOF,
    "à": _ROOF + _GRAVE,
    "á": _ROOF + _ACUTE,
    "å": _ROOF + _HOOK,
    "ã": _ROOF + _TILDE,
    "ä": _ROOF + _DOT,
    "ê": _BREVE,
    "è": _BREVE + _GRAVE,
    "é": _BREVE + _ACUTE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
# Letters that are one sign already.
_VNI_WHOLE: Final[dict[str, str]] = {
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "ñ": "đ",
    "ô": "o" + _HORN,
    "ö": "u" + _HORN,
}

_ABC_FONT: Final = re.compile(r"\.vn", re.IGNORECASE)
_VNI_FONT: Final = re.compile(r"vni[ -]", re.IGNORECASE)
# VPS, VISCII, Vietware X and F, BK HCM: other tables that no law ever fixed.
_OTHER_FONT: Final = re.compile(
    r"vps\b|vps[ -]|viscii|vi (times|arial|helv)|s?vn(times|arial|helv|courier)"
    r"|bkhcm|bk hcm|bk[12]?-|vnu[ -]|tcvn|vietware|vnlabs",
    re.IGNORECASE,
)


def encoding_of(font: str | None) -> Encoding:
    """What a font's name says of the letters set in it."""
    name = (font or "").strip()
    if _ABC_FONT.match(name):
        return Encoding.TCVN3_CAPITALS if name.endswith("H") else Encoding.TCVN3
    if _VNI_FONT.match(name):
        return Encoding.VNI
    return Encoding.UNKNOWN if _OTHER_FONT.match(name) else Encoding.UNICODE


def to_unicode(text: str, encoding: Encoding) -> str:
    """The letters that were meant, in NFC."""
    match encoding:
        case Encoding.TCVN3:
            meant = text.translate(_TCVN3)
        case Encoding.TCVN3_CAPITALS:
            meant = unicodedata.normalize("NFC", text.translate(_TCVN3)).upper()
        case Encoding.VNI:
            meant = _from_vni(text)
        case _:
            meant = text
    return unicodedata.normalize("NFC", meant)


def _from_vni(text: str) -> str:
    written: list[str] = []
    for sign in text:
        low = sign.lower()
        accent = _VNI_ACCENTS.get(low)
        if accent is not None and written and _takes(written[-1], accent):
            written[-1] += accent
        elif low in _VNI_WHOLE:
            whole = _VNI_WHOLE[low]
            written.append(whole.upper() if sign != low else whole)
        else:
            written.append(sign)
    return "".join(written)


def _takes(letter: str, accent: str) -> bool:
    """Whether the letter before may carry the accent; else the sign stands for itself."""
    base = letter[0].lower()
    has_horn = letter[1:] == _HORN
    if len(letter) > 1 and not has_horn:
        return False
    if accent[0] == _ROOF:
        return base in "aeo" and not has_horn
    if accent[0] == _BREVE:
        return base == "a"
    return base in "aeouy"


# Letters of a text typed for TCVN3, seen through a Unicode font: “Céng hoµ x· héi”.
_SEEN_THROUGH: Final = re.compile(r"[a-zA-Z][µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÐÌÎÏÑªÒÕÓÔÖÝ×ØÜÞ«¬®ñøï]")
# And one typed for VNI: “Coäng hoøa”.
_VNI_SEEN: Final = re.compile(r"[aeouyôöAEOUYÔÖ][øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË]")
_VIETNAMESE: Final = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_ENOUGH: Final = 20
_FEW: Final = 2
_LOOKED_AT: Final = 100_000


def has_vietnamese(text: str) -> bool:
    """Whether a text has letters that only Vietnamese in Unicode has."""
    return _VIETNAMESE.search(unicodedata.normalize("NFC", text)) is not None


def looks_old(text: str, encoding: Encoding) -> bool:
    """Whether a piece of text bears the signs of an old encoding, and none of Vietnamese."""
    signs = _VNI_SEEN if encoding is Encoding.VNI else _SEEN_THROUGH
    return signs.search(text) is not None and not has_vietnamese(text)


def guessed(text: str) -> str | None:
    """What a text in a Unicode font would be if it had been typed for TCVN3, where it looks so."""
    if has_vietnamese(text) or len(_SEEN_THROUGH.findall(text)) < _FEW:
        return None
    return to_unicode(text, Encoding.TCVN3)


def looks_misread(text: str) -> bool:
    """Whether a Unicode text is really an old encoding whose fonts were replaced."""
    if has_vietnamese(text):
        return False
    return len(_SEEN_THROUGH.findall(text[:_LOOKED_AT])) >= _ENOUGH
