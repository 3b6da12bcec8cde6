"""Operators see what failed and give it back; the clock is one; nothing piles up."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from redis import Redis
from rq.utils import now as rq_now
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.commands import jobs as jobs_commands
from portal.jobs.sweep import drop_settled, sweep
from portal.queues.desk import Desk
from portal.queues.liveness import is_alive, own_name
from portal.queues.routes import (
    PERIODIC,
    ROUTES,
    QueueName,
    job_id_of,
    message_id_of,
    queue_named,
)
from portal.queues.schedule import VIETNAM, Clock, only_one
from portal.queues.worker import HEARTBEAT_SECONDS, worker_for
from tests.factories import Office
from tests.jobs.conftest import Work, owed
from workflows.domain.errors import NotPossible
from workflows.domain.machine import PlanState
from workflows.models.outbox import Topic


def _fail(redis: Redis, work: Work, message_id: UUID) -> str:
    """Run a message's job without retries."""
    queue = queue_named(QueueName.NOTIFY, redis)
    route = ROUTES[Topic.NOTIFY]
    job_id = job_id_of(message_id)
    queue.enqueue(route.job, str(message_id), job_id=job_id, description="notify", result_ttl=0)
    work()
    return job_id


@pytest.fixture
def failed(office: Office, session: Session, redis: Redis, work: Work) -> str:
    """Give the job of a message for a person who does not exist; it has no retries."""
    office.plan(PlanState.UNIT_REVIEW)
    (message,) = owed(session, Topic.NOTIFY)
    message.payload = {**message.payload, "person_id": 0}
    session.commit()
    return _fail(redis, work, message.id)


def _mend(session: Session, office: Office) -> None:
    (message,) = owed(session, Topic.NOTIFY)
    message.payload = {**message.payload, "person_id": office.duyet.id}
    session.commit()


def test_every_topic_has_a_route_and_every_job_can_be_loaded() -> None:
    assert set(ROUTES) == set(Topic)
    for job in (*(route.job for route in ROUTES.values()), *(each.job for each in PERIODIC)):
        module, _, name = job.rpartition(".")
        __import__(module)
        assert callable(getattr(sys.modules[module], name))


def test_every_queue_is_worked_and_upkeep_always(redis: Redis) -> None:
    assert worker_for(redis, tuple(QueueName)).queue_names() == list(QueueName)
    assert worker_for(redis, [QueueName.ARCHIVE]).queue_names() == ["upkeep", "archive"]


def test_a_worker_is_missed_after_three_beats(redis: Redis) -> None:
    worker = worker_for(redis, [])
    assert worker.get_heartbeat_ttl(None) == 3 * HEARTBEAT_SECONDS  # type: ignore[arg-type]


def test_ids_of_jobs_and_messages_are_one_to_one() -> None:
    message_id = uuid4()
    assert message_id_of(job_id_of(message_id)) == message_id
    assert message_id_of("sweep-20261118073000") is None


def test_a_failed_job_is_shown_with_its_reason(app: Flask, failed: str) -> None:
    (job,) = app.extensions["operator_desk"].list_failed()

    assert (job.id, job.name, job.queue) == (failed, "notify", "notify")
    assert job.error
    assert job.failed_at is not None


def test_a_job_given_back_is_done(
    app: Flask, failed: str, office: Office, session: Session, work: Work
) -> None:
    _mend(session, office)
    desk: Desk = app.extensions["operator_desk"]

    desk.requeue(failed)
    work()

    assert desk.list_failed() == []
    assert owed(session, Topic.NOTIFY)[0].handled_at is not None
    with pytest.raises(LookupError):
        desk.requeue(failed)


def test_an_operator_may_do_the_same_from_the_command_line(
    app: Flask, failed: str, office: Office, session: Session, work: Work
) -> None:
    runner = app.test_cli_runner()

    listed = runner.invoke(jobs_commands.group, ["failed"])
    assert listed.exit_code == 0
    assert failed in listed.output
    assert "Tuyên truyền" in listed.output
    wrong = runner.invoke(jobs_commands.group, ["requeue", "outbox-0"])
    assert wrong.exit_code == 1
    assert runner.invoke(jobs_commands.group, ["requeue"]).exit_code == 2
    _mend(session, office)
    again = runner.invoke(jobs_commands.group, ["requeue", "--all"])
    assert again.output == "Đã đưa 1 việc trở lại hàng chờ.\n"
    work()
    assert runner.invoke(jobs_commands.group, ["requeue", "--all"]).output.startswith("Đã đưa 0")


def test_a_failed_job_whose_message_is_handled_is_dropped(
    app: Flask, failed: str, session: Session, redis: Redis
) -> None:
    drop_settled(session, redis)
    assert len(Desk(redis).list_failed()) == 1

    owed(session, Topic.NOTIFY)[0].handled_at = rq_now()
    session.commit()
    drop_settled(session, redis)

    assert Desk(redis).list_failed() == []


def test_the_sweep_sends_what_was_never_sent(
    app: Flask, office: Office, session: Session, work: Work
) -> None:
    office.plan(PlanState.UNIT_REVIEW)

    with app.app_context():
        sweep()
    work()

    assert owed(session, Topic.NOTIFY)[0].handled_at is not None
    assert owed(session, Topic.RENDER)[0].handled_at is not None


@pytest.fixture
def clock(redis: Redis, engine: Engine) -> Iterator[Clock]:
    with only_one(engine) as lock:
        yield Clock(redis, lock)


def test_a_sweep_that_still_waits_is_not_asked_for_again(clock: Clock, redis: Redis) -> None:
    queue = queue_named(QueueName.UPKEEP, redis)
    for _ in range(5):
        for job in clock.get_jobs():
            job.next_enqueue_time = rq_now() - timedelta(seconds=1)
        clock.enqueue_jobs()

    assert sorted(job_id.partition("-")[0] for job_id in queue.job_ids) == ["remind", "sweep"]


def test_the_clocks_jobs_run(
    clock: Clock, redis: Redis, work: Work, app: Flask, session: Session
) -> None:
    clock.enqueue_jobs()

    work()

    assert Desk(redis).list_failed() == []
    assert queue_named(QueueName.UPKEEP, redis).job_ids == []


def test_reminders_are_asked_for_in_the_morning_of_ha_noi(
    redis: Redis, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", VIETNAM)
    time.tzset()
    try:
        with only_one(engine) as lock:
            remind = next(job for job in Clock(redis, lock).get_jobs() if job.name == "remind")
            remind.latest_enqueue_time = datetime.fromisoformat("2026-11-17T20:00:00+07:00")
            first = remind.get_next_enqueue_time()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert first == datetime.fromisoformat("2026-11-18T07:30:00+07:00")


def test_a_second_clock_is_refused_and_the_lock_ends_with_its_holder(engine: Engine) -> None:
    second = only_one(engine)
    with only_one(engine), pytest.raises(NotPossible, match="Đã có một bộ hẹn giờ đang chạy"):
        second.__enter__()
    with only_one(engine):
        pass


def test_this_process_lives_and_one_that_ended_does_not(redis: Redis) -> None:
    assert is_alive(own_name(), redis)
    child = subprocess.Popen(
        [sys.executable, "-c", "from portal.queues.liveness import own_name; print(own_name())"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    name = child.communicate()[0].strip()
    assert name.startswith(f"{socket.gethostname()}.{child.pid}.")
    assert not is_alive(name, redis)
    # The number was given to a new process.
    assert not is_alive(f"{socket.gethostname()}.{os.getpid()}.long-ago", redis)


@pytest.mark.parametrize("name", ["other-host.12.x-1", "a-name-of-no-kind"])
def test_a_worker_elsewhere_lives_by_its_heartbeat(redis: Redis, name: str) -> None:
    assert not is_alive(name, redis)
    redis.hset(f"rq:worker:{name}", "birth", "x")
    assert is_alive(name, redis)
    redis.hset(f"rq:worker:{name}", "death", "x")
    assert not is_alive(name, redis)


def test_the_command_line_relays_and_recovers(
    app: Flask, office: Office, relay_all: Callable[[], int]
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    runner = app.test_cli_runner()

    assert runner.invoke(jobs_commands.group, ["relay"]).output == (
        "Đã chuyển 2 việc tới hàng chờ.\n"
    )
    assert relay_all() == 0
    assert runner.invoke(jobs_commands.group, ["recover"]).output == (
        "Đã lấy lại 0 việc của tiến trình đã chết.\n"
    )
