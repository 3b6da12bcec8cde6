"""Puts right what a crash left: every few seconds, by whichever worker is free."""

from flask import current_app
from redis import Redis
from sqlalchemy.orm import Session

from portal import clock
from portal.acts.means import store
from portal.archive.leftovers import remove_leftovers
from portal.extensions import db
from portal.jobs.context import in_app
from portal.queues.desk import Desk
from portal.queues.recovery import recover
from portal.queues.relay import relay
from portal.queues.routes import message_id_of
from workflows.queries.work import handled_among
from workflows.services.transaction import transaction


@in_app
def sweep() -> None:
    """Bring back dead workers' jobs, send what is owed, drop failed jobs that are settled."""
    session, redis = db.session(), current_app.extensions["valkey"]
    recover(redis)
    relay(session, redis, now=clock.now())
    drop_settled(session, redis)
    remove_leftovers(store(), now=clock.now())


def drop_settled(session: Session, redis: Redis) -> None:
    """Forget failed jobs whose message was handled by another run."""
    desk = Desk(redis)
    failed = {message_id_of(job.id): job.id for job in desk.list_failed()}
    messages = [message_id for message_id in failed if message_id is not None]
    if not messages:
        return
    with transaction(session):
        handled = handled_among(session, messages)
    for message_id in handled:
        desk.forget(failed[message_id])
