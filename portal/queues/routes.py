"""Which queue carries which work: the one table that relay, workers and schedule agree on.

Jobs are named by where they live: what enqueues a job need not load what the job loads.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from redis import Redis
from rq import Queue, Retry
from rq.serializers import JSONSerializer

from workflows.models.outbox import Topic


class QueueName(StrEnum):
    """The queues, the most urgent first. Every worker works on UPKEEP, whatever else it does."""

    UPKEEP = "upkeep"
    ISSUE = "issue"
    RENDER = "render"
    NOTIFY = "notify"
    ARCHIVE = "archive"
    # Files that anybody uploads, minutes each: nothing that the office owes may wait behind them.
    IMPORT = "import"


@dataclass(frozen=True)
class Route:
    """Where the work of a topic goes. The job gets the message's id and may run twice."""

    queue: QueueName
    job: str
    timeout: int


@dataclass(frozen=True)
class Periodic:
    """A job that the clock asks for: every so many seconds, or by a cron line in Hà Nội's time."""

    name: str
    job: str
    timeout: int
    every: int | None = None
    cron: str | None = None


ROUTES: Final[dict[Topic, Route]] = {
    Topic.SEAL: Route(QueueName.ISSUE, "portal.jobs.seal.seal_plan", 180),
    Topic.RENDER: Route(QueueName.RENDER, "portal.jobs.render.render_version", 180),
    Topic.IMPORT: Route(QueueName.IMPORT, "portal.jobs.word.read_word", 300),
    Topic.NOTIFY: Route(QueueName.NOTIFY, "portal.jobs.notify.notify_person", 90),
    Topic.ARCHIVE: Route(QueueName.ARCHIVE, "portal.jobs.archive.archive_version", 600),
}
PERIODIC: Final = (
    Periodic("sweep", "portal.jobs.sweep.sweep", 60, every=10),
    # Once an hour, so that a morning without a scheduler is made up for: a person is reminded of
    # a step at most once a day.
    Periodic("remind", "portal.jobs.remind.remind", 300, cron="30 7-16 * * *"),
)
# The first retry comes almost at once: it also follows the death of a worker.
PAUSES: Final = (1, 15, 60, 300, 1200, 3600)


def queue_named(name: QueueName, redis: Redis) -> Queue:
    """The queue; its jobs travel as JSON, because a pickle from outside would be code."""
    return Queue(name, connection=redis, serializer=JSONSerializer)


def retries() -> Retry:
    """What a job may try again; RQ keeps count in the job."""
    return Retry(max=len(PAUSES), interval=list(PAUSES))


def job_id_of(message_id: UUID) -> str:
    """The one job of a message."""
    return f"outbox-{message_id}"


def message_id_of(job_id: str) -> UUID | None:
    """The message that a job works on; None for a periodic job."""
    prefix, _, rest = job_id.partition("-")
    return UUID(rest) if prefix == "outbox" else None
