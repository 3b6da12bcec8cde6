"""Sổ đăng ký văn bản đi: the lines of one series of numbers (Điều 16.2b; Phụ lục IV, mục I)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor, Role
from workflows.models.numbering import NumberSeries, RegisterEntry
from workflows.models.people import Organisation
from workflows.queries.reading import organisations_of

READERS = (Role.CLERK, Role.AUDITOR, Role.FORM_CHECKER, Role.SIGNER)
PAGE = 50


@dataclass(frozen=True)
class RegisterPage:
    """Some lines of a series, newest first; *earlier* and *later* are keys of further pages."""

    entries: Sequence[RegisterEntry]
    newer: int | None
    older: int | None


def readable_series(session: Session, *, actor: Actor) -> Sequence[NumberSeries]:
    """The series that *actor* may read, newest year first."""
    return session.scalars(
        select(NumberSeries)
        .where(NumberSeries.organisation_id.in_(organisations_of(actor, *READERS)))
        .order_by(NumberSeries.year.desc(), NumberSeries.organisation_id, NumberSeries.kind)
    ).all()


def chosen_series(
    series: Sequence[NumberSeries], *, year: int | None, kind: str | None
) -> NumberSeries | None:
    """The first that fits what was asked for, so that /register alone shows this year's."""
    fitting = (
        one
        for one in series
        if (year is None or one.year == year) and (kind is None or one.kind == kind)
    )
    return next(fitting, None)


def register_page(
    session: Session, series: NumberSeries, *, below: int | None = None, above: int | None = None
) -> RegisterPage:
    """The lines under number *below*, or over *above*, or the newest."""
    query = _lines(series).limit(PAGE + 1)
    if above is not None:
        query = query.where(RegisterEntry.number > above).order_by(RegisterEntry.number)
        found = list(session.scalars(query))
        shown, more = found[:PAGE][::-1], len(found) > PAGE
        return _page(shown, newer=more, older=bool(shown))
    if below is not None:
        query = query.where(RegisterEntry.number < below)
    found = list(session.scalars(query.order_by(RegisterEntry.number.desc())))
    shown, more = found[:PAGE], len(found) > PAGE
    return _page(shown, newer=below is not None and bool(shown), older=more)


def register_lines(session: Session, series: NumberSeries) -> Sequence[RegisterEntry]:
    """Every line in the order of numbers, as the book is printed and bound."""
    return session.scalars(_lines(series).order_by(RegisterEntry.number)).all()


def organisation_with(session: Session, series: NumberSeries) -> Organisation:
    """Whose register it is."""
    return session.get_one(Organisation, series.organisation_id)


def _lines(series: NumberSeries) -> Select[RegisterEntry]:
    return (
        select(RegisterEntry)
        .where(RegisterEntry.series_id == series.id)
        .options(joinedload(RegisterEntry.plan))
    )


def _page(shown: Sequence[RegisterEntry], *, newer: bool, older: bool) -> RegisterPage:
    return RegisterPage(
        shown,
        newer=shown[0].number if newer and shown else None,
        older=shown[-1].number if older and shown else None,
    )
