"""Joins a paragraph that was cut in two to the one above it, as a drafter asked."""

from collections.abc import Collection
from typing import Any

from workflows.domain.content.runs import Run, content_of, runs_of
from workflows.domain.content.shape import Doc

_TEXTS = frozenset({"basis", "opening", "clause", "closing"})


def rejoined(doc: Doc, ids: Collection[str]) -> Doc:
    """The document with each of these blocks at the end of the text above it, under its id."""
    content: list[Doc] = []
    for node in doc["content"]:
        whole = rejoined(node, ids) if node["type"] == "annex" else node
        above = content[-1] if content else None
        is_cut = whole["type"] in _TEXTS and whole["attrs"]["id"] in ids
        if is_cut and above and above["type"] in _TEXTS:
            content[-1] = {**above, "content": _joined(above, whole)}
        else:
            content.append(whole)
    return {**doc, "content": content}


def _joined(above: Doc, below: Doc) -> list[dict[str, Any]]:
    # What was taken for a bullet was the dash of the sentence itself.
    between = " - " if below["attrs"].get("level") == "dash" else " "
    return content_of([*runs_of(above), Run(between), *runs_of(below)])
