"""What the pages may ask of the workers' side, which they never import (the factory wires it)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import structlog
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError

from portal.clock import now
from workflows.models.outbox import OutboxMessage

# A seal takes seconds; later than this somebody should look.
SLOW: Final = timedelta(minutes=2)
_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class FailedJob:
    """A job that gave up; *error* is the last line of what went wrong."""

    id: str
    name: str
    queue: str
    error: str
    failed_at: datetime | None


@dataclass(frozen=True)
class LivingWorker:
    """A worker process that has been heard of lately."""

    name: str
    queues: tuple[str, ...]
    state: str
    last_heard: datetime | None


class OperatorDesk(Protocol):
    """What an operator may see and do; portal.jobs provides it."""

    def list_failed(self) -> Sequence[FailedJob]:
        """Jobs that failed and wait for somebody."""

    def requeue(self, job_id: str) -> None:
        """Give the job back to its queue; raises LookupError when it is no longer there."""

    def workers(self) -> Sequence[LivingWorker]:
        """Who works now."""


def operator_desk() -> OperatorDesk | None:
    """The desk of this application, or None where no workers are wired to it."""
    desk: OperatorDesk | None = current_app.extensions.get("operator_desk")
    return desk


def sealing_trouble(messages: Iterable[OutboxMessage | None]) -> dict[UUID, str]:
    """The plans whose sealing needs an operator: "failed", or "slow", by the plan's id."""
    owed = {m.plan_id: m for m in messages if m is not None and m.plan_id is not None}
    failed = {job.id for job in who_works().failed} if owed else set()
    found = {}
    for plan_id, message in owed.items():
        if f"outbox-{message.id}" in failed:
            found[plan_id] = "failed"
        elif now() - message.created_at > SLOW:
            found[plan_id] = "slow"
    return found


@dataclass(frozen=True)
class Working:
    """What the queue's side says of itself; *answers* is False when it said nothing."""

    answers: bool
    failed: Sequence[FailedJob] = ()
    workers: Sequence[LivingWorker] = ()


def who_works() -> Working:
    """Failed jobs and living workers, as far as the queue's server tells."""
    desk = operator_desk()
    if desk is None:
        return Working(answers=False)
    try:
        return Working(True, desk.list_failed(), desk.workers())
    except RedisError as error:
        _log.warning("queue_silent", exc_info=error)
        return Working(answers=False)


def engine_versions(database: str) -> dict[str, str | None]:
    """Each engine by name with its version; None for one that does not answer."""
    return {"PostgreSQL": database, "Valkey / Redis": _valkey_version()}


def _valkey_version() -> str | None:
    valkey: Redis = current_app.extensions["valkey"]
    try:
        told = valkey.info("server")
    except RedisError as error:
        _log.warning("valkey_silent", exc_info=error)
        return None
    return str(told.get("valkey_version") or told.get("redis_version"))
