"""Who writes a draft along: people of other units, asked and let go by the drafters."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, plan_action
from portal.acts.means import hurry
from portal.clock import now, today_vn
from portal.collaboration.channel import look_again
from portal.extensions import db
from portal.forms.base import PortalForm
from portal.forms.drafting import InvitationForm
from portal.rates import paced
from workflows.domain.machine import PlanAction
from workflows.queries.drafting import Invitations, invitations_of
from workflows.services.invitations import dismiss_writer, invite_writer

bp = Blueprint("writers", __name__)


@bp.get("/plans/<uuid:plan_id>/writers")
@access(plan_action(PlanAction.INVITE))
def index(plan_id: UUID) -> ResponseReturnValue:
    """Who writes along, and whom one may ask."""
    found = _invitations(plan_id)
    return _page(found, _form(found, empty=True))


@bp.post("/plans/<uuid:plan_id>/writers")
@paced("invitations")
@access(plan_action(PlanAction.INVITE))
def invite(plan_id: UUID) -> ResponseReturnValue:
    """Ask somebody to write along."""
    found = _invitations(plan_id)
    form = _form(found)
    if not form.validate_on_submit():
        return _page(found, form), 422
    invite_writer(
        db.session(),
        plan_id=plan_id,
        person_id=int(form.person_id.data),
        actor=current_actor(),
        now=now(),
    )
    hurry()
    flash(_("Đã mời cùng soạn; người được mời nhận được thông báo."), "success")
    return redirect(url_for(".index", plan_id=plan_id), 303)


@bp.post("/plans/<uuid:plan_id>/writers/<int(max=999999999):person_id>/dismiss")
@access(plan_action(PlanAction.INVITE))
def dismiss(plan_id: UUID, person_id: int) -> ResponseReturnValue:
    """End an invitation."""
    if PortalForm().validate_on_submit():
        dismiss_writer(
            db.session(), plan_id=plan_id, person_id=person_id, actor=current_actor(), now=now()
        )
        look_again(current_app.extensions["valkey"], plan_id)
        flash(_("Đã kết thúc việc mời cùng soạn."), "success")
    return redirect(url_for(".index", plan_id=plan_id), 303)


def _invitations(plan_id: UUID) -> Invitations:
    return invitations_of(db.session(), current_actor(), plan_id, today=today_vn())


def _form(found: Invitations, *, empty: bool = False) -> InvitationForm:
    form = InvitationForm(formdata=None) if empty else InvitationForm()
    form.offer(found.offered)
    return form


def _page(found: Invitations, form: InvitationForm) -> str:
    return render_template("drafting/writers.html", found=found, head=found.head, form=form)
