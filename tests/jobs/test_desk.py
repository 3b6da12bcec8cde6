"""Operators see what failed and give it back; what is settled anyway is dropped."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from redis import Redis
from rq.utils import now as rq_now
from sqlalchemy.orm import Session

from portal.commands import jobs as jobs_commands
from portal.jobs.sweep import drop_settled, sweep
from portal.queues.desk import Desk
from portal.queues.routes import ROUTES, QueueName, job_id_of, queue_named
from tests.factories import Office
from tests.jobs.conftest import Work, owed
from workflows.domain.machine import PlanState
from workflows.models.outbox import Topic


def _fail(redis: Redis, work: Work, message_id: UUID) -> str:
    """Run a message's job without retries."""
    queue = queue_named(QueueName.NOTIFY, redis)
    route = ROUTES[Topic.NOTIFY]
    job_id = job_id_of(message_id)
    queue.enqueue(route.job, str(message_id), job_id=job_id, description="notify", result_ttl=0)
    work()
    return job_id


@pytest.fixture
def failed(office: Office, session: Session, redis: Redis, work: Work) -> str:
    """Give the job of a message for a person who does not exist; it has no retries."""
    office.plan(PlanState.UNIT_REVIEW)
    (message,) = owed(session, Topic.NOTIFY)
    message.payload = {**message.payload, "person_id": 0}
    session.commit()
    return _fail(redis, work, message.id)


def _mend(session: Session, office: Office) -> None:
    (message,) = owed(session, Topic.NOTIFY)
    message.payload = {**message.payload, "person_id": office.duyet.id}
    session.commit()


def test_a_failed_job_is_shown_with_its_reason(app: Flask, failed: str) -> None:
    (job,) = app.extensions["operator_desk"].list_failed()

    assert (job.id, job.name, job.queue) == (failed, "notify", "notify")
    assert job.error
    assert job.failed_at is not None


def test_a_job_given_back_is_done(
    app: Flask, failed: str, office: Office, session: Session, work: Work
) -> None:
    _mend(session, office)
    desk: Desk = app.extensions["operator_desk"]

    desk.requeue(failed)
    work()

    assert desk.list_failed() == []
    assert owed(session, Topic.NOTIFY)[0].handled_at is not None
    with pytest.raises(LookupError):
        desk.requeue(failed)


def test_an_operator_may_do_the_same_from_the_command_line(
    app: Flask, failed: str, office: Office, session: Session, work: Work
) -> None:
    runner = app.test_cli_runner()

    listed = runner.invoke(jobs_commands.group, ["failed"])
    assert listed.exit_code == 0
    assert failed in listed.output
    assert "Tuyên truyền" in listed.output
    wrong = runner.invoke(jobs_commands.group, ["requeue", "outbox-0"])
    assert wrong.exit_code == 1
    assert runner.invoke(jobs_commands.group, ["requeue"]).exit_code == 2
    _mend(session, office)
    again = runner.invoke(jobs_commands.group, ["requeue", "--all"])
    assert again.output == "Đã đưa 1 việc trở lại hàng chờ.\n"
    work()
    assert runner.invoke(jobs_commands.group, ["requeue", "--all"]).output.startswith("Đã đưa 0")


def test_a_failed_job_whose_message_is_handled_is_dropped(
    app: Flask, failed: str, session: Session, redis: Redis
) -> None:
    drop_settled(session, redis)
    assert len(Desk(redis).list_failed()) == 1

    owed(session, Topic.NOTIFY)[0].handled_at = rq_now()
    session.commit()
    drop_settled(session, redis)

    assert Desk(redis).list_failed() == []


def test_the_sweep_sends_what_was_never_sent(
    app: Flask, office: Office, session: Session, work: Work
) -> None:
    office.plan(PlanState.UNIT_REVIEW)

    with app.app_context():
        sweep()
    work()

    assert owed(session, Topic.NOTIFY)[0].handled_at is not None
    assert owed(session, Topic.RENDER)[0].handled_at is not None


def test_the_command_line_relays_and_recovers(
    app: Flask, office: Office, relay_all: Callable[[], int]
) -> None:
    office.plan(PlanState.UNIT_REVIEW)
    runner = app.test_cli_runner()

    assert runner.invoke(jobs_commands.group, ["relay"]).output == (
        "Đã chuyển 2 việc tới hàng chờ.\n"
    )
    assert relay_all() == 0
    assert runner.invoke(jobs_commands.group, ["recover"]).output == (
        "Đã lấy lại 0 việc của tiến trình đã chết.\n"
    )
