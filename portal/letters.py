"""The demonstration's mail, read back from the folder where it lies instead of being sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

MOST: Final = 200
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,200}\.eml")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"”]+[^\s<>\"”.,;:)]")


@dataclass(frozen=True)
class Piece:
    """Some text; *path* is set where it is a link into our own pages."""

    text: str
    path: str | None = None


@dataclass(frozen=True)
class Letter:
    """One e-mail as its reader would see it, plain text only."""

    name: str
    sender: str
    recipient: str
    subject: str
    at: datetime | None
    text: str


def letters(folder: Path) -> list[Letter]:
    """The newest letters first."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
    files.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path) for path in files[:MOST]]


def letter(folder: Path, name: str) -> Letter | None:
    """The letter in the file *name*; a name that is no plain word names none."""
    path = folder / name
    return _read(path) if NAME.fullmatch(name) and path.is_file() else None


def pieces(text: str, base_url: str) -> Iterator[Piece]:
    """*text* with its links; only those to *base_url* lead anywhere."""
    at = 0
    for found in _ADDRESS.finditer(text):
        yield Piece(text[at : found.start()])
        own = found[0].startswith(f"{base_url}/")
        yield Piece(found[0], found[0].removeprefix(base_url) if own else None)
        at = found.end()
    yield Piece(text[at:])


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=default)
    return Letter(
        name=path.name,
        sender=str(message.get("From", "")),
        recipient=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        at=_moment(str(message.get("Date", ""))),
        text=_text(message),
    )


def _moment(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written).astimezone(UTC)
    except (ValueError, TypeError):
        return None


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    try:
        return str(body.get_content()) if body is not None else ""
    except (MessageError, LookupError, UnicodeError):
        return ""
