"""One tree of processes: who ends in it is started again, or else all of it falls together."""

import signal
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final

from portal.engines.child import Child, Life
from portal.engines.errors import EngineError
from portal.engines.process import Process, kill_sessions, send, start
from portal.engines.signals import Signals
from portal.engines.terminal import say
from portal.engines.watch import Watch

PATIENCE: Final = 20.0
ONE_REQUEST: Final = 1.0  # A signal to the whole group reaches us twice: make passes it on.
ENGINE_SIGNALS: Final = {"PostgreSQL": signal.SIGINT, "Valkey": signal.SIGTERM}


class StopAsked(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM: no fault."""


class Supervisor:
    """Runs children over *engines*, which it watches too, but neither starts nor stops."""

    def __init__(
        self,
        engines: Mapping[str, Process],
        *,
        env: Mapping[str, str],
        cwd: Path,
        signals: Signals,
        watch: Watch,
    ) -> None:
        self.env = env
        self.cwd = cwd
        self._signals = signals
        self._watch = watch
        self._children: dict[str, Process] = {}
        self._lives: dict[str, Life] = {}
        self._others = {**engines, "the watch": watch.process}
        for name, process in engines.items():
            watch.started(process, ENGINE_SIGNALS[name])

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_children()

    def start(self, child: Child) -> Process:
        """Start a child that is to live as long as the tree."""
        self._raise_if_asked_to_stop(0)
        process = start(child.argv, env=self.env, cwd=self.cwd)
        self._watch.started(process, signal.SIGKILL)
        self._children[child.name] = process
        self._lives.setdefault(child.name, Life(child))
        return process

    def run(self, child: Child) -> int:
        """Run a child to its end and return its exit status."""
        process = self.start(child)
        while process.poll() is None:
            self._attend(but=child.name)
            self._raise_if_asked_to_stop(None)
        self._forget(child.name)
        return process.returncode

    def watch(self, seconds: float | None = None) -> None:
        """Wait for the next event, or *seconds*; raise if a process is lost or a stop asked."""
        self._attend()
        self._raise_if_asked_to_stop(seconds)
        self._attend()

    def _raise_if_asked_to_stop(self, seconds: float | None) -> None:
        if self._signals.wait(seconds):
            raise StopAsked

    def _attend(self, but: str = "") -> None:
        """Raise if an engine is lost, and start again each child that has ended."""
        for name, process in self._others.items():
            if process.poll() is not None:
                raise EngineError(f"Lost {name} ({_end_of(process)}), so everything is stopped.")
        for name, process in list(self._children.items()):
            if name != but and process.poll() is not None:
                self._start_again(name, process)

    def _start_again(self, name: str, ended: Process) -> None:
        life = self._lives[name]
        lost = f"Lost {name} ({_end_of(ended)})"
        if not life.goes_on_after(ended.returncode):
            raise EngineError(f"{lost}, so everything is stopped.")
        say(f"{lost}; it is started again.")
        # What it forked would hold its port, or go on with a job that is given to another.
        kill_sessions([ended.pid])
        self._forget(name)
        self.start(life.child)

    def _stop_children(self) -> None:
        """End the children politely, then whatever is left of their sessions.

        A worker that was killed leaves the process that does its job, in a process group of its
        own but in the worker's session. A second Ctrl-C cuts the politeness short.
        """
        for process in self._children.values():
            if process.poll() is None:
                send(process.pid, signal.SIGTERM)
        self._wait_for_children()
        kill_sessions([process.pid for process in self._children.values()])
        for name in list(self._children):
            self._children[name].wait()
            self._forget(name)

    def _wait_for_children(self) -> None:
        asked = time.monotonic()
        left = PATIENCE
        while left > 0 and any(process.poll() is None for process in self._children.values()):
            again = self._signals.wait(left)
            waited = time.monotonic() - asked
            left = 0 if again and waited > ONE_REQUEST else PATIENCE - waited

    def _forget(self, name: str) -> None:
        self._watch.ended(self._children.pop(name))


def _end_of(process: Process) -> str:
    status = process.returncode
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
