"""Whatever is killed, and wherever: every notice, letter and package is there once."""

import os
import signal
from uuid import UUID

import pytest
from redis import Redis
from rq.executions import Execution, ExecutionRegistry
from sqlalchemy.orm import Session

from config import Config
from portal.queues.recovery import recover
from portal.queues.routes import QueueName, queue_named
from tests.factories import Office
from tests.jobs.conftest import Signed
from tests.jobs.dying import (
    Start,
    all_settled,
    assert_everything_once,
    children_of,
    crash_and_complete,
    lives,
    within,
)
from workflows.domain.machine import PlanState

pytestmark = pytest.mark.chaos

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
    "portal.archive.package:write_whole:1",
    "portal.archive.package:write_whole:10",
    "portal.archive.package:_refuse_other:1",
    "portal.jobs.archive:record_package:1",
)


@pytest.fixture
def numbered(signed: Signed, office: Office) -> UUID:
    """Give a plan with its number, whose seal and notices are owed and nowhere enqueued."""
    plan = signed()
    office.number(plan)
    return plan.id


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

    # One call is enough: no lease and no heartbeat has to run out first.
    assert recover(redis) == 1
    assert recover(redis) == 0


@pytest.mark.parametrize("is_long_dead", [False, True])
def test_what_a_dead_worker_began_does_not_spoil_the_next_run(
    office: Office, start: Start, session: Session, redis: Redis, is_long_dead: bool
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    assert start("portal.jobs.notify:deliver_notice:1").wait(60) == -signal.SIGKILL
    queue = queue_named(QueueName.NOTIFY, redis)
    [(job_id, execution_id)] = queue.started_job_registry.get_job_and_execution_ids(cleanup=False)
    if is_long_dead:  # Its record has run out, what points to it not yet.
        redis.delete(Execution(execution_id, job_id, redis).key)

    recover(redis)

    assert ExecutionRegistry(job_id, redis).get_executions() == []


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
        while waiting(len(children_of(worker.pid)) == 1):  # The one that times the retries.
            pass
    (child,) = children_of(worker.pid)

    worker.kill()
    worker.wait()

    with within(5) as waiting:
        while waiting(not lives(child)):
            pass
