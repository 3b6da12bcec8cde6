"""Two ways to place one accent, hoà and hòa, brought to one form for who does not care which."""

import unicodedata
from functools import lru_cache

# Grave, acute, tilde, hook, dot below. Breve, circumflex and horn make letters, not tones.
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=20_000)
def without_placement(word: str) -> str:
    """*word* with its tone at the end, whichever vowel bore it: hoà and hòa become one.

    A syllable has one tone; a word with more, as foreign ones have, stays as it is.
    """
    if word.isascii():
        return word
    signs = unicodedata.normalize("NFD", word)
    tones = [sign for sign in signs if sign in TONES]
    if len(tones) != 1:
        return word
    bare = "".join(sign for sign in signs if sign not in TONES)
    return unicodedata.normalize("NFC", bare) + tones[0]
