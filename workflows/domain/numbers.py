"""How a number and a date are written on a document (Phụ lục I, mục II.3 and II.4)."""

from datetime import date


def number_text(number: int) -> str:
    """The number with a leading zero below ten."""
    return f"{number:02d}"


def number_and_symbol(number: int, symbol: str) -> str:
    """Số, ký hiệu as cited: `38/KH-UBND`."""
    return f"{number_text(number)}/{symbol}"


def date_text(place: str, day: date) -> str:
    """Địa danh và thời gian; a leading zero for days below ten and for months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"
