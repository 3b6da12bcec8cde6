"""How a typed search meets a plan: without marks it finds any, with marks it means them."""

import re
import unicodedata
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_

from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan

MOST_WORDS: Final = 8
_NUMBER = re.compile(r"(?:so )?0*([1-9]\d{0,6})(?: ?/.*| ?kh\b.*)?")
_MARKED: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def _bare(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


_VARIANTS: Final = {
    base: base + "".join(marked for marked in _MARKED if _bare(marked) == base)
    for base in sorted(set(_bare(_MARKED)))
}


def fold(text: str) -> str:
    """Lower case and without marks: `Kế hoạch` is `ke hoach`."""
    return _bare(unicodedata.normalize("NFC", text).lower())


def matches(typed: str) -> ColumnElement[bool] | None:
    """The plans that *typed* stands for: every word in the title, or the number; None for all."""
    words = " ".join(unicodedata.normalize("NFC", typed).lower().split())
    if not words:
        return None
    in_title = and_(*(_in_title(word) for word in words.split(" ")[:MOST_WORDS]))
    number = _NUMBER.fullmatch(fold(words))
    if number is None:
        return in_title
    numbered = exists().where(
        RegisterEntry.plan_id == Plan.id, RegisterEntry.number == int(number[1])
    )
    return or_(in_title, numbered)


def _in_title(word: str) -> ColumnElement[bool]:
    """A pattern with every spelling of each letter: PostgreSQL reads a title some fifty times
    faster with it than it folds one, and knows small letters only in some locales."""
    signs = _VARIANTS if word == fold(word) else {}
    pattern = "".join(_letter(signs.get(sign, sign)) for sign in word)
    return Plan.title.regexp_match(pattern)


def _letter(variants: str) -> str:
    both = "".join(sorted(set(variants + variants.upper())))
    if len(both) > 1:
        return f"[{both}]"
    return both if both.isalnum() else f"\\{both}"
