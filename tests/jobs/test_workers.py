"""Every topic has a job, every queue a worker, and a dead worker is known for dead."""

import os
import socket
import subprocess
import sys
from uuid import uuid4

import pytest
from redis import Redis

from portal.queues.desk import Desk
from portal.queues.liveness import is_alive, own_name
from portal.queues.routes import PERIODIC, ROUTES, QueueName, job_id_of, message_id_of
from portal.queues.worker import HEARTBEAT_SECONDS, worker_for
from workflows.models.outbox import Topic


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


def test_this_process_lives_and_one_that_ended_does_not(redis: Redis) -> None:
    assert is_alive(own_name(), redis)
    child = subprocess.Popen(
        [sys.executable, "-c", "from portal.queues.liveness import own_name; print(own_name())"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    name = child.communicate()[0].strip()
    assert name.startswith(socket.gethostname())
    assert name.split(".")[-2] == str(child.pid)
    assert not is_alive(name, redis)
    # The number was given to a new process.
    machine = own_name().rsplit(".", 2)[0]
    assert not is_alive(f"{machine}.{os.getpid()}.long-ago", redis)


@pytest.mark.parametrize("name", ["other-host.12.x-1", "a-name-of-no-kind"])
def test_a_worker_elsewhere_lives_by_its_heartbeat(redis: Redis, name: str) -> None:
    assert not is_alive(name, redis)
    redis.hset(f"rq:worker:{name}", "birth", "x")
    assert is_alive(name, redis)
    redis.hset(f"rq:worker:{name}", "death", "x")
    assert not is_alive(name, redis)


def test_the_desk_shows_who_works_and_leaves_its_connection_as_it_was(
    redis: Redis, valkey: Redis
) -> None:
    worker = worker_for(redis, [QueueName.ISSUE])
    worker.register_birth()
    before = dict(valkey.connection_pool.connection_kwargs)

    (shown,) = Desk(valkey).workers()

    assert (shown.name, shown.queues) == (own_name(), ("upkeep", "issue"))
    assert shown.last_heard is not None
    assert valkey.connection_pool.connection_kwargs == before
    worker.register_death()
    assert Desk(valkey).workers() == []
