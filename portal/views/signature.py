"""Signing: the exact PDF on the page, the password once more, then the signature."""

from http import HTTPStatus
from uuid import UUID

import structlog
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, plan_action
from portal.acts.means import keys, store
from portal.acts.signing import sign_plan
from portal.clock import now
from portal.documents.pictures import page_count, page_picture
from portal.extensions import db, limiter
from portal.forms.password import FAILURES, account_at_address, is_wrong_password
from portal.forms.signature import SigningForm
from portal.signing.errors import TimestampUnavailable
from portal.views.files import stored_pdf
from portal.views.looks import acted, note_look
from workflows.domain.machine import PlanAction
from workflows.queries.reading import readable_plan
from workflows.queries.signature import SigningSheet, signing_sheet

bp = Blueprint("signature", __name__)
PAGE_WIDTH = 1240


@bp.get("/plans/<uuid:plan_id>/sign")
@access(plan_action(PlanAction.SIGN))
def show(plan_id: UUID) -> ResponseReturnValue:
    """What will be signed, whole, with its digest; or that it is still being made."""
    sheet = signing_sheet(db.session(), plan_id, actor=current_actor())
    form = SigningForm(formdata=None)
    form.row_version.data = sheet.plan.row_version
    form.prepared_sha256.data = sheet.prepared.sha256 if sheet.prepared else ""
    number, page = sheet.version.number, _page(sheet, form)
    note_look(plan_id, number, "sign")
    return page


@bp.post("/plans/<uuid:plan_id>/sign")
@limiter.limit(FAILURES, key_func=account_at_address, deduct_when=is_wrong_password)
@access(plan_action(PlanAction.SIGN))
def sign(plan_id: UUID) -> ResponseReturnValue:
    """Sign what the form names, if it still is what the plan's current version shows."""
    form = SigningForm()
    if not form.validate_on_submit():
        # The hidden fields stay as they were sent: a text that changed meanwhile is then a 409.
        return _page(signing_sheet(db.session(), plan_id, actor=current_actor()), form), 422
    plan = sign_plan(
        db.session(),
        plan_id=plan_id,
        seen=form.row_version.data,
        actor=current_actor(),
        prepared_sha256=form.prepared_sha256.data,
        keys=keys(),
        store=store(),
        now=now(),
    )
    told = _("Đã ký số “%(title)s”. Văn thư sẽ cấp số và đóng dấu.", title=plan.title)
    return acted(plan_id, told)


@bp.get("/plans/<uuid:plan_id>/sign/pages/<int(max=999999):number>.png")
@access(plan_action())
def picture(plan_id: UUID, number: int) -> ResponseReturnValue:
    """One page of the file with the digest in the address."""
    readable_plan(db.session(), plan_id, actor=current_actor())
    file = stored_pdf(plan_id, request.args.get("sha", ""))
    drawn = page_picture(store().get(file.store_key), number, PAGE_WIDTH)
    return Response(drawn, mimetype="image/png")


def _page(sheet: SigningSheet, form: SigningForm) -> str:
    if sheet.prepared is None:
        return render_template("signature/rendering.html", sheet=sheet)
    pages = page_count(store().get(sheet.prepared.store_key))
    return render_template("signature/sign.html", sheet=sheet, form=form, pages=pages)


@bp.errorhandler(TimestampUnavailable)
def _no_timestamp(error: TimestampUnavailable) -> ResponseReturnValue:
    """Nothing was recorded: the plan waits for the same signature as before."""
    db.session.rollback()
    structlog.stdlib.get_logger(__name__).error("timestamp_unavailable", exc_info=error)
    page = render_template("signature/unavailable.html", error=error)
    return page, HTTPStatus.SERVICE_UNAVAILABLE
