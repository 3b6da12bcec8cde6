"""Workers that die on cue, and what must be found after them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import bagit
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import Config
from portal.archive.leftovers import remove_leftovers
from portal.archive.store import FileStore
from portal.clock import now
from portal.engines.process import start as start_process
from portal.signing.keys import open_keys
from portal.signing.verification import verify
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.numbering import RegisterEntry
from workflows.models.outbox import Notice, OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.audit import walk

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(office_config: Config, tmp_path: Path) -> Iterator[Start]:
    """Start a worker, to be killed at a point or to go on; the test's end ends it."""
    started: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "workers.log").open("wb")

    def start(point: str) -> "subprocess.Popen[bytes]":
        process = start_process(
            [sys.executable, "-m", "tests.jobs.worker_process"],
            cwd=ROOT,
            env={**environment(office_config), "CRASH_AT": point},
            output=log,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    log.close()


def environment(config: Config) -> dict[str, str]:
    """What a process of the same office is configured from."""
    return {
        "PATH": os.environ["PATH"],
        "DEMO": "1",
        "DATABASE_URL": config.database_url,
        "REDIS_URL": config.redis_url,
        "DATA_DIR": str(config.data_dir),
        "KEYS_DIR": str(config.keys_dir),
        "SECRET_KEY": config.secret_key,
        "PASSWORD_SALT": config.password_salt,
        "KEYS_PASSPHRASE": config.keys_passphrase,
    }


@contextmanager
def within(seconds: float) -> Iterator[Callable[[bool], bool]]:
    """`while waiting(done): …` until *done*; too long is a failure."""
    deadline = time.monotonic() + seconds

    def waiting(done: bool) -> bool:
        assert done or time.monotonic() < deadline, "not done in time"
        if not done:
            time.sleep(0.1)
        return not done

    yield waiting


def all_settled(session: Session) -> bool:
    session.rollback()
    owed = select(OutboxMessage.id).where(OutboxMessage.handled_at.is_(None))
    return session.scalar(owed.limit(1)) is None


def crash_and_complete(points: tuple[str, ...], start: Start, session: Session) -> None:
    for point in points:
        assert start(point).wait(90) == -signal.SIGKILL, point
        # What was claimed and not enqueued waits for its lease: let it have passed.
        session.execute(
            text(
                "UPDATE outbox_message SET dispatched_at = dispatched_at - interval '3 minutes'"
                " WHERE handled_at IS NULL"
            )
        )
        session.commit()
    worker = start("")
    with within(90) as waiting:
        while waiting(all_settled(session)):
            assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


def assert_everything_once(session: Session, config: Config, plan_id: UUID) -> None:
    notify = session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.topic == Topic.NOTIFY)
    ).all()
    assert sorted(session.scalars(select(Notice.outbox_id))) == sorted(notify)
    letters = [path.stem for path in config.data_dir.glob("mail/*")]
    assert sorted(letters) == sorted(map(str, notify))
    acts = session.scalars(select(AuditEvent.act)).all()
    assert [acts.count(act) for act in ("number", "seal", "archive")] == [1, 1, 1]
    assert walk(session)[1] is None
    (package,) = config.data_dir.glob(f"packages/{plan_id}/*")
    bagit.Bag(str(package)).validate()
    assert session.get_one(Plan, plan_id).state is PlanState.ISSUED
    assert session.scalars(select(RegisterEntry.number)).all() == [1]
    store = FileStore(config.data_dir)
    issued = session.scalars(select(Rendition).where(Rendition.kind == RenditionKind.ISSUED)).one()
    verdict = verify(store.get(issued.store_key), open_keys(config).trust)
    assert (verdict.is_valid, verdict.number) == (True, "01")
    remove_leftovers(store, now=now().replace(year=now().year + 1))
    assert list(store.unfinished().iterdir()) == []


def children_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
