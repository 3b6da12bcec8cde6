"""Owes the reminders of the day, and sends them on their way."""

from flask import current_app

from portal import clock
from portal.extensions import db
from portal.jobs.context import in_app
from portal.queues.relay import relay
from workflows.services.reminders import owe_reminders


@in_app
def remind() -> None:
    """Safe at any hour and any number of times: each reminder is owed once a day."""
    session = db.session()
    owe_reminders(session, now=clock.now())
    relay(session, current_app.extensions["valkey"], now=clock.now())
