"""The auditor's pages: everything that happened to a plan, to be read and taken away."""

from datetime import datetime
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.access import access, current_actor, holds
from portal.acts.means import store
from portal.archive.evidence import evidence_zip
from portal.clock import now
from portal.cursors import read_cursor, read_words, write_cursor
from portal.documents.changes import LEVEL_WORDS
from portal.extensions import db
from portal.views.looks import note_look
from workflows.domain.actor import Role
from workflows.domain.machine import ACTION_LABELS
from workflows.queries.history import audited_plan, audited_plans, history_of

bp = Blueprint("history", __name__)
READERS: Final = (Role.AUDITOR,)
# Words for what the record names; an act that is not here is shown as it is recorded.
ACTS: Final[dict[str, str]] = {
    **{str(action): label for action, label in ACTION_LABELS.items()},
    "create": _l("Lập kế hoạch"),
    "archive": _l("Lưu trữ"),
    "ask_inherited": _l("Hệ thống ghi chỗ cần xem lại từ kế hoạch năm trước"),
    "name_revision": _l("Ghi bản của dự thảo"),
    "resolve": _l("Đánh dấu góp ý đã giải quyết"),
    "reopen": _l("Mở lại góp ý"),
    "accept_suggestion": _l("Chấp nhận đề xuất sửa"),
    "adopt_suggestion": _l("Đã sửa theo đề xuất"),
    "reject_suggestion": _l("Không chấp nhận đề xuất sửa"),
    "withdraw_suggestion": _l("Rút đề xuất sửa"),
}


@bp.get("/history")
@access(holds(*READERS))
def index() -> ResponseReturnValue:
    """The plans in scope, last changed first."""
    words = read_words()
    page = audited_plans(
        db.session(),
        actor=current_actor(),
        search=words,
        after=read_cursor("after", datetime.fromisoformat, UUID),
    )
    older = write_cursor(*page.older) if page.older else None
    return render_template("history/index.html", page=page, words=words, older=older)


@bp.get("/history/<uuid:plan_id>")
@access(holds(*READERS))
def show(plan_id: UUID) -> ResponseReturnValue:
    """All that is kept of one plan; the auditor's own look is kept too."""
    history = history_of(db.session(), plan_id, actor=current_actor())
    number = history.plan.version_number
    page = render_template(
        "history/show.html",
        history=history,
        acts=ACTS,
        levels={level: _(words) for level, words in LEVEL_WORDS.items()},
    )
    note_look(plan_id, number, "history")
    return page


@bp.get("/history/<uuid:plan_id>/evidence.zip")
@access(holds(*READERS))
def evidence(plan_id: UUID) -> ResponseReturnValue:
    """The record as files that stand without this system."""
    plan = audited_plan(db.session(), plan_id, actor=current_actor())
    number = plan.version_number
    content = evidence_zip(db.session(), store(), plan_id, at=now())
    note_look(plan_id, number, "evidence")
    return Response(
        content,
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="evidence-{plan_id}.zip"'},
    )
