"""Which characters the page can print: those of all four faces of Liberation Serif 2.1.5.

coverage.txt was read from the fonts in portal/documents/fonts, and a test holds the two together.
"""

import re
import unicodedata
from importlib.resources import files

# Controls, invisible format signs, private use, unassigned, and the Unicode line ends: a reader
# of the page could not see them, and PDF/A-3a (ISO 19005-3, 6.2.11.7) forbids private use.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# The font has Hebrew letters, but a Vietnamese document does not, and a long word of them keeps
# the typesetter busy for minutes.
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def covered() -> frozenset[int]:
    """The code points of coverage.txt."""
    lines = files(__package__).joinpath("coverage.txt").read_text(encoding="ascii").split()
    spans = (line.split("-") for line in lines)
    return frozenset(
        point for first, last in spans for point in range(int(first, 16), int(last, 16) + 1)
    )


def is_unseen(character: str) -> bool:
    """Whether a character has no shape at all, rather than one our font lacks."""
    return unicodedata.category(character) in _UNSEEN


def _foreign() -> re.Pattern[str]:
    printable = "".join(
        letter
        for letter in map(chr, sorted(covered()))
        if not is_unseen(letter) and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT
    )
    return re.compile(f"[^{re.escape(printable)}]")


_FOREIGN = _foreign()


def unprintable(text: str) -> list[str]:
    """The distinct characters of *text* that no page can show, in the order they come."""
    return list(dict.fromkeys(_FOREIGN.findall(text)))
