"""The program as it runs for people: its web server and workers, as processes of their own."""

import http.client
import os
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from signal import SIGTERM

from config import Config
from portal.engines import given
from portal.engines.process import Process, kill_sessions, start, stop
from portal.engines.tree import WORKERS, Child, environment, web

ROOT = Path(__file__).resolve().parents[2]
START_PATIENCE = 60.0
STOP_PATIENCE = 20.0


@dataclass(frozen=True)
class Stack:
    """What runs, and where it writes what it has to say."""

    address: str
    processes: dict[str, Process]
    logs: Path
    starts: dict[str, Callable[[], Process]]

    def kill(self, name: str) -> None:
        """End a process and all that it started, as a power cut does."""
        kill_sessions([self.processes[name].pid])
        self.processes[name].wait()

    def restart(self, name: str) -> None:
        """Start a killed process anew, at its old address."""
        self.processes[name] = self.starts[name]()
        _wait_for_answer(int(self.address.rpartition(":")[2]), self.processes)

    def complaints(self) -> list[str]:
        """Every line of the logs that tells of an error."""
        return [
            line
            for log in sorted(self.logs.glob("*.log"))
            for line in log.read_text("utf-8", errors="replace").splitlines()
            if '"level": "error"' in line or "Traceback" in line
        ]


@contextmanager
def served(config: Config, logs: Path, *, workers: Sequence[Child] = WORKERS) -> Iterator[Stack]:
    """Run the commands of `make run` on *config* and a free port, until the block ends."""
    logs.mkdir(parents=True, exist_ok=True)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    env = environment_of(config, port)
    with ExitStack() as ending:
        starts = {
            child.name: partial(_started, child, env, logs, ending)
            for child in (web(port), *workers)
        }
        running = {name: begin() for name, begin in starts.items()}
        ending.callback(_ask_all, running)
        _wait_for_answer(port, running)
        yield Stack(f"http://{given.HOST}:{port}", running, logs, starts)


def environment_of(config: Config, port: int | None = None) -> dict[str, str]:
    """The environment in which the program reads *config*."""
    servers = {
        "DATABASE_URL": config.database_url,
        "REDIS_URL": config.redis_url,
        "DATA_DIR": str(config.data_dir),
    }
    own = {
        "PATH": os.environ["PATH"],
        "KEYS_DIR": str(config.keys_dir),
        "SECRET_KEY": config.secret_key,
        "PASSWORD_SALT": config.password_salt,
        "KEYS_PASSPHRASE": config.keys_passphrase,
    }
    return environment(own, servers, port)


def _started(child: Child, env: dict[str, str], logs: Path, ending: ExitStack) -> Process:
    log = ending.enter_context((logs / f"{child.name.partition(' (')[0]}.log").open("ab"))
    process = start(child.argv, env=env, cwd=ROOT, output=log)
    ending.callback(_end, process)
    return process


def _ask_all(running: dict[str, Process]) -> None:
    """Ask them all at once, before each is waited for: ending takes them seconds."""
    for process in running.values():
        process.terminate()


def _end(process: Process) -> None:
    stop(process, SIGTERM, STOP_PATIENCE)
    # A worker's own children may be in process groups of their own.
    kill_sessions([process.pid])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((given.HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_answer(port: int, running: dict[str, Process]) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while not _answers(port):
        ended = [name for name, process in running.items() if process.poll() is not None]
        assert not ended, f"ended at once: {', '.join(ended)}"
        assert time.monotonic() < deadline, f"no answer on port {port}"
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(given.HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
