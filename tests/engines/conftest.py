"""Places of their own for the tests of the engines, and a supervisor that tests may kill."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from portal.engines.ground import Ground, ground
from portal.engines.places import Places, fresh_places
from tests.engines.programs import (
    CHECKOUT,
    Program,
    close,
    open_program,
    until,
)

# A worker: it leaves its work to a process in a process group of its own, as RQ does.
WORKER = (
    "import os, pathlib, sys, time\n"
    "horse = os.fork()\n"
    "os.setpgid(0, 0) if horse == 0 else None\n"
    "pathlib.Path(sys.argv[1]).joinpath(f'horse-{os.getpid()}').touch() if horse == 0 else None\n"
    "time.sleep(600)\n"
)
QUIET = "import time; time.sleep(600)"


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """Give the state folder of a server that was started and stopped once, which takes a while."""
    with fresh_places() as lent:
        with ground(lent, {}, durable=False):
            pass
        yield lent.state


@pytest.fixture
def empty_places() -> Iterator[Places]:
    with fresh_places() as lent:
        yield lent


@pytest.fixture
def places(empty_places: Places, prepared: Path) -> Places:
    subprocess.run(["cp", "-a", f"{prepared}/.", empty_places.state], check=True)
    return empty_places


@dataclass
class Run:
    """A running supervisor and everything it has started."""

    program: Program
    places: Places
    mark: Path
    said: str = ""

    def child(self, word: str) -> psutil.Process:
        """Return the one child of the supervisor whose command line has *word* in it."""
        (found,) = self.children(word)
        return found

    def children(self, word: str) -> list[psutil.Process]:
        """Return the living children of the supervisor whose command line has *word* in it."""
        children = psutil.Process(self.program.pid).children()
        return [child for child in children if word in " ".join(_command(child))]

    def tree(self) -> list[psutil.Process]:
        return psutil.Process(self.program.pid).children(recursive=True)

    def end(self, patience: float = 30) -> tuple[int, str]:
        """Wait for the supervisor; return its status and what it complained of."""
        self.said, complaint = self.program.communicate(timeout=patience)
        return self.program.returncode, complaint


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()  # That of one that has ended is empty.
    except psutil.NoSuchProcess:
        return []


@pytest.fixture
def supervise(places: Places, tmp_path: Path, engines: Ground) -> Iterator[Callable[..., Run]]:
    started: list[Program] = []

    def begin(web: str = QUIET) -> Run:
        for mark in tmp_path.glob("horse-*"):
            mark.unlink()
        children = [
            ("web", (sys.executable, "-c", web, "the-web")),
            ("worker", (sys.executable, "-c", WORKER, str(tmp_path))),
        ]
        program = open_program(
            str(CHECKOUT / "tests/engines/stand_in.py"),
            *(str(places.state), str(places.shared), json.dumps(children)),
        )
        started.append(program)
        run = Run(program, places, tmp_path)
        until(lambda: program.poll() is not None or list(tmp_path.glob("horse-*")))
        return run

    yield begin
    for program in started:
        close(program)
    with ground(places, {"DATABASE_URL": engines.database_url, "REDIS_URL": engines.redis_url}):
        pass  # This removes what a killed supervisor left in the temporary folder.
