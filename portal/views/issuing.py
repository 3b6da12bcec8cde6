"""The clerk's pages: the desk, number and issue, recall."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, holds, plan_action
from portal.acts.means import hurry
from portal.clock import now, today_vn
from portal.extensions import db, limiter
from portal.forms.issuing import IssuingForm, RecallForm
from portal.forms.password import FAILURES, account_at_address, is_wrong_password
from portal.operations import sealing_trouble
from workflows.domain.actor import Role
from workflows.domain.machine import PlanAction, PlanState
from workflows.domain.numbers import number_and_symbol
from workflows.queries.issuing import IssuingSheet, desk_of, issuing_sheet, recall_sheet
from workflows.services import issuing

bp = Blueprint("issuing", __name__)
bp.add_app_template_global(number_and_symbol, "number_and_symbol")


@bp.get("/issuing")
@access(holds(Role.CLERK))
def index() -> ResponseReturnValue:
    """What waits for a number, what is being sealed, what went out lately."""
    desk = desk_of(db.session(), actor=current_actor(), today=today_vn())
    trouble = sealing_trouble(row.sealing for row in desk.sealing)
    return render_template("issuing/index.html", desk=desk, trouble=trouble)


@bp.get("/plans/<uuid:plan_id>/issue")
@access(plan_action(PlanAction.NUMBER))
def show(plan_id: UUID) -> ResponseReturnValue:
    """The plan before its number, while it is sealed, and after."""
    sheet = _sheet(plan_id)
    form = IssuingForm(formdata=None)
    form.row_version.data = sheet.row.plan.row_version
    return _page(sheet, form)


@bp.post("/plans/<uuid:plan_id>/issue")
@limiter.limit(FAILURES, key_func=account_at_address, deduct_when=is_wrong_password)
@access(plan_action(PlanAction.NUMBER))
def issue(plan_id: UUID) -> ResponseReturnValue:
    """Bind the next number and today's date; a job then seals with them."""
    form = IssuingForm()
    if not form.validate_on_submit():
        return _page(_sheet(plan_id), form), 422
    entry = issuing.assign_number(
        db.session(),
        plan_id=plan_id,
        seen=form.row_version.data,
        actor=current_actor(),
        now=now(),
    )
    hurry()
    number = number_and_symbol(entry.number, entry.symbol)
    flash(_("Đã cấp số %(number)s. Hệ thống đang đóng dấu.", number=number), "success")
    return redirect(url_for(".show", plan_id=plan_id), 303)


@bp.get("/plans/<uuid:plan_id>/recall")
@access(plan_action(PlanAction.RECALL))
def recall_form(plan_id: UUID) -> ResponseReturnValue:
    """Ask why the plan is to be recalled."""
    plan, entry = recall_sheet(db.session(), plan_id, actor=current_actor())
    form = RecallForm(formdata=None)
    form.row_version.data = plan.row_version
    return render_template("issuing/recall.html", plan=plan, entry=entry, form=form)


@bp.post("/plans/<uuid:plan_id>/recall")
@access(plan_action(PlanAction.RECALL))
def recall(plan_id: UUID) -> ResponseReturnValue:
    """Take the issued plan out of force; its number and file stay."""
    form = RecallForm()
    if not form.validate_on_submit():
        plan, entry = recall_sheet(db.session(), plan_id, actor=current_actor())
        return render_template("issuing/recall.html", plan=plan, entry=entry, form=form), 422
    plan = issuing.recall(
        db.session(),
        plan_id=plan_id,
        seen=form.row_version.data,
        actor=current_actor(),
        reason=form.reason.data,
        now=now(),
    )
    hurry()
    flash(_("Đã thu hồi “%(title)s”.", title=plan.title), "success")
    return redirect(url_for(".show", plan_id=plan_id), 303)


def _sheet(plan_id: UUID) -> IssuingSheet:
    return issuing_sheet(db.session(), plan_id, actor=current_actor(), today=today_vn())


def _page(sheet: IssuingSheet, form: IssuingForm) -> str:
    if sheet.row.plan.state is PlanState.SIGNED:
        return render_template("issuing/issue.html", sheet=sheet, form=form, today=today_vn())
    trouble = sealing_trouble([sheet.row.sealing])
    return render_template("issuing/issued.html", sheet=sheet, trouble=trouble)
