"""The inbox: what waits for me, what I wait for, what I have begun."""

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.access import SIGNED_IN, access, current_actor
from portal.clock import today_vn
from portal.cursors import read_cursor, write_cursor
from portal.extensions import db
from workflows.queries.inbox import TaskKey, tasks_of
from workflows.queries.own_plans import unfinished_of, waits_of

bp = Blueprint("inbox", __name__)


@bp.get("/inbox")
@access(SIGNED_IN)
def index() -> ResponseReturnValue:
    """Three lists, the most urgent first."""
    actor, today = current_actor(), today_vn()
    after: TaskKey | None = read_cursor("after", date.fromisoformat, int)
    tasks = tasks_of(db.session(), actor, today=today, after=after)
    unfinished = unfinished_of(db.session(), actor)
    return render_template(
        "inbox/index.html",
        tasks=tasks,
        later=write_cursor(*tasks.next) if tasks.next else None,
        is_first=after is None,
        late=sum(1 for row in tasks.rows if row.deadline and row.deadline.tone == "late"),
        today=sum(1 for row in tasks.rows if row.deadline and row.deadline.due_on == today),
        waits=waits_of(db.session(), actor, today=today),
        # A plan that was sent back waits for its drafter as much as any other.
        returned=[row for row in unfinished.rows if row.is_returned] if after is None else [],
        unfinished=unfinished,
    )
