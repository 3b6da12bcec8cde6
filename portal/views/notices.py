"""The list of what a person was told; looking at it is reading it."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access import SIGNED_IN, access, current_actor
from portal.clock import now
from portal.cursors import read_cursor, write_cursor
from portal.extensions import db
from workflows.queries.notices import NoticeKey, notices_of
from workflows.services.outbox import mark_notices_read

bp = Blueprint("notices", __name__)


@bp.get("/notices")
@access(SIGNED_IN)
def index() -> ResponseReturnValue:
    """The newest first; the new ones are marked."""
    after: NoticeKey | None = read_cursor("after", datetime.fromisoformat, int)
    page = notices_of(db.session(), current_actor().id, after=after)
    later = write_cursor(*page.next) if page.next else None
    return render_template("notices/index.html", page=page, later=later, is_first=after is None)


@bp.post("/notices/read")
@access(SIGNED_IN)
def read() -> ResponseReturnValue:
    """Mark everything as read."""
    mark_notices_read(db.session(), person_id=current_actor().id, now=now())
    return redirect(url_for(".index"), 303)
