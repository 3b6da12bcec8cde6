"""The process that works on queues: one job at a time, each in a fork of its own."""

import importlib
import os
from collections.abc import Sequence
from typing import Any, Final

import structlog
from flask import Flask
from redis import Redis
from rq import Queue, Worker
from rq.job import Job
from sqlalchemy.orm import Session

from config import Config
from portal import clock
from portal.engines.process import end_with_parent
from portal.extensions import db
from portal.queues.liveness import own_name
from portal.queues.recovery import recover
from portal.queues.relay import relay
from portal.queues.routes import PERIODIC, ROUTES, QueueName, queue_named

HEARTBEAT_SECONDS: Final = 5
MISSED_BEATS: Final = 3

_log = structlog.stdlib.get_logger(__name__)


class PromptWorker(Worker):
    """RQ's worker with a shorter heartbeat: one that died is missed after three beats."""

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        return HEARTBEAT_SECONDS * MISSED_BEATS


def work(app: Flask, names: Sequence[QueueName], *, burst: bool = False) -> None:
    """Work until told to stop, or with *burst* until the queues are empty.

    For a process that does nothing else: what it forks ends with it.
    """
    # A job that outlives its worker would run beside its own second run, and the process that
    # times the retries would keep their lock for ever.
    os.register_at_fork(after_in_child=end_with_parent)
    _load_jobs()
    config: Config = app.config["TRINH_KY"]
    redis = Redis.from_url(config.redis_url)
    with app.app_context():
        recover(redis)
        with Session(db.engine) as session:
            relay(session, redis, now=clock.now())
        # Forked children must not find a connection that is their parent's too.
        db.engine.dispose()
        worker = worker_for(redis, names)
        _log.info("worker_started", worker=worker.name, queues=worker.queue_names())
        # Each job says itself that it is done; RQ would say it five times.
        worker.work(burst=burst, with_scheduler=True, logging_level="WARNING")


def worker_for(redis: Redis, names: Sequence[QueueName], **settings: Any) -> PromptWorker:
    """A worker on *names*, and on UPKEEP first: whoever works also sweeps."""
    ordered = [name for name in QueueName if name is QueueName.UPKEEP or name in names]
    queues: list[Queue] = [queue_named(name, redis) for name in ordered]
    return PromptWorker(
        queues,
        connection=redis,
        name=own_name(),
        serializer=queues[0].serializer,
        worker_ttl=4 * HEARTBEAT_SECONDS,
        job_monitoring_interval=HEARTBEAT_SECONDS,
        maintenance_interval=HEARTBEAT_SECONDS,
        **settings,
    )


def _load_jobs() -> None:
    """Load the jobs' modules before the first fork, so that each job starts with them."""
    for job in (*(route.job for route in ROUTES.values()), *(each.job for each in PERIODIC)):
        importlib.import_module(job.rpartition(".")[0])
