"""Noting who looked at a plan, and coming back to it after an act."""

from uuid import UUID

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access import current_actor
from portal.acts.means import hurry
from portal.clock import now
from portal.collaboration.channel import look_again
from portal.extensions import db
from workflows.queries.compared import Choice, Source
from workflows.services.views import record_view


def note_look(
    plan_id: UUID, version_number: int, page: str, *, text_version: int | None = None
) -> None:
    """Record the look (Phụ lục VI, III.5a); rows read before it are stale afterwards."""
    record_view(
        db.session(),
        plan_id=plan_id,
        version_number=version_number,
        text_version=text_version,
        page=page,
        actor=current_actor(),
        now=now(),
    )


def note_comparison(choice: Choice, page: str) -> None:
    """Record the look at the plan that this one was begun from, where its text is on the page."""
    sides = [side.option.source for side in (choice.old, choice.new) if side]
    if choice.origin and Source.ORIGIN in sides:
        note_look(choice.origin.plan_id, choice.origin.version_number, page)


def acted(plan_id: UUID, sentence: str) -> ResponseReturnValue:
    """Nudge the workers, say what was done, and show the plan as it is now."""
    hurry()
    look_again(current_app.extensions["valkey"], plan_id)
    flash(sentence, "success")
    return redirect(url_for("plans.show", plan_id=plan_id), 303)
