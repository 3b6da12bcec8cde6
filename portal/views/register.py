"""Sổ đăng ký văn bản đi: on the page, and as the PDF that is printed and bound (Điều 16.2b)."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, holds
from portal.acts.register import recipients_line, register_document
from portal.clock import now
from portal.cursors import read_number
from portal.extensions import db
from portal.views.files import pdf_response
from workflows.models.numbering import NumberSeries
from workflows.queries.register import (
    READERS,
    chosen_series,
    organisation_with,
    readable_series,
    register_page,
)

bp = Blueprint("register", __name__)


@bp.get("/register")
@access(holds(*READERS))
def index() -> ResponseReturnValue:
    """One series, newest number first."""
    series = readable_series(db.session(), actor=current_actor())
    chosen = _chosen(series)
    if chosen is None:
        return render_template("register/index.html", series=series, chosen=None)
    page = register_page(
        db.session(), chosen, below=read_number("below"), above=read_number("above")
    )
    return render_template(
        "register/index.html",
        series=series,
        chosen=chosen,
        page=page,
        organisation=organisation_with(db.session(), chosen),
        recipients_line=recipients_line,
    )


@bp.get("/register.pdf")
@access(holds(*READERS))
def pdf() -> ResponseReturnValue:
    """The whole series in the order of numbers."""
    chosen = _chosen(readable_series(db.session(), actor=current_actor()))
    if chosen is None:
        abort(404)
    content = register_document(db.session(), chosen, at=now())
    return pdf_response(content, f"so-dang-ky-van-ban-di-{chosen.year}.pdf")


def _chosen(series: Sequence[NumberSeries]) -> NumberSeries | None:
    return chosen_series(series, year=read_number("year"), kind=request.args.get("kind"))
