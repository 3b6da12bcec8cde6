"""Writing a plan: begin one, edit its text together, review it closely."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, holds, plan_action
from portal.clock import now
from portal.doubts import drop_doubts, keep_doubts, kept_doubts
from portal.extensions import db
from portal.forms.drafting import NewPlanForm, PublicityForm
from portal.rates import paced
from portal.views.looks import note_look
from portal.views.plans import bp as plans
from workflows.domain.actor import Role
from workflows.domain.machine import PlanAction
from workflows.queries.drafting import closed_draft, draft_of, units_to_draft_for
from workflows.queries.editor import working_or_frozen
from workflows.services import drafting, writing

bp = Blueprint("drafting", __name__)


@plans.get("/plans/new")
@access(holds(Role.DRAFTER))
def create() -> ResponseReturnValue:
    """Choose the unit, and begin with nothing or with a text."""
    form = _new_plan_form()
    return render_template("drafting/new.html", form=form)


@plans.post("/plans/new")
@paced("beginnings")
@access(holds(Role.DRAFTER))
def begin() -> ResponseReturnValue:
    """Begin the plan; what the reading doubted is shown with the draft."""
    form = _new_plan_form()
    if not form.validate_on_submit():
        return render_template("drafting/new.html", form=form), 422
    plan = drafting.create_plan(
        db.session(),
        unit_id=int(form.unit_id.data),
        actor=current_actor(),
        doc=form.doc,
        now=now(),
    )
    plan_id = plan.id
    keep_doubts(plan_id, "import", form.doubts)
    flash(_("Đã lập kế hoạch mới."), "success")
    return redirect(url_for("drafting.edit", plan_id=plan_id), 303)


@bp.get("/plans/<uuid:plan_id>/edit")
@access(plan_action(PlanAction.EDIT))
def edit(plan_id: UUID) -> ResponseReturnValue:
    """The editor on the working text, written by everybody at once; closed, the way onward."""
    closed = closed_draft(db.session(), current_actor(), plan_id)
    if closed is not None:
        page = render_template("drafting/closed.html", head=closed, person_id=current_actor().id)
        return page, 409
    draft = draft_of(db.session(), current_actor(), plan_id)
    publicity = PublicityForm(formdata=None)
    publicity.row_version.data = draft.head.row_version
    publicity.is_public.data = draft.head.is_public
    note_look(plan_id, draft.head.version_number, "edit", text_version=draft.head.text_version)
    return render_template(
        "drafting/edit.html",
        draft=draft,
        head=draft.head,
        publicity=publicity,
        doubts=kept_doubts(plan_id),
    )


@bp.get("/plans/<uuid:plan_id>/review")
@access(plan_action())
def review(plan_id: UUID) -> ResponseReturnValue:
    """The text to be read closely: remarks on passages, and wording to propose."""
    head, number = working_or_frozen(db.session(), current_actor(), plan_id)
    text_version = None if number else head.text_version
    note_look(plan_id, head.version_number, "review", text_version=text_version)
    return render_template("drafting/review.html", head=head, number=number)


@bp.post("/plans/<uuid:plan_id>/publicity")
@access(plan_action(PlanAction.EDIT))
def publicity(plan_id: UUID) -> ResponseReturnValue:
    """Say whether the plan goes onto the public page once it is issued."""
    form = PublicityForm()
    if form.validate_on_submit():
        writing.set_publicity(
            db.session(),
            plan_id=plan_id,
            seen=form.row_version.data,
            is_public=form.is_public.data,
            actor=current_actor(),
            now=now(),
        )
        flash(_("Đã ghi nhận việc công khai."), "success")
    return redirect(url_for(".edit", plan_id=plan_id), 303)


@bp.post("/plans/<uuid:plan_id>/doubts/seen")
@access(plan_action(PlanAction.EDIT))
def doubts_seen(plan_id: UUID) -> ResponseReturnValue:
    """Put away the list of doubtful places."""
    draft_of(db.session(), current_actor(), plan_id)
    drop_doubts(plan_id)
    return redirect(url_for(".edit", plan_id=plan_id), 303)


def _new_plan_form() -> NewPlanForm:
    form = NewPlanForm()
    form.offer(units_to_draft_for(db.session(), current_actor()))
    return form
