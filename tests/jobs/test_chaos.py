"""Whatever is killed, and wherever: every notice, letter and package is there once."""

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
from redis import Redis
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import Config
from portal.archive.leftovers import remove_leftovers
from portal.archive.store import FileStore
from portal.clock import now
from portal.queues.recovery import recover
from portal.signing.keys import open_keys
from portal.signing.verification import verify
from tests.factories import Office
from tests.jobs.conftest import Signed
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.numbering import RegisterEntry
from workflows.models.outbox import Notice, OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.audit import walk

pytestmark = pytest.mark.chaos

ROOT = Path(__file__).resolve().parents[2]
SHORT = (
    "portal.queues.relay:send:1",  # Claimed and committed, not yet enqueued.
    "portal.jobs.seal:record_seal:1",  # Sealed and kept, not yet recorded.
    "portal.jobs.notify:deliver_notice:1",  # The letter is out, the notice is not.
    "portal.archive.package:write_whole:4",  # Half a package is written.
)
LONG = (
    "portal.queues.relay:send:2",
    "portal.jobs.seal:verify:1",
    "portal.archive.store:sync_folder:1",
    "portal.jobs.seal:record_seal:1",
    "portal.jobs.seal:settle:1",
    "portal.jobs.notify:letter:1",
    "portal.jobs.notify:deliver_notice:1",
    "portal.jobs.notify:deliver_notice:2",
    "portal.archive.package:write_whole:1",
    "portal.archive.package:write_whole:10",
    "portal.archive.package:_refuse_other:1",
    "portal.jobs.archive:record_package:1",
)
Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(office_config: Config, tmp_path: Path) -> Iterator[Start]:
    """Start a worker, to be killed at a point or to go on; the test's end ends it."""
    started: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "workers.log").open("wb")

    def start(point: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.worker_process"],
            cwd=ROOT,
            env={**_environment(office_config), "CRASH_AT": point},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    log.close()


def _environment(config: Config) -> dict[str, str]:
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


@pytest.fixture
def numbered(signed: Signed, office: Office) -> UUID:
    """Give a plan with its number, whose seal and notices are owed and nowhere enqueued."""
    plan = signed()
    office.number(plan)
    return plan.id


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


def test_a_worker_killed_at_each_turn_leaves_everything_once(
    numbered: UUID, start: Start, session: Session, office_config: Config
) -> None:
    crash_and_complete(SHORT, start, session)

    assert_everything_once(session, office_config, numbered)


@pytest.mark.skipif(not os.environ.get("CHAOS"), reason="the long form, with CHAOS=1")
@pytest.mark.parametrize("point", LONG)
def test_a_worker_killed_anywhere_leaves_everything_once(
    numbered: UUID, start: Start, session: Session, office_config: Config, point: str
) -> None:
    crash_and_complete((point,), start, session)

    assert_everything_once(session, office_config, numbered)


def test_a_dead_workers_job_is_brought_back_at_once(
    office: Office, start: Start, session: Session, redis: Redis
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    assert start("portal.jobs.notify:deliver_notice:1").wait(60) == -signal.SIGKILL

    started = time.monotonic()
    assert recover(redis) == 1
    assert time.monotonic() - started < 1
    assert recover(redis) == 0


def test_a_living_workers_job_is_left_alone(
    office: Office, start: Start, session: Session, redis: Redis
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    worker = start("")
    with within(60) as waiting:
        while waiting(all_settled(session)):
            assert recover(redis) == 0
            assert worker.poll() is None


def test_a_worker_that_is_killed_takes_its_children_with_it(
    start: Start, redis: Redis, office_config: Config, office: Office
) -> None:
    worker = start("")
    with within(60) as waiting:
        while waiting(len(_children(worker.pid)) == 1):  # The one that times the retries.
            pass
    (child,) = _children(worker.pid)

    worker.kill()
    worker.wait()

    with within(5) as waiting:
        while waiting(not _lives(child)):
            pass


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
