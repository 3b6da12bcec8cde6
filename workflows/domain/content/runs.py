"""Inline text as a row of runs, the form in which redline, pages and notation read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workflows.domain.content.shape import Doc

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one face. A line break within a block is a run of its own, `BREAK`."""

    text: str
    strong: bool = False
    em: bool = False


def runs_of(node: Doc) -> tuple[Run, ...]:
    """The runs of a textblock."""
    found = []
    for child in node.get("content", ()):
        if child["type"] == "hard_break":
            found.append(Run(BREAK))
        else:
            faces = {mark["type"] for mark in child.get("marks", ())}
            found.append(Run(child["text"], "strong" in faces, "em" in faces))
    return tuple(found)


def content_of(runs: Iterable[Run]) -> list[dict[str, Any]]:
    """The inline nodes of these runs; empty runs vanish, `normalise` merges equal neighbours."""
    return [_inline(run) for run in runs if run.text]


def text_of(runs: Iterable[Run]) -> str:
    """The bare text."""
    return "".join(run.text for run in runs)


def _inline(run: Run) -> dict[str, Any]:
    if run.text == BREAK:
        return {"type": "hard_break"}
    faces = [{"type": name} for name, worn in (("strong", run.strong), ("em", run.em)) if worn]
    node: dict[str, Any] = {"type": "text", "text": run.text}
    return {**node, "marks": faces} if faces else node
