"""The named and frozen states of a text: look back, compare, go back."""

from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, plan_action
from portal.acts.means import hurry
from portal.clock import now
from portal.extensions import db
from portal.forms.drafting import RestoringForm
from portal.rates import paced
from portal.views.text import catch_up, tell_pages
from workflows.domain.machine import PlanAction
from workflows.queries.revisions import stand_text, stands_of
from workflows.services import restoring

bp = Blueprint("revisions", __name__)
NAMED: Final = "/plans/<uuid:plan_id>/revisions/<int(max=999999):number>"
FROZEN: Final = "/plans/<uuid:plan_id>/revisions/versions/<int(max=999999):number>"


@bp.get("/plans/<uuid:plan_id>/revisions")
@access(plan_action())
def index(plan_id: UUID) -> ResponseReturnValue:
    """Every state that has a name, the newest first."""
    stands = stands_of(db.session(), current_actor(), plan_id)
    return render_template("drafting/revisions.html", stands=stands, head=stands.head)


@bp.get(NAMED, defaults={"kind": "revision"})
@bp.get(FROZEN, defaults={"kind": "version"})
@access(plan_action())
def show(plan_id: UUID, kind: str, number: int) -> ResponseReturnValue:
    """One state to be read; whoever may go back to it is told what that does."""
    stand = stand_text(db.session(), current_actor(), plan_id, kind, number)
    form = RestoringForm(formdata=None)
    form.text_version.data = stand.head.text_version
    return render_template("drafting/revision.html", stand=stand, head=stand.head, form=form)


@bp.post(f"{NAMED}/restore", defaults={"kind": "revision"})
@bp.post(f"{FROZEN}/restore", defaults={"kind": "version"})
@paced("states")
@access(plan_action(PlanAction.EDIT))
def restore(plan_id: UUID, kind: str, number: int) -> ResponseReturnValue:
    """Bring the text back to a state; what was written since stays in the log."""
    form = RestoringForm()
    if not form.validate_on_submit():
        return redirect(url_for(".index", plan_id=plan_id), 303)
    seen = form.text_version.data
    go_back = restoring.restore_revision if kind == "revision" else restoring.restore_version
    name = go_back(
        db.session(),
        plan_id=plan_id,
        number=number,
        seen_text=seen,
        actor=current_actor(),
        now=now(),
    )
    catch_up(plan_id, seen)
    who = current_actor().name
    tell_pages(plan_id, _("%(who)s vừa đưa văn bản về bản “%(name)s”.", who=who, name=name))
    hurry()
    flash(
        _(
            "Đã đưa văn bản về bản “%(name)s”. Bản trước đó vẫn còn trong các bản đã ghi.",
            name=name,
        ),
        "success",
    )
    return redirect(url_for("drafting.edit", plan_id=plan_id), 303)
