"""Prints the register of outgoing documents, complete and ready to bind (Điều 16.2 b).

The form is Phụ lục IV, mục I of Decree 30/2020/NĐ-CP, with its ten columns.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from portal.documents.composition import breakable
from portal.documents.tables import LONGEST_WORD
from portal.documents.typesetting import typeset

COLUMNS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)


@dataclass(frozen=True)
class Entry:
    """One line of the register; what is not known yet is empty or None."""

    number_symbol: str
    date: dt.date
    kind_title: str
    signer: str
    recipients: str
    keeper: str
    copies: int | None = None
    sent_on: dt.date | None = None
    acknowledged: str = ""
    note: str = ""


def register_pdf(entries: Sequence[Entry], organisation: str, year: int, at: dt.datetime) -> bytes:
    """Typeset the register of *year* on A4 landscape; the same bytes for the same arguments."""
    return typeset(
        "register.typ",
        {
            "register": json.dumps(
                {
                    "organisation": organisation,
                    "year": str(year),
                    "span": _span(entries),
                    "columns": COLUMNS,
                    "rows": [_row(entry) for entry in entries],
                },
                ensure_ascii=False,
            )
        },
        at=at,
    )


def _span(entries: Sequence[Entry]) -> str:
    if not entries:
        return "Chưa có văn bản nào được đăng ký."
    first, last = entries[0], entries[-1]
    return (
        f"Từ số {first.number_symbol} đến số {last.number_symbol};"
        f" từ ngày {_day(first.date)} đến ngày {_day(last.date)}."
    )


def _row(entry: Entry) -> list[str]:
    cells = (
        entry.number_symbol,
        _day(entry.date),
        entry.kind_title,
        entry.signer,
        entry.recipients,
        entry.keeper,
        "" if entry.copies is None else str(entry.copies),
        _day(entry.sent_on),
        entry.acknowledged,
        entry.note,
    )
    return [breakable(cell, LONGEST_WORD) for cell in cells]


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
