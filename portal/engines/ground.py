"""What the program stands on: a database, a queue and a folder, embedded or given."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from portal.engines import given
from portal.engines.errors import EngineError
from portal.engines.locks import held
from portal.engines.places import Places, make_passable, make_state, temporary_folder
from portal.engines.postgres import Postgres
from portal.engines.process import Process, lives
from portal.engines.valkey import Valkey

SUPERVISOR_LOCK: Final = "supervisor.lock"
ENGINES_LOCK: Final = "engines.lock"
OLD_ENGINES_PATIENCE: Final = 20.0
RUNTIME_PREFIX: Final = "trinh-ky-"


@dataclass(frozen=True)
class Ground:
    """Where the program finds its servers and its folder, and the processes that were started."""

    database_url: str
    redis_url: str
    data_dir: Path
    processes: dict[str, Process] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "DATA_DIR": str(self.data_dir),
        }


@contextmanager
def ground(places: Places, environ: Mapping[str, str], *, durable: bool = True) -> Iterator[Ground]:
    """Start the engines that *environ* does not name, and stop them at the end.

    Not *durable* is for tests: a power cut may then spoil the data.
    """
    database_url = given.database(environ)
    redis_url = given.queue(environ)
    make_state(places)
    with ExitStack() as stack:
        lock = stack.enter_context(held(places.state / SUPERVISOR_LOCK))
        if lock is None:
            raise EngineError(f"Already running: another process works on {places.state}.")
        runtime = _new_runtime(places, _take_over(lock))
        stack.callback(shutil.rmtree, runtime, ignore_errors=True)
        processes: dict[str, Process] = {}
        with _engines_lock(places) as engines_lock:
            if database_url is None:
                postgres = Postgres(places, runtime, durable=durable)
                processes["PostgreSQL"] = postgres.start(engines_lock)
                stack.callback(postgres.stop, processes["PostgreSQL"])
                database_url = postgres.url
            if redis_url is None:
                valkey = Valkey(places, runtime, durable=durable)
                processes["Valkey"] = valkey.start(engines_lock)
                stack.callback(valkey.stop, processes["Valkey"])
                redis_url = valkey.url
        data = Path(environ.get("DATA_DIR", "").strip() or places.data)
        started = Ground(database_url, redis_url, data, processes)
        _write(lock, {"pid": str(os.getpid()), "runtime": str(runtime), **started.environment()})
        yield started


def running(places: Places) -> dict[str, str] | None:
    """Return the environment of the supervisor that works on *places*, or None if none does."""
    path = places.state / SUPERVISOR_LOCK
    if not path.exists():
        return None
    with held(path) as lock:
        if lock is not None:
            return None
    noted = _read(path.read_bytes())
    pid, _ = noted.pop("pid", ""), noted.pop("runtime", "")
    if not pid or not lives(int(pid)):  # What the one before it left.
        raise EngineError(f"Another process is just starting on {places.state}: try again.")
    return noted


def reset(places: Places) -> None:
    """Remove every piece of data of *places*; refuse while anything works on them."""
    if not places.state.exists():
        return
    make_state(places)
    with held(places.state / SUPERVISOR_LOCK) as lock:
        if lock is None:
            raise EngineError(f"Still running: stop what works on {places.state} first (Ctrl-C).")
        with _engines_lock(places):
            for entry in places.state.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                elif entry.name not in (SUPERVISOR_LOCK, ENGINES_LOCK):
                    entry.unlink()


@contextmanager
def _engines_lock(places: Places) -> Iterator[int]:
    """Hold the lock that living engines hold too, even those of a supervisor that was killed."""
    with held(places.state / ENGINES_LOCK, OLD_ENGINES_PATIENCE) as lock:
        if lock is None:
            raise EngineError(f"Engines of an earlier start still work on {places.state}.")
        yield lock


def _take_over(lock: int) -> dict[str, str]:
    """Return what the supervisor before us noted, and clear it, for it is no longer true."""
    noted = _read(os.pread(lock, 65536, 0))
    os.ftruncate(lock, 0)
    return noted


def _new_runtime(places: Places, before: Mapping[str, str]) -> Path:
    """Make a folder for the sockets, and remove the one that a killed supervisor left."""
    old = Path(before.get("runtime", ""))
    if old.name.startswith(RUNTIME_PREFIX):
        shutil.rmtree(old, ignore_errors=True)
    runtime = Path(tempfile.mkdtemp(prefix=RUNTIME_PREFIX, dir=temporary_folder(places.account)))
    if places.account:
        make_passable(runtime)
    return runtime


def _read(noted: bytes) -> dict[str, str]:
    with suppress(ValueError):
        return {str(name): str(value) for name, value in json.loads(noted).items()}
    return {}


def _write(lock: int, noted: Mapping[str, str]) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, json.dumps(noted).encode(), 0)
