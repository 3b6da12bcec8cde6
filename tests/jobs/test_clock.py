"""There is one clock, it keeps Hà Nội's time, and what it asks for does not pile up."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from redis import Redis
from rq.utils import now as rq_now
from sqlalchemy import Engine

from portal.queues.desk import Desk
from portal.queues.routes import QueueName, queue_named
from portal.queues.schedule import VIETNAM, Clock, only_one
from tests.jobs.conftest import Work
from workflows.domain.errors import NotPossible


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


def test_the_clocks_jobs_run(clock: Clock, redis: Redis, work: Work) -> None:
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
