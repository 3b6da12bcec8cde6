"""Programs that the tests of the engines start, wait for and kill."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from portal.engines.places import fresh_places

CHECKOUT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become somebody else.")
Program = subprocess.Popen[str]


def open_program(*arguments: str, **environ: str) -> Program:
    """Start Python on the checkout without the servers that the test run itself may name."""
    clean = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        env={**clean, "PYTHONPATH": str(CHECKOUT), **environ},
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def close(program: Program) -> None:
    if program.poll() is None:
        program.send_signal(signal.SIGTERM)
        try:
            program.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            program.kill()
    program.communicate()


def until(condition: Callable[[], object], patience: float = 30) -> None:
    """Wait for *condition*, and fail the test if it does not come."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "What the test waits for did not happen."
        time.sleep(0.02)


def all_gone(processes: list[psutil.Process]) -> bool:
    """Tell whether all have ended; one that only waits for PID 1 to take note has."""
    return not any(_lives(process) for process in processes)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def closed_folder() -> Iterator[Path]:
    """Lend a folder that only its owner may enter."""
    with fresh_places() as lent:
        folder = lent.state.rename(lent.state.with_name(lent.state.name + " closed"))
        folder.chmod(0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def as_ordinary_account(act: Callable[[], object], folder: Path) -> str:
    """Let an account that is not root do *act* in *folder*; return what came of it.

    A fork, because that account may be unable to start this Python, which may lie in root's home.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # The child execs or exits soon.
        child = os.fork()
    if child == 0:
        try:
            entry = pwd.getpwnam("daemon")
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
            os.chdir(folder)
            came = str(act())
        except BaseException as error:  # It must never return into the test run.
            came = f"{type(error).__name__}: {error}"
        os.write(writer, came.encode())
        os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as answer:
        came = answer.read()
    os.waitpid(child, 0)
    return came
