"""Carries what is owed from the outbox to the queues; asked after each act, and by the sweep."""

import time
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from flask import Flask
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry as Reconnect
from rq import Queue
from rq.exceptions import DuplicateJobError, NoSuchJobError
from rq.job import Job
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal import clock
from portal.extensions import db
from portal.queues.routes import ROUTES, job_id_of, queue_named, retries
from workflows.models.outbox import Topic
from workflows.services.outbox import claim

# How long a message stays with the workers before the relay asks where it is.
LEASE: Final = timedelta(minutes=2)
BATCH: Final = 200
QUIET_SECONDS: Final = 5.0

_log = structlog.stdlib.get_logger(__name__)


def relay(session: Session, redis: Redis, *, now: datetime, lease: timedelta = LEASE) -> int:
    """Enqueue what was never sent, and what was sent long ago and is not done; returns how many."""
    count = 0
    while claimed := claim(session, now=now, lease=lease, batch=BATCH):
        for message_id, topic in claimed:
            send(redis, message_id, topic)
        count += len(claimed)
        if len(claimed) < BATCH:
            break
    return count


def send(redis: Redis, message_id: UUID, topic: Topic) -> None:
    """Enqueue the job of a message, unless it is already somewhere it will be found."""
    queue = queue_named(ROUTES[topic].queue, redis)
    try:
        _enqueue(queue, message_id, topic)
    except DuplicateJobError:
        if _forget_if_lost(queue, job_id_of(message_id)):
            _enqueue(queue, message_id, topic)


def _enqueue(queue: Queue, message_id: UUID, topic: Topic) -> None:
    queue.enqueue(
        ROUTES[topic].job,
        str(message_id),
        job_id=job_id_of(message_id),
        unique=True,
        retry=retries(),
        job_timeout=ROUTES[topic].timeout,
        # A result that stays would make the same job a duplicate for as long.
        result_ttl=0,
        description=str(topic),
    )


def _forget_if_lost(queue: Queue, job_id: str) -> bool:
    """Remove a job that no worker will ever find: taken from the queue by one that then died.

    Waiting, running, or failed and left to an operator: those are not lost.
    """
    try:
        job = Job.fetch(job_id, connection=queue.connection, serializer=queue.serializer)
    except NoSuchJobError:
        return True
    if is_somewhere(queue, job_id):
        return False
    _log.warning("job_was_lost", job_id=job_id, queue=queue.name)
    job.delete()
    return True


def is_somewhere(queue: Queue, job_id: str) -> bool:
    """Whether the queue, or one of its registries, still has the job."""
    places = (
        queue.started_job_registry,
        queue.scheduled_job_registry,
        queue.failed_job_registry,
    )
    return (
        queue.get_job_position(job_id) is not None
        or job_id in queue.intermediate_queue.get_job_ids()
        or any(job_id in place for place in places)
    )


class SoonRelay:
    """The relay for a web process: at best at once, and never at the expense of the request.

    What it cannot send stays unsent, and the sweep finds it.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._redis = Redis.from_url(
            app.config["TRINH_KY"].redis_url,
            socket_timeout=1,
            socket_connect_timeout=0.25,
            retry=Reconnect(NoBackoff(), 0),
        )
        self._quiet_until = 0.0

    def __call__(self) -> None:
        """Send what is owed, unless the queue did not answer a moment ago."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            self._relay()
        except (RedisError, SQLAlchemyError, OSError) as error:
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            _log.warning("relay_put_off", reason=type(error).__name__)

    def _relay(self) -> None:
        # Asked first: what is claimed for a queue that is not there would wait for its lease.
        self._redis.ping()
        with self._app.app_context(), Session(db.engine) as session:
            relay(session, self._redis, now=clock.now())
