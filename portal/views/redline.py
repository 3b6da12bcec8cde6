"""What changed between two versions of a plan."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, plan_action
from portal.cursors import read_number
from portal.documents.redline import redline
from portal.extensions import db
from portal.views.looks import note_look
from workflows.queries.versions import choice_of_texts

bp = Blueprint("redline", __name__)
WORKING = "draft"


@bp.get("/plans/<uuid:plan_id>/redline")
@access(plan_action())
def show(plan_id: UUID) -> ResponseReturnValue:
    """Two versions block by block; without any named, the last against the one before it."""
    choice = choice_of_texts(
        db.session(),
        current_actor(),
        plan_id,
        old=read_number("old"),
        new=read_number("new"),
        wants_draft=request.args.get("new") == WORKING,
    )
    changes = redline(choice.old.doc, choice.new.doc) if choice.old and choice.new else []
    note_look(plan_id, choice.version_number, "redline")
    return render_template(
        "redline/show.html",
        choice=choice,
        changes=changes,
        changed=sum(change.kind != "same" for change in changes),
        only_changes=request.args.get("all") != "1",
    )
