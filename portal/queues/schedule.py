"""The one clock: asks for the sweep and the reminders. A second one is refused."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from flask import Flask
from redis import Redis
from rq.cron import CronJob, CronScheduler
from rq.exceptions import DuplicateJobError
from rq.utils import import_attribute, now
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from portal.extensions import db
from portal.queues.routes import PERIODIC, QueueName, queue_named
from workflows.domain.errors import NotPossible

ADVISORY_LOCK: Final = 0x7472696E6A
# A killed predecessor's connection takes a moment to be noticed by the database.
PATIENCE: Final = "3s"
# POSIX for seven hours ahead of UTC; needs no time zone database.
VIETNAM: Final = "<+07>-7"
KEEP_FAILED: Final = 24 * 3600


class Clock(CronScheduler):
    """RQ's cron over our queues: JSON jobs, and never two of one kind waiting."""

    def __init__(self, redis: Redis, lock: Connection) -> None:
        super().__init__(redis)
        self.log.setLevel(logging.WARNING)  # Six lines a minute about the sweep say nothing.
        self._lock = lock
        for each in PERIODIC:
            self.register(
                import_attribute(each.job),
                QueueName.UPKEEP,
                name=each.name,
                interval=each.every,
                cron=each.cron,
                job_timeout=each.timeout,
            )

    def enqueue_jobs(self) -> list[CronJob]:
        """Enqueue what is due. Without the lock's connection there may be a second clock: stop."""
        self._lock.execute(text("SELECT 1"))
        moment = now()
        due = [job for job in self.get_jobs() if job.should_run()]
        for job in due:
            self._enqueue(job, f"{job.name}-{moment:%Y%m%d%H%M%S}")
            job.set_enqueue_time(moment)
        return due

    def _enqueue(self, job: CronJob, job_id: str) -> None:
        queue = queue_named(QueueName.UPKEEP, self.connection)
        if any(waiting.startswith(f"{job.name}-") for waiting in queue.job_ids):
            return
        with suppress(DuplicateJobError):
            queue.enqueue(
                job.func_name,
                job_id=job_id,
                unique=True,
                result_ttl=0,
                failure_ttl=KEEP_FAILED,
                description=job.name,
                job_timeout=job.job_options["job_timeout"],
            )


def run_clock(app: Flask) -> None:
    """Run until told to stop; raises NotPossible when a clock runs already."""
    os.environ["TZ"] = VIETNAM  # RQ reads cron lines in the process's local time.
    time.tzset()
    with app.app_context(), only_one(db.engine) as lock:
        Clock(Redis.from_url(app.config["TRINH_KY"].redis_url), lock).start()  # type: ignore[no-untyped-call]


@contextmanager
def only_one(engine: Engine) -> Iterator[Connection]:
    """Hold the database's lock on being the clock, for as long as this connection lives."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))
        try:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        except OperationalError as error:
            raise NotPossible(
                "Đã có một bộ hẹn giờ đang chạy trên cơ sở dữ liệu này. "
                "Chỉ được chạy một bộ hẹn giờ."
            ) from error
        try:
            yield connection
        finally:
            # The connection goes back to a pool: the lock must not go with it.
            connection.invalidate()
