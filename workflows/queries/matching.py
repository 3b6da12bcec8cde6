"""How a typed search meets a plan: without marks it finds any, with marks it means them."""

import re
import unicodedata
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_

from workflows.models.numbering import RegisterEntry
from workflows.models.plan import Plan

MOST_WORDS: Final = 8
_NUMBER = re.compile(r"(?:so )?0*([1-9]\d{0,6})(?: ?/.*| ?kh\b.*)?")
_MARKED: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"


def _bare(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


_CAPITALS: Final = _MARKED.upper()
_BARE: Final = _bare(_MARKED)


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
    if word == fold(word):
        # lower() of PostgreSQL knows only ASCII under some locales, so the map has capitals too.
        plain = func.lower(func.translate(Plan.title, _MARKED + _CAPITALS, _BARE + _BARE))
    else:
        plain = func.lower(func.translate(Plan.title, _CAPITALS, _MARKED))
    return plain.contains(word, autoescape=True)
