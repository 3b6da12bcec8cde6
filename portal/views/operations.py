"""The operator's page: work owed, jobs that gave up, who works, which engines answer."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, holds
from portal.extensions import db
from portal.forms.operations import RequeueForm
from portal.operations import engine_versions, operator_desk, who_works
from workflows.domain.actor import Role
from workflows.queries.operations import database_version, longest_owed, owed_by_topic

bp = Blueprint("operations", __name__)


@bp.get("/operations")
@access(holds(Role.ADMINISTRATOR))
def index() -> ResponseReturnValue:
    """Everything on one page; it carries no plan's text."""
    return render_template(
        "operations/index.html",
        owed=owed_by_topic(db.session()),
        longest=longest_owed(db.session()),
        working=who_works(),
        engines=engine_versions(database_version(db.session())),
        form=RequeueForm(formdata=None),
    )


@bp.post("/operations/requeue")
@access(holds(Role.ADMINISTRATOR))
def requeue() -> ResponseReturnValue:
    """Give a failed job back to its queue."""
    desk, form = operator_desk(), RequeueForm()
    if desk is None or not form.validate_on_submit():
        abort(400)
    try:
        desk.requeue(form.job_id.data)
    except LookupError:
        flash(_("Việc này không còn trong danh sách việc lỗi."), "warning")
    else:
        flash(_("Đã đưa việc trở lại hàng chờ."), "success")
    return redirect(url_for(".index"), 303)
