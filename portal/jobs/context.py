"""What every job stands in: the application, Vietnamese, a log bound to the job, a message."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

import structlog
from flask import current_app
from flask_babel import force_locale
from rq import get_current_job
from sqlalchemy.orm import Session

from portal.extensions import DEFAULT_LANGUAGE
from portal.logs import bind_job
from workflows.services.outbox import unkept
from workflows.services.transaction import transaction

P = ParamSpec("P")

_log = structlog.stdlib.get_logger("portal.job")


@dataclass(frozen=True)
class Task:
    """A message whose work is still owed, read out of its transaction."""

    id: UUID
    # None for a Word file that is no plan yet.
    plan_id: UUID | None
    payload: dict[str, Any]
    created_at: datetime


def in_app(job: Callable[P, None]) -> Callable[P, None]:
    """Run *job* in an application context of its own. Errors escape, so that RQ can tell."""

    @wraps(job)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        current = get_current_job()
        with current_app.app_context(), force_locale(DEFAULT_LANGUAGE):
            bind_job(current.id if current else job.__name__)
            started = time.perf_counter()
            job(*args, **kwargs)
            seconds = round(time.perf_counter() - started, 3)
            # A job of the clock has no message; it is done every few seconds.
            say = _log.info if args else _log.debug
            say("job_done", job=job.__name__, seconds=seconds)

    return run


def still_owed(session: Session, message_id: UUID) -> Task | None:
    """The message, unless an earlier run of its job has settled it."""
    with transaction(session):
        message = unkept(session, message_id)
        if message is None:
            return None
        return Task(message.id, message.plan_id, message.payload, message.created_at)
