"""How the record is written into packages and evidence: one form, so one hash stands for it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


def pretty(value: Any) -> bytes:
    """JSON for people: indented, in Vietnamese letters, keys in order."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON Lines, each as compact as an event's hash covers it."""
    return "".join(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        for row in rows
    ).encode()
