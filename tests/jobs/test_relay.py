"""The relay sends each message once, finds what was lost, and never harms a request."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy.orm import Session

from portal import clock
from portal.queues.relay import LEASE, SoonRelay, is_somewhere, relay
from portal.queues.routes import ROUTES, QueueName, job_id_of, queue_named
from tests.factories import Office
from tests.jobs.conftest import owed
from workflows.domain.machine import PlanState
from workflows.models.outbox import Topic


def waiting(redis: Redis) -> list[str]:
    return [job_id for name in QueueName for job_id in queue_named(name, redis).job_ids]


@pytest.fixture
def messages(office: Office, session: Session) -> list[str]:
    office.plan(PlanState.UNIT_REVIEW)
    return [job_id_of(m.id) for topic in Topic for m in owed(session, topic)]


def test_each_message_waits_once_in_the_queue_of_its_topic(
    messages: list[str], session: Session, redis: Redis, relay_all: Callable[[], int]
) -> None:
    assert relay_all() == len(messages) > 1

    assert sorted(waiting(redis)) == sorted(messages)
    for topic in (Topic.NOTIFY, Topic.RENDER):
        queue = queue_named(ROUTES[topic].queue, redis)
        assert queue.job_ids == [job_id_of(message.id) for message in owed(session, topic)]


def test_what_is_with_the_workers_is_not_sent_again(
    messages: list[str], redis: Redis, relay_all: Callable[[], int]
) -> None:
    relay_all()

    assert relay_all() == 0


def test_a_relay_that_forgot_does_not_queue_twice(
    messages: list[str], session: Session, redis: Redis, relay_all: Callable[[], int]
) -> None:
    relay_all()

    relay(session, redis, now=clock.now() + LEASE + timedelta(seconds=1))

    assert sorted(waiting(redis)) == sorted(messages)


def test_what_the_queue_lost_is_sent_again_after_the_lease(
    messages: list[str], session: Session, redis: Redis, relay_all: Callable[[], int]
) -> None:
    relay_all()
    redis.flushdb()

    relay(session, redis, now=clock.now() + LEASE + timedelta(seconds=1))

    assert sorted(waiting(redis)) == sorted(messages)


def test_a_job_taken_by_a_worker_that_then_died_is_found(
    messages: list[str], session: Session, redis: Redis, relay_all: Callable[[], int]
) -> None:
    """Between taking a job off a list and noting that it runs, RQ keeps it nowhere."""
    relay_all()
    queue = queue_named(QueueName.RENDER, redis)
    taken = queue.pop_job_id()
    assert taken is not None
    assert not is_somewhere(queue, taken)

    relay(session, redis, now=clock.now() + LEASE + timedelta(seconds=1))

    assert queue.job_ids == [taken]


def test_the_relay_of_a_request_sends_at_once(
    app: Flask, messages: list[str], redis: Redis
) -> None:
    app.extensions["relay_soon"]()

    assert sorted(waiting(redis)) == sorted(messages)


@pytest.mark.parametrize(
    "address", ["redis://127.0.0.1:1/0", "redis://192.0.2.1:6379/0", "unix:///nowhere/valkey.sock"]
)
def test_without_a_queue_a_request_does_not_fail(
    app: Flask, messages: list[str], session: Session, address: str
) -> None:
    app.config["TRINH_KY"] = replace(app.config["TRINH_KY"], redis_url=address)
    soon = SoonRelay(app)

    for _ in range(20):
        soon()

    # Unclaimed, so that they go out with the first sweep and do not wait for a lease.
    assert all(m.dispatched_at is None for m in owed(session, Topic.NOTIFY))
