"""How letters leave: through an SMTP server, or in a demonstration into a folder."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from config import Config, ConfigError
from portal.archive.store import FileStore

TIMEOUT_SECONDS: Final = 20


class Delivery(Protocol):
    """One way for a letter to leave."""

    def send(self, message_id: UUID, letter: EmailMessage) -> None:
        """Hand the letter over, or raise; a letter that may be lost is not handed over."""


class MailFolder:
    """The demonstration's mail: one file a letter, written once."""

    def __init__(self, store: FileStore) -> None:
        self._store = store

    def send(self, message_id: UUID, letter: EmailMessage) -> None:
        key = letter_key(message_id)
        # What a first run has written counts as sent, whatever the person's address is by now.
        if not self._store.exists(key):
            self._store.put(key, letter.as_bytes())


@dataclass(frozen=True)
class SmtpServer:
    """A mail server, smtp://[user:password@]host[:port] or smtps://….

    A letter accepted just before a crash is handed over again with the same Message-ID.
    """

    url: str

    def send(self, message_id: UUID, letter: EmailMessage) -> None:
        with self._connected() as server:
            server.send_message(letter)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        url = urlsplit(self.url)
        with _server(url) as server:
            if url.scheme == "smtp":
                _secure(server, url)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            yield server


def delivery_of(config: Config) -> Delivery:
    """The way that *config* names; outside a demonstration it must name a mail server."""
    if config.mail_url:
        return SmtpServer(config.mail_url)
    if config.demo:
        return MailFolder(FileStore(config.data_dir))
    raise ConfigError("Thiếu cấu hình: MAIL_URL.")


def letter_key(message_id: UUID) -> str:
    """Where the demonstration keeps a letter."""
    return f"mail/{message_id}.eml"


def _server(url: SplitResult) -> smtplib.SMTP:
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise ConfigError("MAIL_URL phải có dạng smtp://… hoặc smtps://….")
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(
            url.hostname,
            url.port or 465,
            timeout=TIMEOUT_SECONDS,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(url.hostname, url.port or 587, timeout=TIMEOUT_SECONDS)


def _secure(server: smtplib.SMTP, url: SplitResult) -> None:
    """Encrypt when the server can; a password never travels in clear."""
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    elif url.username:
        raise smtplib.SMTPNotSupportedError(
            "the mail server offers no STARTTLS: no password is sent to it"
        )
