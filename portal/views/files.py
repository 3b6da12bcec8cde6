"""A plan's stored PDF files, named by their digest, for those who may read the plan."""

import re
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, plan_action
from portal.acts.means import store
from portal.extensions import db
from portal.views.file_names import slug
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.files import file_with
from workflows.queries.reading import readable_plan

bp = Blueprint("files", __name__)
SHA256: Final = re.compile(r"[0-9a-f]{64}")


@bp.get("/plans/<uuid:plan_id>/files/<sha256>.pdf")
@access(plan_action())
def pdf(plan_id: UUID, sha256: str) -> ResponseReturnValue:
    """The file with this digest, shown by the browser under a name that says what it is."""
    plan, _facts = readable_plan(db.session(), plan_id, actor=current_actor())
    file = stored_pdf(plan_id, sha256)
    name = f"{slug(plan.title)}-{file.kind}-{sha256[:12]}.pdf"
    return pdf_response(store().get(file.store_key), name)


def stored_pdf(plan_id: UUID, sha256: str) -> Rendition:
    """The plan's PDF with this digest, or 404: a package is no PDF."""
    file = file_with(db.session(), plan_id, sha256) if SHA256.fullmatch(sha256) else None
    if file is None or file.kind is RenditionKind.PACKAGE:
        abort(404)
    return file


def pdf_response(content: bytes, name: str, *, download: bool = False) -> Response:
    """A PDF with a name for whoever saves it; *name* must be plain ASCII."""
    disposition = "attachment" if download else "inline"
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'{disposition}; filename="{name}"'},
    )
