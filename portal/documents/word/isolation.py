"""Reads an uploaded Word file in a process of its own, which may crash or grow fat alone.

The parent hands over the file; the child answers with lines of JSON: how far it is, and at last
the reading or the refusal.
"""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Timer
from typing import IO, Any, BinaryIO, Final
from uuid import uuid4

from portal.documents.word.reader.refusals import MAX_BYTES, TOOK_TOO_LONG, refuse_by_look
from portal.documents.word.reading import Imported, Told, WordRefused, read_docx

SECONDS: Final = 120
MEMORY: Final = 1024**3
"""Address space. A text of 300 pages takes a fifth of it."""

_ROOT: Final = Path(__file__).resolve().parents[3]
_log = logging.getLogger(__name__)


def read_isolated(data: bytes, *, on_progress: Callable[[int], None]) -> Imported:
    """The plan in a Word file that anyone may have sent; raises WordRefused, whatever it does."""
    refuse_by_look(data)
    with subprocess.Popen(
        [sys.executable, "-m", "portal.documents.word.isolation"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        # The child needs nothing of the environment, least of all its secrets.
        env={},
    ) as child:
        timer = Timer(SECONDS, child.kill)
        timer.start()
        try:
            return _asked(child, data, on_progress)
        except BaseException:
            child.kill()
            raise
        finally:
            timer.cancel()


def _asked(
    child: "subprocess.Popen[bytes]", data: bytes, on_progress: Callable[[int], None]
) -> Imported:
    # A child that is dead already is found out below.
    with suppress(BrokenPipeError):
        _pipe(child.stdin).write(data)
        _pipe(child.stdin).close()
    for line in _pipe(child.stdout):
        said = _said(line)
        if "progress" in said:
            on_progress(int(said["progress"]))
        elif "refused" in said:
            raise WordRefused(said["refused"])
        elif "reading" in said:
            return _read(said["reading"])
    _log.warning("reading process failed", extra={"exit": child.wait()})
    raise WordRefused(TOOK_TOO_LONG)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("The child was started without its pipes.")
    return pipe


def _said(line: bytes) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:
        # Cut off in the middle of a line.
        return {}
    return said


def _read(reading: dict[str, Any]) -> Imported:
    doubts = tuple(Told(**each) for each in reading["doubts"])
    notes, signing = tuple(reading["notes"]), tuple(reading["signing"])
    return Imported(reading["doc"], doubts, notes, reading["base"], signing)


def answer(source: BinaryIO, target: BinaryIO) -> None:
    """Be the child: bound what this process may take, then read what arrives on *source*."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def say(**words: object) -> None:
        target.write(json.dumps(words).encode() + b"\n")
        target.flush()

    try:
        found = read_docx(
            source.read(MAX_BYTES + 1),
            lambda: uuid4().hex[:12],
            on_progress=lambda percent: say(progress=percent),
        )
    except WordRefused as refusal:
        say(refused=str(refusal))
    except MemoryError:
        say(refused=TOOK_TOO_LONG)
    else:
        say(reading=asdict(found))


if __name__ == "__main__":
    logging.disable()
    answer(sys.stdin.buffer, sys.stdout.buffer)
