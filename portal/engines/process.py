"""Start and end processes so that none outlives whoever started it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

PR_SET_PDEATHSIG: Final = 1

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Account:
    """The account of the operating system that a process runs under."""

    name: str
    uid: int
    gid: int


def start(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    output: IO[bytes] | None = None,
    account: Account | None = None,
    last_signal: signal.Signals = signal.SIGKILL,
    keep: Sequence[int] = (),
) -> Process:
    """Start a process in a session of its own, so that Ctrl-C in the terminal does not reach it.

    On Linux it gets *last_signal* when the thread that started it ends: call this from the main
    thread. The *keep* descriptors stay open in it, and with them the locks they hold.
    """
    return subprocess.Popen(
        argv,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        pass_fds=tuple(keep),
        preexec_fn=_end_with(os.getpid(), last_signal),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        umask=0o077,
    )


def end_with_parent(last_signal: signal.Signals = signal.SIGKILL) -> None:
    """Ask Linux to send this process *last_signal* when its parent ends; elsewhere do nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(last_signal))


def _end_with(parent: int, last_signal: signal.Signals) -> Callable[[], None]:
    # Loaded before the fork: little is safe between fork and exec. The kernel forgets the request
    # on a change of user, and subprocess calls this after that change.
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def ask() -> None:
        if prctl is None:
            return
        prctl(PR_SET_PDEATHSIG, int(last_signal))
        if os.getppid() != parent:  # It ended before the request was made.
            os._exit(1)

    return ask


def members(sessions: Iterable[int]) -> list[int]:
    """Return the processes of *sessions*, those too that moved to a process group of their own."""
    wanted = set(sessions)
    return [pid for pid in _all_pids() if _session_of(pid) in wanted]


def kill_sessions(sessions: Sequence[int], patience: float = 5.0) -> None:
    """Kill every process of *sessions* and return when the last one is gone."""
    deadline = time.monotonic() + patience
    while (left := members(sessions)) and time.monotonic() < deadline:
        for pid in left:
            send(pid, signal.SIGKILL)
        time.sleep(0.02)  # They are not all children, so there is nothing to wait on.


def end_sessions(left: Mapping[int, signal.Signals]) -> None:
    """End sessions: first those that are to be killed, then those that are asked to end."""
    kill_sessions([session for session, number in left.items() if number == signal.SIGKILL])
    for session, number in left.items():
        for pid in members([session]):
            send(pid, number)


def lives(pid: int) -> bool:
    return _session_of(pid) is not None


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have ended already."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def stop(process: Process, polite: signal.Signals, patience: float) -> None:
    """Ask one process to end, and kill it if it has not after *patience* seconds."""
    if process.poll() is None:
        process.send_signal(polite)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _all_pids() -> list[int]:
    if sys.platform == "linux":
        return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]
    listing = subprocess.run(["/bin/ps", "-A", "-o", "pid="], capture_output=True, check=True)
    return [int(word) for word in listing.stdout.split()]


def _session_of(pid: int) -> int | None:
    """Return the session of a living process; one that only waits to be reaped has none."""
    try:
        if sys.platform == "linux":
            # After the name, which may hold anything: state, parent, process group, session.
            fields = (
                Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            )
            return None if fields[0] in "ZX" else int(fields[3])
        return os.getsid(pid)
    except OSError:
        return None
