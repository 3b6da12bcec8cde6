"""Vietnamese letters and spaces for the patterns of the rules; every text is taken as NFC."""

from typing import Final

LOWER: Final = (
    "abcdefghijklmnopqrstuvwxyzàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)
UPPER: Final = LOWER.upper()
LETTERS: Final = LOWER + UPPER
SPACE: Final = "[ \u00a0]"

_LOWER: Final = frozenset(LOWER)


def is_shouted(text: str) -> bool:
    """Whether a text is in capitals throughout, as headings are: its case says nothing."""
    return _LOWER.isdisjoint(text)


def spaced(words: str) -> str:
    """A pattern for *words* with any run of spaces between them."""
    return words.replace(" ", f"{SPACE}+")
