"""Brings back at once what dead workers held; RQ alone would notice after minutes.

Jobs may run twice, or this would be wrong.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from redis import Redis
from rq import Queue
from rq.exceptions import SchedulerNotFound
from rq.executions import Execution, ExecutionRegistry
from rq.scheduler import RQScheduler
from rq.scripts import release_lock
from rq.utils import as_text

from portal.queues.liveness import is_alive, process_lives
from portal.queues.routes import QueueName, queue_named

LOCK: Final = "trinh-ky:recovery"
LOCK_SECONDS: Final = 10
LONG_AGO: Final = 1

_log = structlog.stdlib.get_logger(__name__)


def recover(redis: Redis) -> int:
    """Put the jobs of dead workers back on their queues; returns how many there were."""
    with _alone(redis) as alone:
        if not alone:
            return 0
        for name in QueueName:
            _free_retries(redis, name)
        return sum(_recover_queue(queue_named(name, redis)) for name in QueueName)


@contextmanager
def _alone(redis: Redis) -> Iterator[bool]:
    """Two that recover the same job would queue it twice. A dead holder's lock runs out."""
    taken = bool(redis.set(LOCK, "1", nx=True, ex=LOCK_SECONDS))
    try:
        yield taken
    finally:
        if taken:
            redis.delete(LOCK)


def _recover_queue(queue: Queue) -> int:
    registry = queue.started_job_registry
    held = registry.get_job_and_execution_ids(cleanup=False)
    runs = [Execution(run, job, queue.connection) for job, run in held]
    dead = [run for run in runs if not _is_worked(run)]
    if dead:
        _forget(dead, queue.connection)
        # Marked as expired long ago, so that the clean-up below takes these and no others.
        queue.connection.zadd(registry.key, {run.composite_key: LONG_AGO for run in dead})
        registry.cleanup(timestamp=LONG_AGO)
        _log.warning("jobs_recovered", queue=queue.name, count=len(dead))
    return len(dead)


def _is_worked(run: Execution) -> bool:
    try:
        run.refresh()  # type: ignore[no-untyped-call]
    except ValueError:
        return False
    return is_alive(run.worker_name, run.connection)


def _forget(dead: list[Execution], redis: Redis) -> None:
    """Take dead executions from their jobs' own lists.

    RQ's clean-up leaves them there, and the job's next run, once done, would ask for each of them
    and fail on those that have run out.
    """
    with redis.pipeline() as pipeline:
        for run in dead:
            ExecutionRegistry(run.job_id, redis).remove(run, pipeline)
            pipeline.delete(run.key)
        pipeline.execute()


def _free_retries(redis: Redis, name: QueueName) -> None:
    """Take the lock on a queue's timed retries from a dead process; it would last a minute."""
    key = RQScheduler.get_locking_key(name)
    holder = as_text(redis.get(key) or b"")
    try:
        scheduler = RQScheduler.fetch(holder, redis)
    except SchedulerNotFound:
        return
    if process_lives(scheduler.hostname, scheduler.pid) is False:
        release_lock(redis, key, holder)
