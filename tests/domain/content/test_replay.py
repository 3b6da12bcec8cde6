"""The editor's own random editing, replayed here step by step: both sides must hold one document.

The record was made by `node portal/editor/fuzz.mjs SEED ROUNDS FILE`, with the editor's commands.
"""

import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from prosemirror.model import Node

from workflows.domain.content.edits import apply
from workflows.domain.content.schema import parse

RECORDS = sorted(Path(__file__).parent.glob("replay-*.json.gz"))


def digest(doc: Node) -> str:
    """As fuzz.mjs computes it."""
    text = json.dumps(doc.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read(record: Path) -> tuple[Node, list[dict[str, Any]]]:
    """The document at the start, and the batches of steps with what came of each."""
    first, *batches = gzip.decompress(record.read_bytes()).decode().split("\n")
    return parse(json.loads(first)["doc"]), [json.loads(batch) for batch in batches]


def test_the_records_are_worth_replaying() -> None:
    kinds = Counter(
        step["stepType"]
        for record in RECORDS
        for batch in read(record)[1]
        for step in batch["steps"]
    )
    assert kinds.total() > 4_000
    assert set(kinds) == {"replace", "replaceAround", "addMark", "removeMark", "attr", "move"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_every_step_of_the_editor_does_here_what_it_did_there(record: Path) -> None:
    doc, batches = read(record)
    for order, batch in enumerate(batches):
        doc = apply(doc, batch["steps"]).doc
        assert digest(doc) == batch["digest"], f"batch {order}: {batch['steps']}"
