"""Reads the plan's canonical data back out of its PDF."""

import hashlib
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from portal.signing.appearance import entry

PLAN = "plan.json"


def plan_digest(reader: PdfFileReader) -> str | None:
    """SHA-256 of the attached plan.json, None when there is not exactly one."""
    names: Any = reader.root
    for key in ("/Names", "/EmbeddedFiles", "/Names"):
        names = entry(names, key) if names is not None else None
    names = names if names is not None else []
    found = [
        names[place + 1]["/EF"]["/F"]
        for place in range(0, len(names) - 1, 2)
        if str(names[place]) == PLAN
    ]
    if len(found) != 1 or not isinstance(found[0], generic.StreamObject):
        return None
    return hashlib.sha256(found[0].data).hexdigest()
