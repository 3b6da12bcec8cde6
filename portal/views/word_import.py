"""Bringing in a Word file: upload it, watch it being read, look it through, take it or not."""

import hashlib
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RequestLimit
from flask_limiter.util import get_remote_address
from flask_security import current_user

from portal.access import (
    MEGABYTE,
    SIGNED_IN,
    accepts_up_to,
    access,
    current_actor,
    holds,
    plan_action,
)
from portal.acts.means import hurry, store
from portal.clock import now, today_vn
from portal.documents.word.reader.refusals import MAX_BYTES
from portal.errors import sentence_of
from portal.extensions import db, limiter
from portal.forms.base import PortalForm
from portal.forms.word import NewWordForm, TakingForm, WordForm
from portal.views.text import catch_up, tell_pages
from portal.views.word_preview import compared, preview_of
from workflows.domain.actor import Role
from workflows.domain.errors import NotPermitted, NotPossible, StaleVersion, TooMany
from workflows.domain.machine import PlanAction
from workflows.models.word import WordImport
from workflows.queries.drafting import units_to_draft_for
from workflows.queries.plan_page import Head
from workflows.queries.word import (
    Arrival,
    arrival_of,
    draft_to_replace,
    open_imports,
    own_import,
    progress_of,
)
from workflows.queries.word_coming import coming_of
from workflows.queries.word_effects import Effects, effects_of
from workflows.services import word
from workflows.services.files import StoredFile
from workflows.services.writing import BEFORE

bp = Blueprint("word_import", __name__)
UPLOADS: Final = "30 per hour"
# A file of exactly the limit travels in a body a little larger than itself.
BODY: Final = MAX_BYTES + MEGABYTE


def uploader() -> str:
    """Uploads are counted by person: a whole office may share one address."""
    return str(current_user.get_id() or get_remote_address())


def _too_often(_limit: RequestLimit) -> Response:
    sentence = _(
        "Bạn đã tải lên nhiều tệp trong một giờ qua nên tệp này chưa được nhận. "
        "Hãy chờ ít phút rồi tải lại."
    )
    plan_id = (request.view_args or {}).get("plan_id")
    back = url_for(".create_into", plan_id=plan_id) if plan_id else url_for(".create")
    return make_response(render_template("word/too_many.html", sentence=sentence, back=back), 429)


@bp.get("/word/new")
@access(holds(Role.DRAFTER))
def create() -> ResponseReturnValue:
    """Ask for the file that shall become a plan."""
    return _asking(_new_form(), None)


@bp.post("/word/new")
@limiter.limit(UPLOADS, key_func=uploader, on_breach=_too_often)
@accepts_up_to(BODY)
@access(holds(Role.DRAFTER))
def upload() -> ResponseReturnValue:
    """Keep the file and have it read."""
    form = _new_form()
    if not form.validate_on_submit():
        return _asking(form, None), 422
    try:
        return _brought_in(form, unit_id=int(form.unit_id.data))
    except TooMany as refusal:
        return _asking(_new_form(), None, refusal), 429


@bp.get("/plans/<uuid:plan_id>/word")
@access(plan_action(PlanAction.EDIT))
def create_into(plan_id: UUID) -> ResponseReturnValue:
    """Ask for the file that shall replace a draft's text."""
    head = draft_to_replace(db.session(), current_actor(), plan_id)
    return _asking(WordForm(formdata=None), head)


@bp.post("/plans/<uuid:plan_id>/word")
@limiter.limit(UPLOADS, key_func=uploader, on_breach=_too_often)
@accepts_up_to(BODY)
@access(plan_action(PlanAction.EDIT))
def upload_into(plan_id: UUID) -> ResponseReturnValue:
    """Keep the file and have it read; the draft stays as it is until the reading is taken."""
    head = draft_to_replace(db.session(), current_actor(), plan_id)
    form = WordForm()
    if not form.validate_on_submit():
        return _asking(form, head), 422
    try:
        return _brought_in(form, plan_id=plan_id)
    except TooMany as refusal:
        return _asking(WordForm(formdata=None), head, refusal), 429


@bp.get("/word/<uuid:import_id>")
@access(SIGNED_IN)
def show(import_id: UUID) -> ResponseReturnValue:
    """How far the reading is; then the text as it would be, every doubt at its place."""
    return _page(import_id, is_whole=request.args.get("whole") == "1")


@bp.get("/word/<uuid:import_id>/progress")
@access(SIGNED_IN)
def progress(import_id: UUID) -> ResponseReturnValue:
    """The same for the page's script, in two words."""
    found = progress_of(db.session(), current_actor(), import_id)
    return jsonify(percent=found.percent, isUnderWay=found.is_under_way)


@bp.post("/word/<uuid:import_id>/take")
@access(SIGNED_IN)
def take(import_id: UUID) -> ResponseReturnValue:
    """Make a plan of it, or the draft's new text; a second click finds the first one's plan."""
    arrival = _arrival(import_id)
    if arrival.is_taken:
        return redirect(url_for("drafting.edit", plan_id=arrival.plan_id), 303)
    is_new = arrival.plan_id is None
    form = PortalForm() if is_new else TakingForm()
    if not form.validate_on_submit():
        abort(400)
    joins = frozenset(request.form.getlist("join"))
    known: dict[str, Any] = {
        "import_id": import_id,
        "actor": current_actor(),
        "now": now(),
        "joins": joins,
    }
    if is_new:
        plan_id = word.take(db.session(), **known)
    else:
        seen, is_whole = form.text_version.data, "whole" in request.form
        try:
            plan_id = word.take_into(db.session(), seen_text=seen, is_whole=is_whole, **known)
        except StaleVersion:
            db.session().rollback()
            return _page(import_id, is_stale=True, joins=joins, is_whole=is_whole), 409
        catch_up(plan_id, seen)
        _tell_writers(plan_id, arrival.file_name)
    kept = _("Bản trước đó được ghi lại trong Lịch sử là “%(name)s”.", name=_(BEFORE["word"]))
    flash(" ".join([_("Đã nhận văn bản từ tệp Word."), *([] if is_new else [kept])]), "success")
    return redirect(url_for("drafting.edit", plan_id=plan_id), 303)


@bp.post("/word/<uuid:import_id>/drop")
@access(SIGNED_IN)
def drop(import_id: UUID) -> ResponseReturnValue:
    """Leave it."""
    plan_id = _arrival(import_id).plan_id
    word.drop(db.session(), import_id=import_id, actor=current_actor())
    flash(_("Đã bỏ tệp Word; không có kế hoạch nào thay đổi."), "success")
    if plan_id is None:
        return redirect(url_for(".create"), 303)
    return redirect(url_for("plans.show", plan_id=plan_id), 303)


def _new_form() -> NewWordForm:
    form = NewWordForm()
    form.offer(units_to_draft_for(db.session(), current_actor()))
    return form


def _asking(form: WordForm, head: Head | None, refusal: TooMany | None = None) -> str:
    """The page that asks for a file, with those that wait already."""
    if refusal:
        db.session().rollback()
    return render_template(
        "word/new.html",
        form=form,
        head=head,
        refusal=sentence_of(refusal) if refusal else "",
        waiting=open_imports(db.session(), current_actor()),
    )


def _page(
    import_id: UUID,
    *,
    is_stale: bool = False,
    joins: Collection[str] = (),
    is_whole: bool = False,
) -> str:
    """The page of a file; a *stale* one says that the draft has changed since it was looked at."""
    arrival = _arrival(import_id)
    shown: dict[str, Any] = {"preview": None, "coming": None}
    if arrival.reading:
        found = own_import(db.session(), current_actor(), import_id)
        if not arrival.is_taken:
            shown = _foreseen(found, joins, is_whole=is_whole)
        effects = shown.pop("effects", Effects())
        shown["preview"] = preview_of(arrival.reading, effects)
    return render_template(
        "word/show.html", arrival=arrival, is_stale=is_stale, joins=joins, **shown
    )


def _foreseen(found: WordImport, joins: Collection[str], *, is_whole: bool) -> dict[str, Any]:
    """What taking the file would do, as its page tells it."""
    today = today_vn()
    coming = None
    if found.plan_id is not None:
        with suppress(NotPermitted, NotPossible):
            coming = coming_of(
                db.session(),
                current_actor(),
                found,
                joins=joins,
                is_whole=is_whole,
                today=today,
            )
    effects = effects_of(db.session(), found, coming, today=today)
    return {"coming": coming, "effects": effects, **(compared(coming) if coming else {})}


def _tell_writers(plan_id: UUID, file_name: str) -> None:
    hurry()
    known = {"who": current_actor().name, "name": file_name}
    tell_pages(plan_id, _("%(who)s vừa đưa tệp Word “%(name)s” vào dự thảo.", **known))


def _arrival(import_id: UUID) -> Arrival:
    return arrival_of(db.session(), current_actor(), import_id)


def _brought_in(form: WordForm, **target: Any) -> ResponseReturnValue:
    word.require_room(db.session(), current_actor())
    data = form.data_read
    sha = hashlib.sha256(data).hexdigest()
    # The file lies in the store before any row names it.
    key = f"imports/{uuid4().hex}/{sha[:12]}.docx"
    store().put(key, data)
    import_id = word.bring_in(
        db.session(),
        upload=word.Upload(StoredFile(key, sha, len(data)), form.file_name, **target),
        actor=current_actor(),
        now=now(),
    )
    hurry()
    return redirect(url_for(".show", import_id=import_id), 303)
