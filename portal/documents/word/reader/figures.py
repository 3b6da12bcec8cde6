"""The figures and signs that Word counts with, and those of them that people type themselves."""

from typing import Final

from workflows.domain.content.numbering import roman

# The last two are those of Symbol and Wingdings that Word itself begins a list with.
_PLAIN_BULLETS: Final = frozenset("-–—•*+\uf0b7\uf0a7")
# Of Symbol and Wingdings, where Word writes bullets as private characters.
_DASHES: Final = frozenset("-–—−‐‑\uf02d\uf0be\uf0bc")


def bullet(sign: str) -> str:
    """A bullet in the signs that plans know, or as it is."""
    sign = sign.strip()
    if sign in _DASHES or not sign:
        return "-"
    return sign


def is_known_bullet(sign: str) -> bool:
    """Whether a bullet is one that people type themselves."""
    return sign in _PLAIN_BULLETS


def figure(count: int, kind: str) -> str:
    """A number in one of Word's formats; in plain figures when the format is unknown."""
    match kind:
        case "upperRoman":
            return roman(count)
        case "lowerRoman":
            return roman(count).lower()
        case "upperLetter":
            return _letters(count).upper()
        case "lowerLetter":
            return _letters(count)
        case "decimalZero":
            return f"{count:02d}"
        case "none":
            return ""
    return str(count)


def _letters(count: int) -> str:
    """As Word counts: a … z, then aa, bb …."""
    if count < 1:
        return ""
    again, at = divmod(count - 1, 26)
    return chr(ord("a") + at) * (min(again, 20) + 1)
