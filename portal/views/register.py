"""Sổ đăng ký văn bản đi: on the page, and as the PDF that is printed and bound (Điều 16.2b)."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, holds
from portal.clock import now
from portal.cursors import read_number
from portal.documents.register import Entry, register_pdf
from portal.extensions import db
from portal.views.files import pdf_response
from workflows.domain.numbers import number_and_symbol
from workflows.models.numbering import NumberSeries, RegisterEntry
from workflows.queries.register import (
    READERS,
    chosen_series,
    organisation_with,
    readable_series,
    register_lines,
    register_page,
)

bp = Blueprint("register", __name__)
KIND = "Kế hoạch"


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
    entries = [_entry(line) for line in register_lines(db.session(), chosen)]
    organisation = organisation_with(db.session(), chosen)
    content = register_pdf(entries, organisation.name, chosen.year, now().replace(microsecond=0))
    return pdf_response(content, f"so-dang-ky-van-ban-di-{chosen.year}.pdf")


def recipients_line(entry: RegisterEntry) -> str:
    """Nơi nhận as the document names them; the bodies behind a group are kept beside it."""
    return "; ".join(str(line["text"]).strip().rstrip(";.") for line in entry.recipients)


def _chosen(series: Sequence[NumberSeries]) -> NumberSeries | None:
    return chosen_series(series, year=read_number("year"), kind=request.args.get("kind"))


def _entry(line: RegisterEntry) -> Entry:
    return Entry(
        number_symbol=number_and_symbol(line.number, line.symbol),
        date=line.dated,
        kind_title=f"{KIND} {line.title}",
        signer=line.signer,
        recipients=recipients_line(line),
        keeper=line.keeper,
        copies=line.copies,
        sent_on=line.sent_on,
        note=line.note,
    )
