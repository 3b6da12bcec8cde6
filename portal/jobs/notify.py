"""Tells one person: a letter, and a notice in the product."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock
from portal.acts.means import config
from portal.extensions import db
from portal.jobs.context import Task, in_app, still_owed
from portal.mail.delivery import delivery_of
from portal.mail.message import letter
from portal.mail.wording import wording
from workflows.models.discussion import Audience
from workflows.queries.work import addressee, still_hears
from workflows.services.outbox import deliver_notice, settle
from workflows.services.transaction import transaction


@in_app
def notify_person(message_id: str) -> None:
    """Send the letter first: the notice settles the message, and is put there only once."""
    session = db.session()
    task = still_owed(session, UUID(message_id))
    if task is None:
        return
    with transaction(session):
        person = addressee(session, task.payload["person_id"])
        hears = _still_hears(session, task)
    if not hears:
        settle(session, task.id, now=clock.now())
        return
    # Worded as of the day it was owed, so that a second run writes the same letter.
    said = wording(task.payload, today=task.created_at.astimezone(clock.VIETNAM).date())
    # No transaction is open here: a slow mail server must not hold a lock.
    delivery_of(config()).send(
        task.id,
        letter(
            said,
            to=person,
            sender=config().mail_from,
            message_id=task.id,
            link=f"{config().base_url}/plans/{task.plan_id}{_remark(task.payload)}",
            at=task.created_at,
        ),
    )
    deliver_notice(session, task.id, sentence=said.sentence, now=clock.now())


def _still_hears(session: Session, task: Task) -> bool:
    """What people say to each other waits to be sent; in between, an invitation may have ended."""
    audience = task.payload.get("audience")
    if audience is None or task.plan_id is None:
        return True
    person_id, to = task.payload["person_id"], Audience(audience)
    return still_hears(session, task.plan_id, person_id, to, on=clock.today_vn())


def _remark(payload: dict[str, Any]) -> str:
    """The way on to a remark, for what is told of one."""
    thread_id = payload.get("thread_id")
    return f"/threads/{thread_id}" if thread_id else ""
