"""What an operator sees of the queues and may do there."""

from datetime import UTC, datetime

from redis import Redis
from rq import Queue, Worker
from rq.job import Job
from rq.utils import decode_redis_hash, utcparse

from portal.operations import FailedJob, LivingWorker
from portal.queues.routes import PAUSES, QueueName, queue_named


class Desk:
    """Failed jobs and living workers; jobs that failed stay until somebody decides."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def list_failed(self) -> list[FailedJob]:
        """Jobs that have no retry left, the latest failure first."""
        failed = [_failed(job) for name in QueueName for job in self._failed_in(name)]
        return sorted(failed, key=lambda job: job.failed_at or _BEGINNING, reverse=True)

    def requeue(self, job_id: str) -> None:
        """Give the job back to its queue with all its retries; raises LookupError if it is gone."""
        for name in QueueName:
            registry = queue_named(name, self._redis).failed_job_registry
            job = next((job for job in self._failed_in(name) if job.id == job_id), None)
            if job is not None:
                job.retries_left = len(PAUSES)
                registry.requeue(job)
                return
        raise LookupError(job_id)

    def requeue_all(self) -> int:
        """Give every failed job back; returns how many."""
        failed = self.list_failed()
        for job in failed:
            self.requeue(job.id)
        return len(failed)

    def forget(self, job_id: str) -> None:
        """Remove a failed job whose work is done or no longer owed."""
        for name in QueueName:
            for job in self._failed_in(name):
                if job.id == job_id:
                    job.delete()

    def workers(self) -> list[LivingWorker]:
        """Who works now, by name."""
        # Worker.all() would change the timeouts of this connection, which pages use too.
        keys = Worker.all_keys(connection=self._redis)
        found = (
            _worker(key, decode_redis_hash(self._redis.hgetall(key), decode_values=True))
            for key in keys
        )
        return sorted((worker for worker in found if worker), key=lambda worker: worker.name)

    def _failed_in(self, name: QueueName) -> list[Job]:
        queue: Queue = queue_named(name, self._redis)
        jobs = Job.fetch_many(
            queue.failed_job_registry.get_job_ids(),
            connection=self._redis,
            serializer=queue.serializer,
        )
        return [job for job in jobs if job is not None]


_BEGINNING = datetime.min.replace(tzinfo=UTC)


def _failed(job: Job) -> FailedJob:
    result = job.latest_result()
    lines = (result.exc_string or "").strip().splitlines() if result else []
    return FailedJob(
        id=job.id,
        name=job.description or str(job.func_name),
        queue=job.origin,
        error=lines[-1] if lines else "",
        failed_at=job.ended_at,
    )


def _worker(key: str, told: dict[str, str]) -> LivingWorker | None:
    if not told or "death" in told:
        return None
    heard = told.get("last_heartbeat")
    return LivingWorker(
        name=key.removeprefix(Worker.redis_worker_namespace_prefix),
        queues=tuple(told.get("queues", "").split(",")),
        state=told.get("state", ""),
        last_heard=utcparse(heard) if heard else None,
    )
