"""What the editor's page finds at a server, in memory: a text as a list of steps, and the talk."""

import json
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from prosemirror.model import Node
from prosemirror.transform import Step
from simple_websocket import ConnectionClosed

from workflows.domain.content.schema import SCHEMA


@dataclass
class Office:
    """What the server holds; tests read it and bend it."""

    doc: dict[str, Any]
    steps: list[tuple[dict[str, Any], str, int]] = field(default_factory=list)
    threads: list[dict[str, Any]] = field(default_factory=list)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    most_findings: int = 40
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    can: dict[str, bool] = field(
        default_factory=lambda: {"edit": True, "comment": True, "suggest": True, "answer": True}
    )
    # lose_reply: the steps are kept and the answer is lost; die_before_reply: and then silence;
    # silent: 503 to everything; a number: that status with a sentence.
    fault: str | int | None = None
    # The number of the last frozen version.
    newest: int = 0
    has_socket: bool = True
    lock: Lock = field(default_factory=Lock)
    lines: dict[Any, str] = field(default_factory=dict)
    cursors: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    def text(self) -> str:
        """The whole text, one line a block."""
        node = Node.from_json(SCHEMA, self.doc)
        return node.text_between(0, node.content.size, "\n", " ")

    def since(self, version: int) -> dict[str, Any]:
        """The steps after *version*."""
        later = self.steps[version:]
        return {
            "from": version,
            "steps": [step for step, _, _ in later],
            "clientIds": [client for _, client, _ in later],
            "authors": [author for _, _, author in later],
        }

    def take(self, steps: list[dict[str, Any]], client: str, author: int = 1) -> None:
        """Apply and keep, as the log does, and wake the pages."""
        node, before = Node.from_json(SCHEMA, self.doc), self.version
        for written in steps:
            result = Step.from_json(SCHEMA, written).apply(node)
            assert result.doc is not None, result.failed
            node = result.doc
        node.check()
        self.doc = dict(node.to_json())
        self.steps.extend((step, client, author) for step in steps)
        self.tell({"kind": "steps", **self.since(before)})

    def tell(self, message: dict[str, Any]) -> None:
        """Say something to every open page."""
        for line in list(self.lines):
            try:
                line.send(json.dumps(message))
            except (ConnectionClosed, OSError):
                self.lines.pop(line, None)


def thread_of(office: Office, number: int, **sent: Any) -> dict[str, Any]:
    """A thread as the server tells it."""
    node = Node.from_json(SCHEMA, office.doc)
    comment = {
        "id": number,
        "who": "Nguyễn Thị Soạn",
        "position": "Chuyên viên",
        "at": "2022-11-01T03:00:00+00:00",
        "text": sent["text"],
        "mentions": [],
    }
    return {
        "id": number,
        "start": sent["start"],
        "end": sent["end"],
        "isGone": False,
        "quote": node.text_between(sent["start"], sent["end"], "\n", " "),
        "isSole": True,
        "blockId": sent.get("blockId"),
        "versionNumber": 0,
        "audience": "writers",
        "demandsAnswer": sent["demandsAnswer"],
        "answer": None,
        "answerReason": None,
        "answeredBy": None,
        "answerFrom": "Nguyễn Thị Soạn" if sent["demandsAnswer"] else None,
        "isResolved": False,
        "resolvedBy": None,
        "resolvedAt": None,
        "reopenedBy": None,
        "reopenedAt": None,
        "isMine": True,
        "can": {"reply": True, "resolve": True, "answer": True},
        "comments": [comment],
    }
