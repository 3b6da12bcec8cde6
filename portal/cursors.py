"""Where a page of a list ended, as one word of its address; a damaged word is the first page."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from flask import request

APART: Final = "~"
# PostgreSQL's integer.
LARGEST: Final = 2**31 - 1


def write_cursor(*parts: object) -> str:
    """The key's parts as one word."""
    return APART.join(
        part.isoformat() if isinstance(part, date | datetime) else str(part) for part in parts
    )


def read_cursor(name: str, *readers: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """The key in the address under *name*, or None when there is none that can be read."""
    parts = request.args.get(name, "").split(APART)
    if len(parts) != len(readers):
        return None
    try:
        key = tuple(reader(part) for reader, part in zip(readers, parts, strict=True))
    except ValueError:
        return None
    return key if all(map(_is_storable, key)) else None


def _is_storable(part: object) -> bool:
    """Whether the database can compare with it: a number of its size, a moment with its zone."""
    if isinstance(part, int):
        return abs(part) <= LARGEST
    return not isinstance(part, datetime) or part.tzinfo is not None


def read_number(name: str) -> int | None:
    """A small whole number in the address, or None."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def read_words(name: str = "q", most: int = 200) -> str:
    """What was typed into a search field."""
    return " ".join(request.args.get(name, "").replace("\x00", "").split())[:most]
