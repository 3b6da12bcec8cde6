"""Names the files of a plan after it, in letters that every system takes."""

import re
from typing import Final

from workflows.queries.matching import fold

LONGEST: Final = 40
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """The title's first words: “Cải cách hành chính” is `cai-cach-hanh-chinh`."""
    words = _OTHER.sub("-", fold(title)).strip("-")
    if len(words) > LONGEST:
        whole = words[: LONGEST + 1].rpartition("-")[0]
        words = whole or words[:LONGEST]
    return words or "ke-hoach"
