"""Workers for tests: one that runs in the test's own process, and the plans they work on."""

import hashlib
import io
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pikepdf
import pytest
from flask import Flask
from redis import Redis
from rq import SimpleWorker
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.acts.means import keys, store
from portal.acts.signing import sign_plan
from portal.archive.store import FileStore
from portal.queues.relay import relay
from portal.queues.routes import QueueName, queue_named
from tests.factories import Office, stand_in_file
from tests.jobs.dying import start
from workflows.domain.machine import PlanState
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.models.rendition import Rendition, RenditionKind
from workflows.services.files import StoredFile
from workflows.services.issuing import record_seal

__all__ = ["start"]

Work = Callable[[], None]
Signed = Callable[[], Plan]


@pytest.fixture
def redis(valkey_url: str, valkey: Redis) -> Iterator[Redis]:
    """Give a connection for workers, which change their connection's settings."""
    with Redis.from_url(valkey_url) as opened:
        yield opened


@pytest.fixture
def work(app: Flask, redis: Redis) -> Work:
    """Work on every queue, in this process, until all are empty."""

    def work() -> None:
        names = [queue_named(name, redis) for name in QueueName]
        worker = SimpleWorker(names, connection=redis, serializer=names[0].serializer)
        with app.app_context(), _own_signals():
            worker.work(burst=True, logging_level="CRITICAL")

    return work


@contextmanager
def _own_signals() -> Iterator[None]:
    """A worker takes the signals that ask to stop, and never gives them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.fixture
def relay_all(session: Session, redis: Redis) -> Callable[[], int]:
    """Relay what is owed at this moment."""

    def relay_all() -> int:
        return relay(session, redis, now=clock.now())

    return relay_all


@pytest.fixture
def settle_all(work: Work, relay_all: Callable[[], int]) -> Work:
    """Relay and work until nothing more is owed."""

    def settle_all() -> None:
        while relay_all():
            work()

    return settle_all


@pytest.fixture
def signed(app: Flask, office: Office, session: Session, settle_all: Work) -> Signed:
    """Bring a plan to the clerk: rendered by the job, really signed."""

    def signed() -> Plan:
        plan = office.plan(PlanState.AWAITING_SIGNATURE)
        settle_all()
        prepared = session.scalars(
            select(Rendition.sha256).where(
                Rendition.plan_id == plan.id, Rendition.kind == RenditionKind.PREPARED
            )
        ).one()
        session.refresh(plan)
        seen, plan_id = plan.row_version, plan.id
        session.rollback()
        with app.app_context():
            sign_plan(
                session,
                plan_id=plan_id,
                seen=seen,
                actor=office.ky,
                prepared_sha256=prepared,
                keys=keys(),
                store=store(),
                now=datetime.now(UTC),
            )
        return plan

    return signed


@pytest.fixture
def kept(app: Flask) -> FileStore:
    """Give the application's store."""
    with app.app_context():
        return store()


@pytest.fixture
def issued(kept: FileStore, office: Office, session: Session) -> Plan:
    """Give an issued plan whose PDF is a small one of four empty pages."""
    plan = office.plan(PlanState.NUMBERED)
    for text in (f"prepared {plan.id} {plan.version_number}", f"signed {plan.id}"):
        kept.put(stand_in_file(text).key, text.encode())
    pdf = _empty_pages(4)
    key = f"plans/{plan.id}/issued.pdf"
    kept.put(key, pdf)
    record_seal(
        session,
        plan_id=plan.id,
        actor=office.thu,
        sealed=StoredFile(key, hashlib.sha256(pdf).hexdigest(), len(pdf)),
        now=office.later(minutes=5),
    )
    session.refresh(plan)
    session.expunge(plan)
    session.rollback()
    return plan


def _empty_pages(count: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def owed(session: Session, topic: Topic) -> list[OutboxMessage]:
    """The messages of a topic, handled or not, in the order of the acts."""
    session.rollback()
    found = select(OutboxMessage).where(OutboxMessage.topic == topic)
    return list(session.scalars(found.order_by(OutboxMessage.created_at)))
