"""Issued plans for anyone to read, without signing in."""

import json
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from portal.access import PUBLIC, access
from portal.acts.means import store
from portal.cursors import read_cursor, read_words, write_cursor
from portal.extensions import db
from portal.views.files import pdf_response
from workflows.domain.numbers import date_text, number_and_symbol
from workflows.queries.public import public_plan, public_plans

bp = Blueprint("public", __name__)


@bp.get("/public")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    """Issued public plans, newest first."""
    words = read_words()
    page = public_plans(
        db.session(), search=words, after=read_cursor("after", date.fromisoformat, int)
    )
    older = write_cursor(*page.older) if page.older else None
    return render_template("public/index.html", page=page, words=words, older=older)


@bp.get("/public/<uuid:plan_id>")
@access(PUBLIC)
def show(plan_id: UUID) -> ResponseReturnValue:
    """The text as issued, with its number, its date and its file."""
    plan = public_plan(db.session(), plan_id)
    frozen = json.loads(plan.version.canonical)
    dated = date_text(frozen["header"]["place"], plan.entry.dated)
    return render_template("public/show.html", plan=plan, frozen=frozen, dated=dated)


@bp.get("/public/<uuid:plan_id>/issued.pdf")
@access(PUBLIC)
def pdf(plan_id: UUID) -> ResponseReturnValue:
    """The issued file, byte for byte."""
    plan = public_plan(db.session(), plan_id)
    if plan.file is None:
        abort(404)
    number = number_and_symbol(plan.entry.number, plan.entry.symbol)
    return pdf_response(store().get(plan.file.store_key), file_name(number), download=True)


def file_name(number: str) -> str:
    """The number “38/KH-UBND” as a file name that every system takes."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in number)
    return f"{plain.strip('-')}.pdf"
