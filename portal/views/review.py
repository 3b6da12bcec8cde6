"""The acts that move a plan: submit, approve, return, withdraw, cancel; and remarks on it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, plan_action
from portal.acts.means import hurry
from portal.clock import now, today_vn
from portal.extensions import db
from portal.forms.base import VersionedForm
from portal.forms.review import (
    ApprovalForm,
    CancellationForm,
    CommentForm,
    ReturnForm,
    SubmissionForm,
    WithdrawalForm,
)
from portal.rates import paced
from portal.views.looks import acted
from portal.views.plans import plan_page_html
from workflows.domain.errors import AnswersOwed, InheritedLeft
from workflows.domain.machine import PlanAction
from workflows.queries.form_rules import checked_text
from workflows.queries.plan_page import plan_page
from workflows.queries.prospects import Prospect, prospect_of
from workflows.services import discussion, review, submission

bp = Blueprint("review", __name__)


@bp.get("/plans/<uuid:plan_id>/submit")
@access(plan_action(PlanAction.SUBMIT))
def submit_form(plan_id: UUID) -> ResponseReturnValue:
    """What is missing, or the way ahead with the people on it."""
    return _ask(plan_id, PlanAction.SUBMIT, SubmissionForm(formdata=None))


@bp.post("/plans/<uuid:plan_id>/submit")
@access(plan_action(PlanAction.SUBMIT))
def submit(plan_id: UUID) -> ResponseReturnValue:
    """Freeze the text and send it on its way."""
    form = SubmissionForm()
    if not form.validate_on_submit():
        return _ask_again(plan_id, PlanAction.SUBMIT, form)
    try:
        submission.submit(
            db.session(),
            seen_text=form.text_version.data,
            note=form.note.data,
            leaves=form.leaves.data,
            **_act(plan_id, form),
        )
    except (AnswersOwed, InheritedLeft):
        # The page lists them, each with the way to its card.
        db.session.rollback()
        return _ask_again(plan_id, PlanAction.SUBMIT, form)
    return acted(plan_id, _("Đã trình kế hoạch."))


@bp.get("/plans/<uuid:plan_id>/approve")
@access(plan_action(PlanAction.APPROVE))
def approve_form(plan_id: UUID) -> ResponseReturnValue:
    """What is approved, and where the plan goes then."""
    return _ask(plan_id, PlanAction.APPROVE, ApprovalForm(formdata=None))


@bp.post("/plans/<uuid:plan_id>/approve")
@access(plan_action(PlanAction.APPROVE))
def approve(plan_id: UUID) -> ResponseReturnValue:
    """Record the yes and pass the plan on."""
    form = ApprovalForm()
    if not form.validate_on_submit():
        return _ask_again(plan_id, PlanAction.APPROVE, form)
    review.approve(db.session(), remark=form.remark.data, **_act(plan_id, form))
    return acted(plan_id, _("Đã đồng ý. Kế hoạch được chuyển sang bước tiếp theo."))


@bp.get("/plans/<uuid:plan_id>/return")
@access(plan_action(PlanAction.RETURN))
def return_form(plan_id: UUID) -> ResponseReturnValue:
    """To whom, and why."""
    return _ask(plan_id, PlanAction.RETURN, ReturnForm(formdata=None))


@bp.post("/plans/<uuid:plan_id>/return")
@access(plan_action(PlanAction.RETURN))
def return_plan(plan_id: UUID) -> ResponseReturnValue:
    """Send the plan back with the reason."""
    form = ReturnForm()
    if form.findings.data:
        form.offer_findings(checked_text(db.session(), current_actor(), plan_id).findings)
    if not form.validate_on_submit():
        return _ask_again(plan_id, PlanAction.RETURN, form)
    review.return_plan(
        db.session(),
        to_step=form.to_step.data,
        reason=form.whole_reason,
        **_act(plan_id, form),
    )
    return acted(plan_id, _("Đã trả lại kế hoạch kèm lý do."))


@bp.get("/plans/<uuid:plan_id>/withdraw")
@access(plan_action(PlanAction.WITHDRAW))
def withdraw_form(plan_id: UUID) -> ResponseReturnValue:
    """Why the plan is taken back."""
    return _ask(plan_id, PlanAction.WITHDRAW, WithdrawalForm(formdata=None))


@bp.post("/plans/<uuid:plan_id>/withdraw")
@access(plan_action(PlanAction.WITHDRAW))
def withdraw(plan_id: UUID) -> ResponseReturnValue:
    """Take the plan back to the drafter."""
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return _ask_again(plan_id, PlanAction.WITHDRAW, form)
    submission.withdraw(db.session(), reason=form.reason.data, **_act(plan_id, form))
    return acted(plan_id, _("Đã rút lại kế hoạch."))


@bp.get("/plans/<uuid:plan_id>/cancel")
@access(plan_action(PlanAction.CANCEL))
def cancel_form(plan_id: UUID) -> ResponseReturnValue:
    """Why the draft comes to nothing."""
    return _ask(plan_id, PlanAction.CANCEL, CancellationForm(formdata=None))


@bp.post("/plans/<uuid:plan_id>/cancel")
@access(plan_action(PlanAction.CANCEL))
def cancel(plan_id: UUID) -> ResponseReturnValue:
    """End the plan; its record stays."""
    form = CancellationForm()
    if not form.validate_on_submit():
        return _ask_again(plan_id, PlanAction.CANCEL, form)
    submission.cancel(db.session(), reason=form.reason.data, **_act(plan_id, form))
    return acted(plan_id, _("Đã huỷ kế hoạch."))


@bp.post("/plans/<uuid:plan_id>/comments")
@paced("remarks")
@access(plan_action(PlanAction.COMMENT))
def comment(plan_id: UUID) -> ResponseReturnValue:
    """Add a remark and come back to it."""
    form = CommentForm()
    if not form.validate_on_submit():
        page = plan_page(db.session(), current_actor(), plan_id, today=today_vn())
        return plan_page_html(page, form), 422
    remark = discussion.comment(
        db.session(),
        plan_id=plan_id,
        actor=current_actor(),
        text=form.text.data,
        block_id=form.block_id.data,
        # What does not say on which text it was made is for the writers only, where there are any.
        is_draft=form.is_draft.data != "",
        now=now(),
    )
    anchor = f"comment-{remark.id}"
    hurry()
    flash(_("Đã ghi góp ý."), "success")
    return redirect(url_for("plans.show", plan_id=plan_id, _anchor=anchor), 303)


def _act(plan_id: UUID, form: VersionedForm) -> dict[str, Any]:
    """What every service asks for."""
    return {
        "plan_id": plan_id,
        "seen": form.row_version.data,
        "actor": current_actor(),
        "now": now(),
    }


def _ask(plan_id: UUID, action: PlanAction, form: VersionedForm) -> str:
    prospect = prospect_of(db.session(), current_actor(), plan_id, action, today=today_vn())
    form.row_version.data = prospect.head.row_version
    if isinstance(form, SubmissionForm):
        form.text_version.data = prospect.head.text_version
    return _page(prospect, action, form)


def _ask_again(plan_id: UUID, action: PlanAction, form: VersionedForm) -> ResponseReturnValue:
    """The row version stays as it was sent: a plan that changed meanwhile is then a 409."""
    prospect = prospect_of(db.session(), current_actor(), plan_id, action, today=today_vn())
    return _page(prospect, action, form), 422


def _page(prospect: Prospect, action: PlanAction, form: VersionedForm) -> str:
    if isinstance(form, ReturnForm):
        form.offer((step.key, step.title) for step in prospect.returns)
        form.offer_findings(prospect.findings)
    return render_template(
        f"review/{action}.html", prospect=prospect, head=prospect.head, form=form
    )
