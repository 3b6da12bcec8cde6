"""Sổ đăng ký văn bản đi as the document that is printed and bound (Điều 16.2b)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.documents.register import Entry, register_pdf
from workflows.domain.numbers import number_and_symbol
from workflows.models.numbering import NumberSeries, RegisterEntry
from workflows.queries.register import organisation_with, register_lines

KIND = "Kế hoạch"


def register_document(session: Session, series: NumberSeries, *, at: datetime) -> bytes:
    """The whole series in the order of numbers, as PDF."""
    entries = [_entry(line) for line in register_lines(session, series)]
    organisation = organisation_with(session, series)
    return register_pdf(entries, organisation.name, series.year, at.replace(microsecond=0))


def recipients_line(entry: RegisterEntry) -> str:
    """Nơi nhận as the document names them; the bodies behind a group are kept beside it."""
    return "; ".join(str(line["text"]).strip().rstrip(";.") for line in entry.recipients)


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
