"""Whether the process behind a worker's name still lives."""

import os
import socket
from pathlib import Path

from redis import Redis
from rq import Worker


def own_name() -> str:
    """A name that tells machine, process and its birth apart from every other."""
    return f"{_machine()}.{os.getpid()}.{_birth(os.getpid())}"


def is_alive(name: str, redis: Redis) -> bool:
    """Ask the kernel about a worker of this machine, and the heartbeats about any other."""
    host, pid, birth = _parts(name)
    if host == _machine():
        return bool(birth) and _birth(pid) == birth
    key = f"{Worker.redis_worker_namespace_prefix}{name}"
    return bool(redis.exists(key)) and not redis.hexists(key, "death")


def process_lives(host: str, pid: int) -> bool | None:
    """Whether a process of this machine lives; None when it is another machine's."""
    return bool(_birth(pid)) if host == socket.gethostname() else None


def _machine() -> str:
    """The machine and, as containers may share a machine's name, the numbering of processes."""
    numbering = Path("/proc/self/ns/pid")
    mark = "".join(filter(str.isdigit, os.readlink(numbering))) if numbering.is_symlink() else "0"
    return f"{socket.gethostname()}-{mark}"


def _parts(name: str) -> tuple[str, int, str]:
    words = name.rsplit(".", 2)
    if len(words) != 3 or not words[1].isdigit():
        return "", 0, ""
    return words[0], int(words[1]), words[2]


def _birth(pid: int) -> str:
    """When the process began, as a word; "" when there is none. A number is soon given again."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] in "ZX" else f"{_boot()}{fields[19]}"
    return "x" if _answers(pid) else ""


def _boot() -> str:
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text()[:8] + "-" if path.exists() else ""


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
