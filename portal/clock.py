"""What time it is, and how times are written on a page: Vietnamese time, day before month."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from config import Config

VIETNAM = ZoneInfo(Config.time_zone)


def now() -> datetime:
    """This moment; only views, jobs and commands ask."""
    return datetime.now(UTC)


def today_vn() -> date:
    """Today's date in Việt Nam: positions, due dates and document dates run by it."""
    return now().astimezone(VIETNAM).date()


def write_date(value: date | datetime | None) -> str:
    """Write "05/11/2022"; a moment is first brought to Vietnamese time."""
    if value is None:
        return ""
    day = value.astimezone(VIETNAM).date() if isinstance(value, datetime) else value
    return f"{day:%d/%m}/{day.year:04d}"


def write_moment(value: datetime | None) -> str:
    """Write "05/11/2022 17:00" in Vietnamese time."""
    if value is None:
        return ""
    return f"{write_date(value)} {value.astimezone(VIETNAM):%H:%M}"


def write_iso(value: date | datetime | None) -> str:
    """The machine's form of the same value, for the datetime attribute of a time element."""
    return "" if value is None else value.isoformat()


def init_app(app: Flask) -> None:
    """Give the filters `date`, `moment` and `iso` to the templates."""
    app.add_template_filter(write_date, "date")
    app.add_template_filter(write_moment, "moment")
    app.add_template_filter(write_iso, "iso")
