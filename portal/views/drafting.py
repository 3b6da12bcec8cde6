"""Writing a plan: begin one, edit its text, look through what the reader of a text doubted."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, holds, plan_action
from portal.clock import now, today_vn
from portal.doubts import drop_doubts, keep_doubts, kept_doubts
from portal.extensions import db
from portal.forms.drafting import DraftForm, NewPlanForm
from portal.views.plans import bp as plans
from workflows.domain.actor import Role
from workflows.domain.machine import PlanAction
from workflows.queries.drafting import Draft, draft_of, units_to_draft_for
from workflows.services import drafting

bp = Blueprint("drafting", __name__)


@plans.get("/plans/new")
@access(holds(Role.DRAFTER))
def create() -> ResponseReturnValue:
    """Choose the unit, and begin with nothing or with a text."""
    form = _new_plan_form()
    return render_template("drafting/new.html", form=form)


@plans.post("/plans/new")
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
    """The working text, one field a part."""
    draft = _draft(plan_id)
    form = DraftForm(formdata=None)
    form.offer(draft.signers)
    form.fill(draft.doc, draft.directory)
    form.row_version.data = draft.head.row_version
    form.is_public.data = draft.head.is_public
    return _page(draft, form)


@bp.post("/plans/<uuid:plan_id>/edit")
@access(plan_action(PlanAction.EDIT))
def save(plan_id: UUID) -> ResponseReturnValue:
    """Save the text; what cannot be taken in is listed and everything typed stays."""
    draft = _draft(plan_id)
    form = DraftForm()
    form.offer(draft.signers)
    if not (form.validate_on_submit() and form.read_over(draft.doc, draft.directory)):
        return _page(draft, form), 422
    drafting.save_text(
        db.session(),
        plan_id=plan_id,
        seen=form.row_version.data,
        actor=current_actor(),
        doc=form.doc,
        is_public=form.is_public.data,
        now=now(),
    )
    keep_doubts(plan_id, "save", form.doubts)
    flash(_("Đã lưu dự thảo."), "success")
    next_page = "plans.show" if request.form.get("then") == "preview" else ".edit"
    return redirect(url_for(next_page, plan_id=plan_id), 303)


@bp.post("/plans/<uuid:plan_id>/doubts/seen")
@access(plan_action(PlanAction.EDIT))
def doubts_seen(plan_id: UUID) -> ResponseReturnValue:
    """Put away the list of doubtful places."""
    _draft(plan_id)
    drop_doubts(plan_id)
    return redirect(url_for(".edit", plan_id=plan_id), 303)


def _new_plan_form() -> NewPlanForm:
    form = NewPlanForm()
    form.offer(units_to_draft_for(db.session(), current_actor()))
    return form


def _draft(plan_id: UUID) -> Draft:
    return draft_of(db.session(), current_actor(), plan_id, today=today_vn())


def _page(draft: Draft, form: DraftForm) -> str:
    doubts = kept_doubts(draft.head.plan_id)
    return render_template(
        "drafting/edit.html", draft=draft, head=draft.head, form=form, doubts=doubts
    )
