"""Letters in their one spelling, in time that grows with the text and no faster."""

import re
import unicodedata

# More marks than this on one letter nobody writes. The normal form sorts them, in time by the
# square of their number: a text of nothing else would take hours.
MOST_MARKS = 30
# Letters without marks to their right are passed over; Vietnamese needs no second look.
_ODD = re.compile(rf"[^\x00-\u02ff\u1e00-\u1eff\u2000-\u206f]{{{MOST_MARKS + 1},}}")


def nfc(text: str) -> str:
    """*text* in NFC; what is heaped on a letter above MOST_MARKS goes."""
    return unicodedata.normalize("NFC", _ODD.sub(_unheaped, text))


def is_heaped(text: str) -> bool:
    """Whether a letter in *text* bears more marks than anybody writes."""
    return any(_unheaped(found) != found[0] for found in _ODD.finditer(text))


def _unheaped(found: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for sign in found[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
