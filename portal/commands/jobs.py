"""`flask jobs`: the workers, their clock, and what an operator does about work that failed."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from portal import clock
from portal.extensions import db
from portal.queues.desk import Desk
from portal.queues.recovery import recover as recover_jobs
from portal.queues.relay import relay as relay_messages
from portal.queues.routes import QueueName, message_id_of
from portal.queues.schedule import run_clock
from portal.queues.worker import work as work_on
from workflows.domain.errors import NotPossible
from workflows.queries.operations import longest_owed
from workflows.queries.work import titles_of

group = AppGroup("jobs", help="Run workers and look after their queues.")


@group.command("work")
@click.argument("queues", nargs=-1, type=click.Choice([name.value for name in QueueName]))
@click.option("--burst", is_flag=True, help="End when the queues are empty.")
def work(queues: tuple[str, ...], burst: bool) -> None:
    """Work on QUEUES, or on all of them; the upkeep queue is always one of them."""
    named = tuple(QueueName(name) for name in queues)
    work_on(_app(), named or tuple(QueueName), burst=burst)


@group.command("schedule")
def schedule() -> None:
    """Run the one clock that asks for the sweep and the reminders."""
    try:
        run_clock(_app())
    except NotPossible as error:
        raise click.ClickException(str(error)) from error


@group.command("relay")
def relay() -> None:
    """Send what is owed to the queues, once."""
    with Session(db.engine) as session:
        count = relay_messages(session, current_app.extensions["valkey"], now=clock.now())
    click.echo(f"Đã chuyển {count} việc tới hàng chờ.")


@group.command("recover")
def recover() -> None:
    """Give the jobs of dead workers back to their queues, once."""
    count = recover_jobs(current_app.extensions["valkey"])
    click.echo(f"Đã lấy lại {count} việc của tiến trình đã chết.")


@group.command("failed")
def failed() -> None:
    """List the jobs that gave up, and what has been owed for longest."""
    jobs = _desk().list_failed()
    messages = {job.id: message_id_of(job.id) for job in jobs}
    titles = titles_of(db.session(), [message for message in messages.values() if message])
    for job in jobs:
        message = messages[job.id]
        title = titles.get(message, "-") if message else "-"
        click.echo(f"{job.id}\t{job.name}\t{clock.write_moment(job.failed_at)}\t{title}")
        click.echo(f"\t{job.error}")
    for owed in longest_owed(db.session()):
        created = clock.write_moment(owed.created_at)
        click.echo(f"Còn nợ từ {created}: {owed.topic}, outbox-{owed.id}")


@group.command("requeue")
@click.argument("job_id", required=False)
@click.option("--all", "everything", is_flag=True, help="Every job that gave up.")
def requeue(job_id: str | None, everything: bool) -> None:
    """Give JOB_ID, or with --all every failed job, back to its queue."""
    if everything == bool(job_id):
        raise click.UsageError("Hãy nêu mã của một việc, hoặc --all.")
    try:
        count = _desk().requeue_all() if everything else _requeue_one(str(job_id))
    except (LookupError, RedisError) as error:
        raise click.ClickException(f"Không đưa lại được vào hàng chờ: {error}") from error
    click.echo(f"Đã đưa {count} việc trở lại hàng chờ.")


def _requeue_one(job_id: str) -> int:
    _desk().requeue(job_id)
    return 1


def _desk() -> Desk:
    return Desk(current_app.extensions["valkey"])


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]
