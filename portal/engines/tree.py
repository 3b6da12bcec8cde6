"""What `make run` runs: the commands, in their order, and how they see the world."""

import http.client
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portal.engines import given
from portal.engines.child import Child
from portal.engines.errors import EngineError
from portal.engines.ground import ground
from portal.engines.places import Places
from portal.engines.signals import Signals
from portal.engines.supervisor import StopAsked, Supervisor
from portal.engines.terminal import say
from portal.engines.watch import Watch

FLASK: Final = (sys.executable, "-m", "flask", "--app", "wsgi")
UPGRADE: Final = Child("flask db upgrade", (*FLASK, "db", "upgrade"))
DEMONSTRATION: Final = Child("flask demo load", (*FLASK, "demo", "load"))
WORKERS: Final = (
    Child("worker 1 (issue, render)", (*FLASK, "jobs", "work", "issue", "render")),
    Child("worker 2 (notify, archive)", (*FLASK, "jobs", "work", "notify", "archive")),
    Child("worker 3 (import)", (*FLASK, "jobs", "work", "import")),
    Child("scheduler", (*FLASK, "jobs", "schedule")),
)
SOCKET_WORKER: Final = "portal.collaboration.worker.SocketWorker"
ZONE: Final = "Asia/Ho_Chi_Minh"
ANSWER_PATIENCE: Final = 60.0


@dataclass(frozen=True)
class Tree:
    """First *before*, one after the other; then *children* at once; then *then*, or for ever."""

    before: tuple[Child, ...] = ()
    children: tuple[Child, ...] = ()
    port: int | None = None
    then: Child | None = None


def run_tree(tree: Tree, places: Places, environ: Mapping[str, str], cwd: Path) -> int:
    """Run *tree* and return its exit status: 0 when somebody asked it to stop."""
    checkout = Path(__file__).resolve().parents[2]
    with (
        Signals() as signals,
        Watch(checkout) as watch,
        ground(places, environ) as base,
        Supervisor(
            base.processes,
            env=environment(environ, base.environment(), tree.port),
            cwd=cwd,
            signals=signals,
            watch=watch,
        ) as supervisor,
    ):
        try:
            return _grow(tree, supervisor)
        except StopAsked:
            say("Stopping.")
            return 130 if tree.then else 0


def web(port: int) -> Child:
    """Return the web server. Nothing is loaded before it forks: Typst would not survive that.

    Each open page of a text keeps one thread waiting; threads that are not needed are not made.
    """
    options = (
        *("--bind", f"{given.HOST}:{port}", "--worker-class", SOCKET_WORKER),
        *("--workers", "2", "--threads", "200", "--timeout", "60", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket"),
    )
    return Child("web", (sys.executable, "-m", "gunicorn", *options, "wsgi:app"))


def environment(
    environ: Mapping[str, str], servers: Mapping[str, str], port: int | None
) -> dict[str, str]:
    """Return what a command of the demonstration sees. Cron times are Vietnamese times."""
    base_url = f"http://{given.HOST}:{port or given.DEFAULT_PORT}"
    return {
        "BASE_URL": base_url,
        **environ,
        **servers,
        "DEMO": "1",
        # A machine without the zone files would take the name for UTC and say nothing.
        "TZ": ZONE if Path("/usr/share/zoneinfo", ZONE).exists() else "<+07>-7",
        "PYTHONUNBUFFERED": "1",
    }


def _grow(tree: Tree, supervisor: Supervisor) -> int:
    for child in tree.before:
        if status := supervisor.run(child):
            raise EngineError(f"{child.name} failed with exit status {status}; it says why above.")
    for child in tree.children:
        supervisor.start(child)
    if tree.port:
        _wait_for_answer(tree.port, supervisor)
        say(f"Trình Ký: http://{given.HOST}:{tree.port} (Ctrl-C stops it)")
    if tree.then:
        return supervisor.run(tree.then)
    while True:
        supervisor.watch()


def _wait_for_answer(port: int, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + ANSWER_PATIENCE
    while not _answers(port):
        if time.monotonic() > deadline:
            raise EngineError(f"The web server does not answer on port {port}.")
        supervisor.watch(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(given.HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
