"""Typesets in a process of its own what anybody may ask for: it may hang or grow fat alone.

The parent hands over one JSON; the child answers with a word and then the PDF or the refusal.
"""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO, Final

from portal.documents.typesetting import RenderingFailed, typeset
from workflows.domain.errors import WorkflowError

SECONDS: Final = 20
MEMORY: Final = 3 * 1024**3
"""Address space, of which typst's threads reserve far more than they use."""

AT_ONCE: Final = 2
PATIENCE: Final = 3.0
"""Seconds that a request waits for its turn: a few long texts may not take every thread."""

TOO_MUCH: Final = (
    "Văn bản quá dài hoặc có chữ không dàn trang được trong thời gian cho phép. "
    "Hãy chọn hai bản gần nhau hơn, hoặc tải tệp Word."
)
PDF, REFUSED = b"pdf\n", b"refused\n"

_ROOM = BoundedSemaphore(AT_ONCE)
_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


class TypesetterBusy(WorkflowError):
    """As many texts as may be are being set in type; this one was not begun."""


def typeset_isolated(template: str, inputs: Mapping[str, str], *, at: datetime) -> bytes:
    """As `typeset`, within bounds; raises RenderingFailed beyond them, or TypesetterBusy."""
    if not _ROOM.acquire(timeout=PATIENCE):
        raise TypesetterBusy("Đang có nhiều tệp PDF được lập cùng lúc; tệp này chưa được lập.")
    try:
        return _asked({"template": template, "inputs": dict(inputs), "at": at.isoformat()})
    finally:
        _ROOM.release()


def _asked(question: dict[str, Any]) -> bytes:
    try:
        child = subprocess.run(
            [sys.executable, "-m", "portal.documents.isolation"],
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            cwd=_ROOT,
            # The child needs nothing of the environment, least of all its secrets.
            env={},
        )
    except subprocess.SubprocessError as error:
        _log.warning("typesetting process failed", extra={"reason": type(error).__name__})
        raise RenderingFailed(TOO_MUCH) from error
    if child.stdout.startswith(REFUSED):
        told = json.loads(child.stdout.removeprefix(REFUSED))
        raise RenderingFailed(told["sentence"], **told["values"])
    return child.stdout.removeprefix(PDF)


def answer(source: BinaryIO, target: BinaryIO) -> None:
    """Be the child: bound what this process may take, then typeset what arrives on *source*."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    question = json.load(source)
    at = datetime.fromisoformat(question["at"])
    try:
        pdf = typeset(question["template"], question["inputs"], at=at)
    except RenderingFailed as refusal:
        told = {"sentence": refusal.sentence, "values": refusal.values}
        target.write(REFUSED + json.dumps(told).encode())
    else:
        target.write(PDF + pdf)


if __name__ == "__main__":
    logging.disable()
    answer(sys.stdin.buffer, sys.stdout.buffer)
