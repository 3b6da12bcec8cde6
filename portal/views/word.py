"""Word files of a plan's texts: a version, the working text, two versions with tracked changes."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, plan_action
from portal.clock import now, today_vn
from portal.documents.word.writing import write_doc, write_redline
from portal.extensions import db
from portal.rates import paced
from portal.views.file_names import slug
from portal.views.looks import note_comparison, note_look
from portal.views.redline_names import name_of
from workflows.domain.content.merging import Base
from workflows.queries.compared import Side, Source
from workflows.queries.comparison import choice_of_texts
from workflows.queries.reading import readable_plan
from workflows.queries.signers import as_signed
from workflows.queries.versions import version_text, working_text
from workflows.queries.working_text import readable_draft

bp = Blueprint("word", __name__)
MIMETYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/plans/<uuid:plan_id>/versions/<int(max=999999):number>/docx")
@paced("files")
@access(plan_action())
def version(plan_id: UUID, number: int) -> ResponseReturnValue:
    """A frozen text as a Word file: what may be edited outside, not what was signed."""
    text = version_text(db.session(), current_actor(), plan_id, number)
    content = write_doc(text.header, text.doc, base=Base(plan_id, text.text_version))
    note_look(plan_id, number, "docx")
    return word_response(content, f"{slug(text.title)}-v{number}-{(text.digest or '')[:12]}.docx")


@bp.get("/plans/<uuid:plan_id>/draft.docx")
@paced("files")
@access(plan_action())
def draft(plan_id: UUID) -> ResponseReturnValue:
    """The working text, for those who may read it."""
    plan = readable_draft(db.session(), current_actor(), plan_id)
    text, number, step = working_text(db.session(), plan), plan.version_number, plan.text_version
    doc = as_signed(db.session(), plan, text.doc, today=today_vn())
    content = write_doc(text.header, doc, base=Base(plan_id, step))
    note_look(plan_id, number, "docx", text_version=step)
    return word_response(content, f"du-thao-{slug(plan.title)}-{step}.docx")


@bp.get("/plans/<uuid:plan_id>/redline.docx")
@paced("files")
@access(plan_action())
def redline(plan_id: UUID) -> ResponseReturnValue:
    """Two texts in one file, the newer with its changes tracked; chosen as on the page."""
    moment = now()
    choice = choice_of_texts(
        db.session(),
        current_actor(),
        plan_id,
        old=request.args.get("old") or None,
        new=request.args.get("new") or None,
        now=moment,
    )
    old, new = choice.old, choice.new
    if old is None or new is None:
        abort(404)
    content = write_redline(
        _header(plan_id, new),
        old.doc,
        new.doc,
        author=name_of(new),
        at=new.option.at or moment,
    )
    number = _version(new) or choice.version_number
    note_look(plan_id, number, "redline-docx", text_version=new.text_version)
    note_comparison(choice, "redline-docx")
    name = f"so-sanh-{slug(choice.title)}-{old.option.key}-{new.option.key}.docx"
    return word_response(content, name)


def word_response(content: bytes, name: str) -> Response:
    """A Word file to be saved; *name* must be plain ASCII."""
    return Response(
        content,
        mimetype=MIMETYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _header(plan_id: UUID, side: Side) -> dict[str, Any]:
    """What stands above the title: a version's own, for any other text that of today."""
    if (number := _version(side)) is not None:
        return version_text(db.session(), current_actor(), plan_id, number).header
    plan, _facts = readable_plan(db.session(), plan_id, actor=current_actor())
    return working_text(db.session(), plan).header


def _version(side: Side) -> int | None:
    return side.option.number if side.option.source is Source.VERSION else None
