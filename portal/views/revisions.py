"""The named states of a draft: look back, compare, go back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, plan_action
from portal.clock import now
from portal.extensions import db
from portal.forms.drafting import RestoringForm
from portal.views.text import catch_up
from workflows.domain.machine import PlanAction
from workflows.queries.revisions import stands_of
from workflows.services import writing

bp = Blueprint("revisions", __name__)


@bp.get("/plans/<uuid:plan_id>/revisions")
@access(plan_action())
def index(plan_id: UUID) -> ResponseReturnValue:
    """Every state that has a name, the newest first."""
    stands = stands_of(db.session(), current_actor(), plan_id)
    form = RestoringForm(formdata=None)
    form.text_version.data = stands.head.text_version
    return render_template("drafting/revisions.html", stands=stands, head=stands.head, form=form)


@bp.post("/plans/<uuid:plan_id>/revisions/<int(max=999999):number>/restore")
@access(plan_action(PlanAction.EDIT))
def restore(plan_id: UUID, number: int) -> ResponseReturnValue:
    """Bring the text back to a named state; what was written since stays in the log."""
    form = RestoringForm()
    if form.validate_on_submit():
        seen = form.text_version.data
        writing.restore_revision(
            db.session(),
            plan_id=plan_id,
            number=number,
            seen_text=seen,
            actor=current_actor(),
            now=now(),
        )
        catch_up(plan_id, seen)
        flash(
            _("Đã đưa văn bản về bản đã chọn. Các thay đổi trước đó vẫn còn trong lịch sử."),
            "success",
        )
        return redirect(url_for("drafting.edit", plan_id=plan_id), 303)
    return redirect(url_for(".index", plan_id=plan_id), 303)
