"""The process that clears up after a supervisor that was killed and could not.

It reads lines from the supervisor: `+ SESSION SIGNAL` when a process has started in a session of
its own, `- SESSION` when it has ended, `done` when all is over. When its input ends without that,
the supervisor is gone, and it sends each session that is left its signal.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from portal.engines.process import Process, end_sessions


class Watch:
    """The supervisor's side. The pipe closes when the supervisor ends, even by SIGKILL."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout

    def __enter__(self) -> "Watch":
        reader, self._pipe = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.engines.watch"],
            stdin=reader,
            cwd=self.checkout,
            start_new_session=True,
        )
        os.close(reader)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tell("done")
        os.close(self._pipe)
        self.process.wait()

    def started(self, process: Process, last_signal: signal.Signals) -> None:
        self._tell(f"+ {process.pid} {int(last_signal)}")

    def ended(self, process: Process) -> None:
        self._tell(f"- {process.pid}")

    def _tell(self, line: str) -> None:
        with suppress(BrokenPipeError):  # The supervisor notices a lost watch as any other loss.
            os.write(self._pipe, f"{line}\n".encode())


def left_behind(lines: Iterable[str]) -> dict[int, signal.Signals]:
    """Return the sessions that *lines* start and do not end, with the signal for each."""
    left: dict[int, signal.Signals] = {}
    for line in lines:
        word, *rest = line.split()
        if word == "done":
            return {}
        if word == "+":
            left[int(rest[0])] = signal.Signals(int(rest[1]))
        else:
            left.pop(int(rest[0]), None)
    return left


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # It ends when its supervisor does, not before.
    end_sessions(left_behind(sys.stdin))
