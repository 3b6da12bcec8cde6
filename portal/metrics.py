"""The numbers that Prometheus collects: requests, work that waits, jobs that failed."""

import os
from collections.abc import Iterator

from flask import current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector
from rq import Queue
from sqlalchemy import func, select

from portal.extensions import db
from workflows.models.outbox import OutboxMessage

REQUESTS = Counter(
    "trinh_ky_requests", "Requests answered.", ["method", "endpoint", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "trinh_ky_request_seconds", "Time to answer.", ["method", "endpoint"], registry=REGISTRY
)


def observe(method: str, endpoint: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    REQUESTS.labels(method, endpoint, str(status)).inc()
    SECONDS.labels(method, endpoint).observe(seconds)


class OwedWork(Collector):
    """Asked at the moment of collection, so every web process gives the same answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the outbox messages not yet handled, and the failed jobs of each queue."""
        waiting = db.session.scalar(
            select(func.count())
            .select_from(OutboxMessage)
            .where(OutboxMessage.handled_at.is_(None))
        )
        yield GaugeMetricFamily(
            "trinh_ky_outbox_waiting", "Outbox messages not yet handled.", value=waiting or 0
        )
        failed = GaugeMetricFamily(
            "trinh_ky_failed_jobs", "Jobs that failed and wait for an operator.", labels=["queue"]
        )
        for queue in Queue.all(connection=current_app.extensions["valkey"]):
            failed.add_metric([queue.name], queue.failed_job_registry.count)
        yield failed


def exposition() -> bytes:
    """Everything in Prometheus's text format.

    With PROMETHEUS_MULTIPROC_DIR set, the counters of all web processes are added up.
    """
    owed = CollectorRegistry()
    owed.register(OwedWork())
    requests = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        requests = CollectorRegistry()
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]
    return generate_latest(requests) + generate_latest(owed)
