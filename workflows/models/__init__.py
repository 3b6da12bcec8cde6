"""The tables. Importing this package makes every one of them known to the metadata."""

from workflows.models import (
    audit,
    chain,
    decision,
    discussion,
    form,
    numbering,
    outbox,
    people,
    plan,
    rendition,
    text,
    word,
)

__all__ = [
    "audit",
    "chain",
    "decision",
    "discussion",
    "form",
    "numbering",
    "outbox",
    "people",
    "plan",
    "rendition",
    "text",
    "word",
]
